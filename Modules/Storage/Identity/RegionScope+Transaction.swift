import PostgresClient

extension RegionScope {
    /// Runs a body that sees these regions in the place of the transaction's own, which hold again after it.
    ///
    /// - Throws: `PostgresError`; what the body throws. Then the transaction must end without effect.
    func within<Result>(
        _ connection: PostgresConnection,
        _ body: () async throws -> Result
    ) async throws -> Result {
        let own = try await connection.queryOne(
            "/* identity.regions */ SELECT coalesce(current_setting('ceyuan.regions', true), '')"
        )
        try await Self.set(setting, on: connection)
        let result = try await body()
        try await Self.set(try own?.decode(String.self) ?? "", on: connection)
        return result
    }

    private static func set(_ regions: String, on connection: PostgresConnection) async throws {
        _ = try await connection.query(
            "/* identity.regions.set */ SELECT set_config('ceyuan.regions', \(regions)::text, true)"
        )
    }
}
