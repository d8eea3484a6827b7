public import DomainModel
public import Storage

/// What a caller who has proved who they are may do, and where.
public struct Authority: Sendable, Hashable {
    /// The name of the principal: `user:li.wei`.
    public let principal: String
    /// The number of the token that proved it; `nil` for a token of an OpenID provider.
    public let token: Int64?
    /// When the proof runs out.
    public let expiresAt: Instant?
    /// The permissions by name, with the regions that each holds for; `*` stands for every permission.
    public let permissions: [String: RegionScope]
    /// The names of permissions that the token is limited to; `nil` leaves it all that its owner has.
    public let tokenScope: Set<String>?

    /// Puts an authority together.
    public init(
        principal: String,
        token: Int64? = nil,
        expiresAt: Instant? = nil,
        permissions: [String: RegionScope],
        tokenScope: Set<String>? = nil
    ) {
        self.principal = principal
        self.token = token
        self.expiresAt = expiresAt
        self.permissions = permissions
        self.tokenScope = tokenScope
    }

    /// Stands for every permission.
    public static let all = "*"

    /// The permissions that remain when the token's limits are taken into account.
    public var effective: [String: RegionScope] {
        guard let tokenScope else { return permissions }
        let everything = permissions[Self.all]
        return Dictionary(
            uniqueKeysWithValues: tokenScope.compactMap { name in
                let granted = [permissions[name], everything].compactMap { $0 }
                return granted.dropFirst().reduce(granted.first) { $0?.union($1) }.map { (name, $0) }
            }
        )
    }

    /// The regions that a permission holds for, or `nil` when the caller does not have it.
    public func regions(for permission: Permission) -> RegionScope? {
        if permission == .public || permission == .signedIn { return .nowhere }
        if let tokenScope, !tokenScope.contains(permission.id) { return nil }
        let granted = [permissions[permission.id], permissions[Self.all]].compactMap { $0 }
        return granted.dropFirst().reduce(granted.first) { $0?.union($1) }
    }
}

extension Authority {
    /// Whether everything that others would get is the caller's own already: nobody gives more than they have.
    ///
    /// - Parameter permissions: By name, with the regions of each.
    /// - Returns: True when there is nothing among them that the caller lacks.
    public func covers(_ permissions: [String: RegionScope]) -> Bool {
        let own = effective
        return permissions.allSatisfy { name, scope in
            let granted = [own[name], own[Self.all]].compactMap { $0 }
            guard let first = granted.first else { return false }
            return granted.dropFirst().reduce(first) { $0.union($1) }.includes(scope)
        }
    }
}
