/// What is known of an API token; its secret is not.
public struct TokenRecord: Sendable, Hashable, Codable {
    /// The number of the token.
    public let id: Int64
    /// Its owner.
    public let principal: String
    /// What the owner calls it.
    public let name: String
    /// The beginning of the secret.
    public let hint: String
    /// The permissions that it is limited to; absent: all that its owner has.
    public let scope: [String]?
    /// When it was made.
    public let createdAt: Instant
    /// When it ends.
    public let expiresAt: Instant
    /// When it was ended before its time, if it was.
    public let revokedAt: Instant?
    /// When it was last used, to the minute.
    public let lastUsedAt: Instant?

    /// Makes a record of its parts.
    public init(
        id: Int64,
        principal: String,
        name: String,
        hint: String,
        scope: [String]?,
        createdAt: Instant,
        expiresAt: Instant,
        revokedAt: Instant?,
        lastUsedAt: Instant?
    ) {
        self.id = id
        self.principal = principal
        self.name = name
        self.hint = hint
        self.scope = scope
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.revokedAt = revokedAt
        self.lastUsedAt = lastUsedAt
    }
}

/// A token to be made.
public struct NewToken: Sendable, Hashable, Codable {
    /// Its owner; absent: whoever asks.
    public let principal: String?
    /// What the owner calls it.
    public let name: String
    /// The permissions that it is limited to; absent: all that its owner has.
    public let scope: [String]?
    /// How many days it holds, 1 to 366; absent: 90.
    public let days: Int?

    /// Makes an order of its parts.
    public init(principal: String? = nil, name: String, scope: [String]? = nil, days: Int? = nil) {
        self.principal = principal
        self.name = name
        self.scope = scope
        self.days = days
    }
}

/// What changes when a token is renewed.
public struct TokenRotation: Sendable, Hashable, Codable {
    /// How many days the new token holds, 1 to 366; absent: as many as the old one.
    public let days: Int?

    /// Makes an order of its parts.
    public init(days: Int? = nil) { self.days = days }
}
