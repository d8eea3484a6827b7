/// How much of concurrent transactions a transaction sees (ISO/IEC 9075-2; PostgreSQL documentation, chapter 13.2).
public enum IsolationLevel: String, Sendable, Hashable {
    /// Each statement sees what was committed before it began.
    case readCommitted = "READ COMMITTED"
    /// All statements see what was committed before the first began; a conflicting write fails with 40001.
    case repeatableRead = "REPEATABLE READ"
    /// As if transactions ran one after the other; fails with 40001 when that cannot be had.
    case serializable = "SERIALIZABLE"
}

struct TransactionOptions: Sendable {
    var isolation: IsolationLevel
    var readOnly: Bool
    var deferrable: Bool
    var statementTimeout: Duration?

    /// One message, one round trip.
    var beginSQL: String {
        var sql = "BEGIN ISOLATION LEVEL \(isolation.rawValue)"
        sql += readOnly ? " READ ONLY" : ""
        sql += deferrable ? " DEFERRABLE" : ""
        if let statementTimeout {
            sql += "; SET LOCAL statement_timeout = \(statementTimeout.wholeMilliseconds)"
        }
        return sql
    }
}

/// How a transaction ended.
enum TransactionOutcome<R> {
    case committed(R)
    case failed(any Error, isRetryable: Bool)
}
