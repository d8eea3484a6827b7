import PostgresClient
import Storage

extension Principal {
    /// Tells a transaction whose it is, for the policies of row-level security.
    ///
    /// The settings end with the transaction, whatever its end: the next one on the same connection begins without.
    var scope: PostgresSettings {
        ["ceyuan.principal": id, "ceyuan.regions": regions.setting]
    }

    /// Sets the ``scope`` for the rest of the transaction.
    func take(over connection: PostgresConnection) async throws {
        try await connection.query(
            """
            /* identity.scope */ SELECT set_config('ceyuan.principal', \(id), true),
                set_config('ceyuan.regions', \(regions.setting), true)
            """
        )
    }
}
