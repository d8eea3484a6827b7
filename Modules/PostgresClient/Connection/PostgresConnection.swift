import CLibPQ
import DequeModule
import Logging
import Synchronization

/// One connection to a PostgreSQL server.
///
/// Usually lent by a ``PostgresPool``; ``connect(_:logger:)`` makes one of your own. The actor runs on a thread that
/// serves all connections, and never blocks Swift's shared ones. Statements of several tasks on one connection are run
/// one after the other, in the order of their calls.
///
/// **Cancellation.** When the task of a running statement is cancelled, the statement is cancelled at the server, the
/// connection is brought back to a clean state, and ``PostgresError`` with code `cancelled` is thrown. If the
/// statement had finished first, its result is returned. Inside a transaction block, a cancelled statement fails the
/// transaction, as any error does.
public actor PostgresConnection {
    let reactor: PostgresReactor
    let wire: Wire
    let configuration: PostgresConfiguration
    /// A number unique in this process, which log lines carry.
    public nonisolated let id: UInt64
    let logger: Logger
    let notices: NoticeRelay

    /// True when the connection may be lent again without a look: idle, outside a transaction, session unchanged.
    nonisolated let isPristine = Atomic(false)
    /// True when the connection is known to be broken or closed.
    nonisolated let isBroken = Atomic(false)

    var statements: StatementCache
    var exchange: Exchange?
    var lastExchange: UInt64 = 0
    /// True while a request runs or a stream or COPY is open.
    var isBusy = false
    var turns: Deque<Turn> = []
    var lastTurn: UInt64 = 0
    /// Set when a command has changed the session (SET, LISTEN, …).
    var needsReset = false
    /// Set when the server holds prepared statements that ``statements`` has forgotten.
    var needsDeallocation = false
    /// The error that failed the open transaction, however it was wrapped afterwards.
    var transactionFailure: PostgresError?
    /// The statement timeout of the open transaction, if it has one of its own.
    var transactionTimeout: Duration?
    var lastSavepoint = 0
    /// Set while a task may wait for the server; see ``watchForSilence(in:)``.
    var silenceTimer: UInt64?
    var breakage: PostgresError?
    /// Set by a connection that listens.
    var inbox: Inbox?

    struct Turn {
        let id: UInt64
        let continuation: CheckedContinuation<Void, any Error>
    }

    private static let lastID = Atomic<UInt64>(0)

    init(configuration: PostgresConfiguration, logger: Logger) {
        let id = Self.lastID.wrappingAdd(1, ordering: .relaxed).newValue
        let reactor = PostgresReactor.next()
        var logger = logger
        logger[metadataKey: "connection.id"] = "\(id)"
        self.id = id
        self.reactor = reactor
        self.wire = Wire(reactor: reactor)
        self.configuration = configuration
        self.logger = logger
        self.notices = NoticeRelay(logger: logger)
        self.statements = StatementCache(capacity: configuration.statementCacheSize)
    }

    isolated deinit {
        wire.close()
    }

    /// The thread that serves the connection.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.asUnownedSerialExecutor() }

    /// What the server's session is doing.
    public enum TransactionStatus: Sendable, Hashable {
        /// Outside a transaction block.
        case idle
        /// A command is running.
        case active
        /// Idle in a transaction block.
        case inTransaction
        /// In a transaction block that failed: only ROLLBACK (or ROLLBACK TO) is accepted.
        case inFailedTransaction
        /// The connection is broken.
        case unknown
    }

    /// What the server's session is doing, as of the last message read.
    public var transactionStatus: TransactionStatus {
        guard let connection = wire.connection else {
            return .unknown
        }
        return switch PQtransactionStatus(connection) {
        case PQTRANS_IDLE: .idle
        case PQTRANS_ACTIVE: .active
        case PQTRANS_INTRANS: .inTransaction
        case PQTRANS_INERROR: .inFailedTransaction
        default: .unknown
        }
    }

    /// The server's process for this connection, as `pg_stat_activity.pid` shows it.
    public var serverProcess: Int32 { wire.connection.map { PQbackendPID($0) } ?? 0 }

    /// The server's version, such as 150018 for 15.18.
    public var serverVersion: Int { wire.connection.map { Int(PQserverVersion($0)) } ?? 0 }

    /// Closes the connection; statements that wait or run fail with `connection-lost`. Idempotent.
    public func close() {
        breakConnection(PostgresError(.connectionLost, reason: "the connection was closed by this program"))
    }

    // MARK: Turns

    /// Waits until no other request runs on this connection, and takes it.
    ///
    /// Not cancellable is what must be carried through even in a cancelled task.
    func takeTurn(cancellable: Bool = true) async throws {
        if let breakage {
            throw breakage
        }
        guard !cancellable || !Task.isCancelled else {
            throw PostgresError(.cancelled, reason: "before anything was sent")
        }
        if !isBusy {
            isBusy = true
            isPristine.store(false, ordering: .relaxed)
            return
        }
        if let exchange, exchange.purpose == .stream || exchange.copy != nil && exchange.purpose != .discard {
            throw PostgresError(
                .protocolState,
                query: exchange.query,
                reason: "a stream or COPY is open on this connection; finish it first, or use another connection"
            )
        }
        lastTurn += 1
        let id = lastTurn
        guard cancellable else {
            return try await queueForTurn(id)
        }
        try await withTaskCancellationHandler {
            try await self.queueForTurn(id)
        } onCancel: {
            reactor.submit { self.assumeIsolated { $0.giveUpTurn(id) } }
        }
    }

    private func queueForTurn(_ id: UInt64) async throws {
        try await withCheckedThrowingContinuation { continuation in
            reactor.checkIsolated()
            turns.append(Turn(id: id, continuation: continuation))
        }
    }

    private func giveUpTurn(_ id: UInt64) {
        if let index = turns.firstIndex(where: { $0.id == id }) {
            turns.remove(at: index).continuation.resume(
                throwing: PostgresError(.cancelled, reason: "before anything was sent")
            )
        }
    }

    /// Hands the connection to the next request, or leaves it idle.
    func endTurn() {
        if let next = turns.popFirst() {
            next.continuation.resume()
            return
        }
        isBusy = false
        let isClean = breakage == nil && !needsReset && !needsDeallocation && transactionStatus == .idle
        isPristine.store(isClean, ordering: .releasing)
    }

    /// Declares the connection dead: closes it and fails everything that waits.
    func breakConnection(_ error: PostgresError) {
        guard breakage == nil else {
            return
        }
        breakage = error
        isBroken.store(true, ordering: .releasing)
        isPristine.store(false, ordering: .releasing)
        wire.close()
        if let silenceTimer {
            reactor.cancel(timer: silenceTimer)
        }
        inbox?.wake()
        logger.debug("connection closed", metadata: ["error": "\(error)"])
        if let exchange {
            exchange.failure =
                exchange.failure
                ?? error.replacing(
                    code: .connectionLost,
                    effectUnknown: exchange.wouldLossLeaveDoubt,
                    query: exchange.query
                )
            exchange.isDrained = true
            exchange.isCancelling = false
            exchange.wake()
        }
        let waiting = turns
        turns.removeAll()
        for turn in waiting {
            turn.continuation.resume(throwing: error)
        }
    }
}
