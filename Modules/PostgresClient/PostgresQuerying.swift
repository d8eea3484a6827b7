/// Where statements are run whose rows are wanted: a connection with its transaction, or the shared readers under
/// settings of their own.
///
/// What only reads takes `any PostgresQuerying`, and leaves it to its caller whether several statements see one state of
/// the database (a transaction) or each is sent by itself.
public protocol PostgresQuerying: Sendable {
    /// Runs a statement and returns all its rows.
    ///
    /// - Throws: ``PostgresError``.
    @discardableResult
    func query(_ query: PostgresQuery) async throws -> [PostgresRow]

    /// Runs a statement and returns its only row, or nil when it has none.
    ///
    /// - Throws: ``PostgresError``; with SQLSTATE 21000 and code `decoding` when there are several rows.
    @discardableResult
    func queryOne(_ query: PostgresQuery) async throws -> PostgresRow?
}

extension PostgresConnection: PostgresQuerying {}
