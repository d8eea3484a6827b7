public import PostgresClient

/// Reading what a principal may see. The database itself leaves out the rest (row-level security), so a record of
/// another region is as if it were not there; and it lets nothing be written.
extension Platform {
    /// Reads statement by statement, over connections that all requests share.
    ///
    /// The quickest way to read, for what one short statement answers: it costs one round trip, together with the
    /// statements of other requests. Two statements may see two states of the database, and one that runs for long holds
    /// up those of others: for both there is ``read(_:_:)``.
    ///
    /// - Parameters:
    ///   - principal: Who reads.
    ///   - plansOnce: Whether a statement keeps its first plan, whatever its values: for long ones that read few rows by
    ///     keys, which take longer to plan than to run.
    /// - Returns: What statements are run by.
    /// - Throws: `PostgresError` for a name that PostgreSQL cannot hold.
    public func reader(for principal: Principal, plansOnce: Bool = false) throws -> PostgresScopedReader {
        var settings = principal.scope
        if plansOnce { settings.set("plan_cache_mode", to: "force_generic_plan") }
        return try database.reader.scoped(to: settings)
    }

    /// Runs the body in a transaction whose statements all see the same state of the database.
    ///
    /// **The body may run several times**, as in ``write(_:isolation:_:)``.
    ///
    /// - Parameters:
    ///   - principal: Who reads.
    ///   - body: Reads by the connection, which is not to be kept beyond it.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; `PostgresError`.
    public func read<Result>(
        _ principal: Principal,
        _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        try await database.withTransaction(isolation: .repeatableRead, readOnly: true) { connection in
            try await principal.take(over: connection)
            return try await body(connection)
        }
    }
}
