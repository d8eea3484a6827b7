/// A new API token, with its secret: the only time that it is shown.
public struct IssuedToken: Sendable, Hashable, Codable {
    /// The number of the token.
    public let id: Int64
    /// Its owner: `user:li.wei`.
    public let principal: String
    /// The secret.
    public let token: String
    /// When it ends.
    public let expiresAt: Instant

    /// Makes an answer of its parts.
    public init(id: Int64, principal: String, token: String, expiresAt: Instant) {
        self.id = id
        self.principal = principal
        self.token = token
        self.expiresAt = expiresAt
    }
}
