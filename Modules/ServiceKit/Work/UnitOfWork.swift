import AuditTrail
public import PostgresClient
import Storage

/// One write: a transaction in the name of somebody, with all that must become true together.
///
/// Every write of a plugin goes through ``Platform/write(_:isolation:_:)``, which makes one of these:
///
///     try await platform.write(request.activity) { work in
///         try await TargetStore(work.connection).put(target)
///         work.record(AuditEntry("target.change", of: target.code))
///     }
public struct UnitOfWork: Sendable {
    /// The connection of the transaction; not to be kept beyond it.
    public let connection: PostgresConnection
    /// In whose name, and on what occasion.
    public let activity: Activity
    let journal = AuditJournal()
}

extension Platform {
    /// Runs the body in a transaction in the name of somebody: commits when it returns, rolls back when it throws.
    ///
    /// What the body has recorded joins the audit trail in the same transaction; see ``AuditEntry``.
    ///
    /// **The body may run several times**: see `PostgresPool.withTransaction`.
    ///
    /// - Parameters:
    ///   - activity: In whose name, and on what occasion.
    ///   - isolation: Default: `readCommitted`.
    ///   - body: Writes by ``UnitOfWork/connection``.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws; `PostgresError`; ``AuditError`` when the body has recorded nothing.
    @discardableResult
    public func write<Result>(
        _ activity: Activity,
        isolation: IsolationLevel = .readCommitted,
        _ body: (UnitOfWork) async throws -> Result
    ) async throws -> Result {
        let result = try await database.withTransaction(isolation: isolation) { connection in
            // One snapshot for the whole transaction: the end of a chain must be taken before it.
            let head = isolation == .readCommitted ? nil : try await AuditStore(connection).takeHead()
            try await activity.keyed?.claim(on: connection)
            try await activity.take(over: connection)
            let work = UnitOfWork(connection: connection, activity: activity)
            let result = try await body(work)
            try await work.close(holding: head, key: auditKey)
            return result
        }
        activity.keyed?.hasCommitted()
        return result
    }
}
