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

extension Activity {
    /// Tells a transaction whose it is, and of which trace: the jobs and events that it puts in are given it by the
    /// database, whoever puts them in.
    func take(over connection: PostgresConnection) async throws {
        try await connection.query(
            """
            /* identity.activity */ SELECT set_config('ceyuan.principal', \(principal.id), true),
                set_config('ceyuan.regions', \(principal.regions.setting), true),
                set_config('ceyuan.trace', \(trace.setting), true)
            """
        )
    }
}
