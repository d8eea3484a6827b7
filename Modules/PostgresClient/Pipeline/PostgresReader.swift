/// Runs independent reads of many tasks over a few shared connections: ``PostgresPool/reader``.
///
/// ```swift
/// let row = try await pool.reader.queryOne(
///     "SELECT name FROM registry.enterprise WHERE id = \(id)",
///     settings: ["ceyuan.principal": principal, "ceyuan.regions": regions]
/// )
/// ```
///
/// Requests are sent one behind the other without waiting for each other's results, so that many tasks together are
/// served faster than each with a connection of its own. Settings end with the transaction, and a failure is the
/// request's own. Reads of one row (`queryOne`) that wait at the same time under the same settings share a transaction:
/// the server gets and answers them together, so what takes long belongs into ``query(_:settings:timeout:)``. Any other
/// request is a transaction of its own.
///
/// Sessions are read-only: a write fails with 25006. So nothing that a request does is in doubt when its connection is
/// lost: the request that the server was working on fails with `connection-lost`; those behind it are sent again over
/// another connection. A request must not change the session (`SET` without LOCAL, `LISTEN`, `PREPARE`), and what runs
/// for long holds up those behind it: for that, and for several statements that must see the same state of the
/// database, use ``PostgresPool/withTransaction(isolation:readOnly:deferrable:statementTimeout:attempts:_:)``.
///
/// **Cancellation.** The task goes on at once. A request that has not been sent is not sent; the result of one that has
/// is thrown away, and if the server is still working on it after some milliseconds, it is cancelled there.
public struct PostgresReader: Sendable {
    /// The counts of a reader at one moment.
    public struct Statistics: Sendable, Hashable {
        /// Connections that are open.
        public let connections: Int
        /// Requests sent whose results have not been read.
        public let inFlight: Int
        /// Requests that wait to be sent.
        public let waiting: Int
    }

    let group: PipelineGroup

    /// The counts at this moment.
    public var statistics: Statistics { group.statistics }

    /// Runs a read and returns all its rows.
    ///
    /// - Parameters:
    ///   - query: One statement.
    ///   - settings: Hold for this request only. Default: none.
    ///   - timeout: The server's limit for the statement, instead of the connection's.
    /// - Returns: The rows.
    /// - Throws: ``PostgresError``: `server`, `timeout`, `cancelled`, `pool-timeout` when it could not be sent within
    ///   the acquire timeout, `connection-lost`, `connection-failed`, `encoding`, `pool-shut-down`.
    public func query(
        _ query: PostgresQuery,
        settings: PostgresSettings = [:],
        timeout: Duration? = nil
    ) async throws -> [PostgresRow] {
        try await run(query, settings, timeout, isBrief: false)?.rows ?? []
    }

    /// Runs a read and returns its only row, or nil when it has none.
    ///
    /// - Parameters:
    ///   - query: One statement.
    ///   - settings: Hold for this request only. Default: none.
    ///   - timeout: The server's limit for the statement, instead of the connection's.
    /// - Returns: The row.
    /// - Throws: ``PostgresError`` as ``query(_:settings:timeout:)`` does; with SQLSTATE 21000 and code `decoding` when
    ///   there are several rows.
    public func queryOne(
        _ query: PostgresQuery,
        settings: PostgresSettings = [:],
        timeout: Duration? = nil
    ) async throws -> PostgresRow? {
        try await run(query, settings, timeout, isBrief: true)?.onlyRow()
    }

    private func run(
        _ query: PostgresQuery,
        _ settings: PostgresSettings,
        _ timeout: Duration?,
        isBrief: Bool
    ) async throws -> ResultStorage? {
        var settings = settings
        if let timeout {
            settings.set("statement_timeout", to: "\(timeout.wholeMilliseconds)")
        }
        return try await run(query, try settings.command, timeout: timeout, isBrief: isBrief)
    }

    /// Runs a statement behind one that sets what is to hold for it.
    func run(
        _ query: PostgresQuery,
        _ prelude: ReadRequest.Command?,
        timeout: Duration? = nil,
        isBrief: Bool
    ) async throws -> ResultStorage? {
        let statement = ReadRequest.Command(sql: query.sql, binds: try EncodedBinds(query))
        let request = ReadRequest(prelude: prelude, statement: statement, timeout: timeout, isBrief: isBrief)
        return try await group.run(request)
    }
}
