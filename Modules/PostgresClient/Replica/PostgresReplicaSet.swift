public import Logging
import Synchronization

/// A primary and its streaming replicas: writes go to the primary, reads to a replica that has seen what they need.
///
/// ```swift
/// let servers = PostgresReplicaSet(primary: primary, replicas: [replica], logger: logger)
/// let (_, freshness) = try await servers.write { connection in
///     try await connection.execute("INSERT INTO region (code) VALUES (\(code))")
/// }
/// let count = try await servers.read(freshness) { connection in
///     try await connection.queryOne("SELECT count(*) FROM region")?.decode(Int.self)
/// }
/// ```
///
/// A write says how far the log had come when it was committed. A read that names this position is answered by a
/// replica once it has replayed the log so far, or, when that takes too long, by the primary: who has written reads
/// what he wrote. What feeds a write or a judgement is to be read on the primary (``PostgresFreshness/latest``): a
/// replica may show transactions in another order than the primary did.
///
/// A replica that cannot be reached, or is no replica any more, is left alone for a while, which doubles from `pause`
/// up to 30 s. Each replica's pool must lead to one server. The pools stay the caller's: run and shut them down.
///
/// After a failover the positions of the old primary mean nothing: begin with `latest`.
public final class PostgresReplicaSet: Sendable {
    /// The server that takes writes.
    public let primary: PostgresPool
    /// The servers that answer reads if they can.
    public let replicas: [PostgresPool]

    /// How often a server answered reads since the beginning.
    public struct Statistics: Sendable, Hashable {
        /// Reads answered by a replica.
        public var byReplica = 0
        /// Reads that asked for the primary, or found no replica to try.
        public var byPrimary = 0
        /// Reads that a replica was too old for, or could not be reached for, or broke off; the primary answered.
        public var fallenBack = 0
    }

    let logger: Logger
    let pause: Duration
    let state: Mutex<State>
    let metrics = ReplicaMetrics()

    struct State: Sendable {
        var health: [ReplicaHealth]
        var turn = 0
        var statistics = Statistics()
    }

    /// Joins the pools; no connection is made yet.
    ///
    /// - Parameters:
    ///   - primary: Leads to the primary, whichever it is: several hosts and `target_session_attrs=read-write` may do.
    ///   - replicas: A pool for each replica; may be empty, then the primary does everything.
    ///   - logger: Gets messages of level `debug` and, when a replica falls out or comes back, `notice`.
    ///   - pause: How long a replica is left alone after its first failure. Default: 1 s.
    public init(primary: PostgresPool, replicas: [PostgresPool], logger: Logger, pause: Duration = .seconds(1)) {
        self.primary = primary
        self.replicas = replicas
        self.logger = logger
        self.pause = pause
        state = Mutex(State(health: Array(repeating: ReplicaHealth(), count: replicas.count)))
    }

    /// The counts at this moment.
    public var statistics: Statistics { state.withLock(\.statistics) }

    /// Runs the body in a transaction on the primary, and says how far the log has come with it.
    ///
    /// The rules of ``PostgresPool/withTransaction(isolation:readOnly:deferrable:statementTimeout:attempts:_:)`` hold:
    /// **the body may run several times**.
    ///
    /// - Parameters:
    ///   - isolation: Default: `readCommitted`.
    ///   - attempts: How often the body is run at most. Default: 5.
    ///   - body: Gets a connection in the transaction.
    /// - Returns: What the body returns, and what a read must ask for to see it. That is `latest` when the position
    ///   could not be learned after the commit.
    /// - Throws: The error of the last attempt; ``PostgresError`` of the pool, of BEGIN or of COMMIT.
    @discardableResult
    public func write<R>(
        isolation: IsolationLevel = .readCommitted,
        attempts: Int = 5,
        _ body: (PostgresConnection) async throws -> R
    ) async throws -> (R, PostgresFreshness) {
        let result = try await primary.withTransaction(isolation: isolation, attempts: attempts, body)
        return (result, await freshness())
    }

    /// What a read must ask for to see everything that was committed on the primary before this call.
    ///
    /// It is the position of insertion, since with `synchronous_commit = off` a commit is acknowledged before its
    /// record is written, let alone flushed.
    ///
    /// - Returns: The position; `latest` when it cannot be learned.
    public func freshness() async -> PostgresFreshness {
        do {
            let row = try await primary.queryOne(
                "/* postgres_client.replica.position */ SELECT pg_current_wal_insert_lsn()"
            )
            return try row.map { .seen(try $0.decode(PostgresLSN.self)) } ?? .latest
        } catch {
            // The write is done: not knowing how far the log has come must not look like its failure.
            logger.debug("the primary's log position is not known", metadata: ["error": "\(error)"])
            return .latest
        }
    }
}
