/// What a caller is to the platform: who, by which token, and what they may do where.
public struct SignedInSession: Sendable, Hashable, Codable {
    /// The principal: `user:li.wei`.
    public let principal: String
    /// What people call them; absent for those who are known by an OpenID provider only.
    public let name: String?
    /// The number of the API token; absent for a token of an OpenID provider.
    public let token: Int64?
    /// When the token ends.
    public let expiresAt: Instant?
    /// The permissions, in the order of their names; `*` stands for all.
    public let permissions: [HeldPermission]

    /// A permission and where it holds.
    public struct HeldPermission: Sendable, Hashable, Codable {
        /// The name of the permission.
        public let permission: String
        /// The codes of the regions; absent: everywhere.
        public let regions: [String]?

        /// Makes one of its parts.
        public init(permission: String, regions: [String]?) {
            self.permission = permission
            self.regions = regions
        }
    }

    /// Makes an answer of its parts.
    public init(
        principal: String,
        name: String?,
        token: Int64?,
        expiresAt: Instant?,
        permissions: [HeldPermission]
    ) {
        self.principal = principal
        self.name = name
        self.token = token
        self.expiresAt = expiresAt
        self.permissions = permissions
    }
}
