import PostgresClient
import Storage

extension Platform {
    /// A principal with the regions that it is entitled to now, for work that goes on in its name after its request.
    ///
    /// - Parameters:
    ///   - id: `user:li.wei`.
    ///   - permission: What the work needs.
    /// - Returns: The principal; entitled to nothing when its grants have ended meanwhile.
    /// - Throws: `PostgresError`.
    public func principal(_ id: String, with permission: Permission) async throws -> Principal {
        let permissions = try await database.withConnection { connection in
            try await GrantStore(connection).permissions(of: id, at: clock.now)
        }
        let authority = Authority(principal: id, permissions: permissions)
        return Principal(id: id, regions: authority.regions(for: permission) ?? .nowhere)
    }
}
