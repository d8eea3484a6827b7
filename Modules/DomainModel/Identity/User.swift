/// A person or a service that the platform knows.
public struct User: Sendable, Hashable, Codable {
    /// `user:` or `service:` and a name.
    public let id: String
    /// What people call them.
    public let name: String
    /// The OpenID provider that knows them, if one does.
    public let issuer: String?
    /// What that provider calls them.
    public let subject: String?
    /// When they were added.
    public let createdAt: Instant
    /// Whether they are shut out, with all of their tokens.
    public let isDisabled: Bool

    /// Makes a user of its parts.
    public init(
        id: String,
        name: String,
        issuer: String?,
        subject: String?,
        createdAt: Instant,
        isDisabled: Bool
    ) {
        self.id = id
        self.name = name
        self.issuer = issuer
        self.subject = subject
        self.createdAt = createdAt
        self.isDisabled = isDisabled
    }
}

/// Somebody to be added.
public struct NewUser: Sendable, Hashable, Codable {
    /// `user:` or `service:` and a name of `a–z`, digits and `. _ @ -`.
    public let id: String
    /// What people call them.
    public let name: String
    /// The OpenID provider that knows them; absent: they use API tokens only.
    public let issuer: String?
    /// What that provider calls them; with `issuer`, or not at all.
    public let subject: String?

    /// Makes an order of its parts.
    public init(id: String, name: String, issuer: String? = nil, subject: String? = nil) {
        self.id = id
        self.name = name
        self.issuer = issuer
        self.subject = subject
    }
}

/// What changes of a user.
public struct UserChange: Sendable, Hashable, Codable {
    /// Whether they are shut out.
    public let isDisabled: Bool

    /// Makes a change.
    public init(isDisabled: Bool) { self.isDisabled = isDisabled }
}
