import CLibPQ
import DequeModule
import Logging

/// A connection that many tasks share: it is left in libpq's pipeline mode, and each request ends with a sync of its
/// own, so that it is a transaction of its own, and its failure its own. Brief requests under the same settings that wait
/// at the same time share a transaction; when one of them fails, those behind it are sent again, each alone.
///
/// Sessions are read-only (`default_transaction_read_only`): what is lost on the way has had no effect, and may be sent
/// again.
actor PipelineConnection {
    nonisolated let id: UInt64
    let configuration: PostgresConfiguration
    let reactor: PostgresReactor
    let logger: Logger
    private let notices: NoticeRelay
    let wire: Wire
    /// Owns this connection.
    private(set) weak var group: PipelineGroup?

    /// What was sent, in order; the server works on the first.
    var flights: Deque<ReadFlight> = []
    var lastSerial: UInt64 = 0
    /// When the first of ``flights`` became the first, and when the socket last moved.
    var headSince = ContinuousClock.now
    var lastSign = ContinuousClock.now
    var statements: StatementCache
    /// Counts the times that ``statements`` forgot something that requests on their way may rely on.
    var generation = 0
    var cancel: PipelineCancel?
    /// Requests up to this serial may have been hit by a cancel that was meant for another.
    var lastInDanger: UInt64 = 0
    var silenceTimer: UInt64?
    /// When the connection is to be replaced.
    private var expiry: ContinuousClock.Instant?
    private(set) var isBroken = false
    /// Takes no more requests, and closes when the last is through.
    private var isRetiring = false

    /// A request that runs for longer holds up what is sent behind it.
    static let longestNormalRun = Duration.milliseconds(10)

    init(id: UInt64, configuration: PostgresConfiguration, logger: Logger, group: PipelineGroup) {
        self.id = id
        self.configuration = configuration
        self.logger = logger
        self.group = group
        reactor = PostgresReactor.next()
        notices = NoticeRelay(logger: logger)
        wire = Wire(reactor: reactor)
        // A request has two statements, which must not drive out each other.
        let size = configuration.statementCacheSize
        statements = StatementCache(capacity: size > 0 ? max(2, size) : 0)
    }

    isolated deinit {
        wire.close()
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { reactor.asUnownedSerialExecutor() }

    /// Runs the body on the reactor, after what was asked for before.
    nonisolated func later(_ body: @escaping @Sendable (isolated PipelineConnection) -> Void) {
        reactor.submit { self.assumeIsolated { body($0) } }
    }

    // MARK: Life

    /// Connects, and tells the group how it went.
    nonisolated func open(after pause: Duration) {
        reactor.after(pause) {
            let attempt = ConnectAttempt(
                configuration: self.configuration,
                isReadOnly: true,
                reactor: self.reactor,
                notices: self.notices
            )
            attempt.assumeIsolated {
                $0.start { outcome in self.assumeIsolated { $0.opened(outcome) } }
            }
        }
    }

    private func opened(_ outcome: Result<LibPQHandle, PostgresError>) {
        switch outcome {
        case .failure(let error):
            isBroken = true
            group?.openingFailed(self, error)
        case .success(let handle) where isBroken:
            PQfinish(handle.pointer)
        case .success(let handle):
            let isWatched = wire.adopt(handle.pointer) { [weak self] readiness in
                self?.assumeIsolated { $0.socketReady(readiness) }
            }
            guard isWatched, PQenterPipelineMode(handle.pointer) == 1 else {
                isBroken = true
                wire.close()
                let error = PostgresError(.connectionFailed, reason: "the system cannot watch another socket")
                group?.openingFailed(self, error)
                return
            }
            let jitter = Double.random(in: 1...1.1)
            expiry = .now + .seconds(configuration.maximumLifetime.seconds * jitter)
            logger.debug("pipeline opened", metadata: ["server.process": "\(PQbackendPID(handle.pointer))"])
            group?.opened(self)
            takeWork()
        }
    }

    /// Takes no more requests, and closes when the last is through.
    func retire() {
        isRetiring = true
        group?.setPaused(self, true)
        if flights.isEmpty {
            breakConnection(PostgresError(.connectionLost, reason: "the pipeline was closed by this program"))
        }
    }

    /// Whether it is time for ``retire()``.
    func retireIfOld(idleTimeout: Duration) {
        let now = ContinuousClock.now
        let isIdle = flights.isEmpty && now - lastSign > idleTimeout
        if isIdle || expiry.map({ $0 <= now }) ?? false {
            retire()
        }
    }

    /// After a request is through.
    func retireIfAsked() {
        if isRetiring, flights.isEmpty {
            retire()
        }
    }

    /// Closes the connection. The request that the server was working on fails; those behind it go elsewhere.
    func breakConnection(_ error: PostgresError) {
        guard !isBroken else {
            return
        }
        isBroken = true
        wire.close()
        if let silenceTimer {
            reactor.cancel(timer: silenceTimer)
        }
        logger.debug("pipeline closed", metadata: ["error": "\(error)"])
        var again: [WaitingRead] = []
        for (index, flight) in flights.enumerated() {
            guard let read = flight.read else {
                continue
            }
            // Which of several in one transaction the server was at cannot be told: each is sent again, alone.
            let isBlameless = index > 0 || flight.isInCompany
            if isBlameless, flight.failure == nil, read.attempts < WaitingRead.largestAttempts {
                again.append(read)
            } else {
                let failure =
                    flight.failure ?? error.replacing(code: .connectionLost, query: read.request.statement.sql)
                read.request.settle(.failure(failure))
            }
        }
        flights.removeAll()
        group?.lost(self, unsent: again)
    }

    /// True when new requests had better go elsewhere.
    var isStuck: Bool { !flights.isEmpty && .now - headSince > Self.longestNormalRun }

    /// True when requests may be sent.
    var isReady: Bool { !isBroken && !isRetiring && cancel == nil && wire.connection != nil }
}
