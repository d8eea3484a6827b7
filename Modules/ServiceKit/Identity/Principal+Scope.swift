import PostgresClient
import Storage

extension Principal {
    /// Tells the rest of the transaction whose it is, for the policies of row-level security.
    ///
    /// The settings end with the transaction, whatever its end: the next one on the same connection begins without.
    func take(over connection: PostgresConnection) async throws {
        try await connection.query(
            """
            /* identity.scope */ SELECT set_config('ceyuan.principal', \(id), true),
                set_config('ceyuan.regions', \(regions.setting), true)
            """
        )
    }
}
