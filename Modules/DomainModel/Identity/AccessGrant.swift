/// Who has which role, where, and from when to when.
public struct AccessGrant: Sendable, Hashable, Codable {
    /// The number of the grant.
    public let id: Int64
    /// Who has the role.
    public let principal: String
    /// The code of the role.
    public let role: String
    /// The region that it holds for, with all below; absent: everywhere.
    public let region: String?
    /// From when.
    public let validFrom: Instant
    /// Until when, that instant not included; absent: no end.
    public let validUntil: Instant?
    /// Who gave it.
    public let grantedBy: String
    /// When it was taken back, if it was.
    public let revokedAt: Instant?

    /// Makes a grant of its parts.
    public init(
        id: Int64,
        principal: String,
        role: String,
        region: String?,
        validFrom: Instant,
        validUntil: Instant?,
        grantedBy: String,
        revokedAt: Instant?
    ) {
        self.id = id
        self.principal = principal
        self.role = role
        self.region = region
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.grantedBy = grantedBy
        self.revokedAt = revokedAt
    }
}

/// A grant to be made.
public struct NewGrant: Sendable, Hashable, Codable {
    /// Who gets the role.
    public let principal: String
    /// The code of the role.
    public let role: String
    /// The region, with all below; absent: everywhere.
    public let region: String?
    /// From when; absent: from now.
    public let validFrom: Instant?
    /// Until when; absent: no end.
    public let validUntil: Instant?

    /// Makes an order of its parts.
    public init(
        principal: String,
        role: String,
        region: String? = nil,
        validFrom: Instant? = nil,
        validUntil: Instant? = nil
    ) {
        self.principal = principal
        self.role = role
        self.region = region
        self.validFrom = validFrom
        self.validUntil = validUntil
    }
}
