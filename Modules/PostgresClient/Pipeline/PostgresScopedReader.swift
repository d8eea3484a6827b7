/// The shared readers under one set of settings: each statement is a transaction of its own, and every one has them.
///
/// ```swift
/// let reader = try pool.reader.scoped(to: ["ceyuan.principal": principal, "ceyuan.regions": regions])
/// let row = try await reader.queryOne("SELECT name FROM registry.enterprise WHERE id = \(id)")
/// ```
///
/// Two statements may see two states of the database; see ``PostgresReader``.
public struct PostgresScopedReader: PostgresQuerying {
    let reader: PostgresReader
    /// Encoded once for all statements.
    let prelude: ReadRequest.Command?

    /// Runs a read and returns all its rows.
    ///
    /// - Throws: ``PostgresError`` as ``PostgresReader/query(_:settings:timeout:)`` does.
    public func query(_ query: PostgresQuery) async throws -> [PostgresRow] {
        try await reader.run(query, prelude, isBrief: false)?.rows ?? []
    }

    /// Runs a read and returns its only row, or nil when it has none.
    ///
    /// - Throws: ``PostgresError`` as ``PostgresReader/queryOne(_:settings:timeout:)`` does.
    public func queryOne(_ query: PostgresQuery) async throws -> PostgresRow? {
        try await reader.run(query, prelude, isBrief: true)?.onlyRow()
    }
}

extension PostgresReader {
    /// The same readers, with settings that hold for each statement.
    ///
    /// - Throws: ``PostgresError`` with code `encoding` for a value that PostgreSQL cannot hold.
    public func scoped(to settings: PostgresSettings) throws -> PostgresScopedReader {
        PostgresScopedReader(reader: self, prelude: try settings.command)
    }
}
