/// What whoever sets the platform up says to become its first administrator.
public struct BootstrapOrder: Sendable, Hashable, Codable {
    /// The one-time token of the service's file.
    public let token: String
    /// The name after `user:`.
    public let user: String
    /// What people call them.
    public let name: String

    /// Makes an order.
    public init(token: String, user: String, name: String) {
        self.token = token
        self.user = user
        self.name = name
    }
}
