public import Logging
import Synchronization

/// Connections to one database, lent to tasks.
///
/// ```swift
/// let pool = PostgresPool(configuration: configuration, logger: logger)
/// let codes = try await pool.query("SELECT code FROM registry.region").map { try $0.decode(String.self) }
/// try await pool.withTransaction(isolation: .serializable) { connection in
///     try await connection.execute("UPDATE …")
/// }
/// ```
///
/// At most ``PostgresConfiguration/maximumConnections`` are open. When all are lent, tasks wait in the order of their
/// coming, up to the acquire timeout. A connection that comes back is brought to its first state (open transactions
/// are rolled back, changed settings reset); one that cannot be, or broke, or is too old, is closed, and the next task
/// makes a new one. Changed settings, temporary tables and session-level advisory locks are not to outlive a loan.
///
/// Reads that stand alone go through ``reader``, over connections of its own.
///
/// The pool works without ``run()``, which only keeps the minimum open and closes idle connections.
public final class PostgresPool: Sendable {
    /// What a waiting task is resumed with.
    enum Grant: Sendable {
        case connection(PooledConnection)
        case permit
    }

    typealias Waiter = CheckedContinuation<Grant, any Error>
    typealias State = PoolState<PostgresConnection, Waiter>
    typealias PooledConnection = PoolState<PostgresConnection, Waiter>.Pooled

    /// The counts of a pool at one moment.
    public struct Statistics: Sendable, Hashable {
        /// Connections lent or being made.
        public let inUse: Int
        /// Connections ready to be lent.
        public let idle: Int
        /// Tasks that wait.
        public let waiting: Int

        /// Counts, such as those that a test or a health check expects.
        public init(inUse: Int, idle: Int, waiting: Int) {
            self.inUse = inUse
            self.idle = idle
            self.waiting = waiting
        }
    }

    /// Where the connections lead, and the pool's settings.
    public let configuration: PostgresConfiguration
    let logger: Logger
    let metrics: PoolMetrics
    private let state: Mutex<State>
    private let lastWaiter = Atomic<UInt64>(0)
    /// Its timer wakes the pool when the first waiter's time is up.
    private let reactor = PostgresReactor.next()
    private let isTimerSet = Atomic(false)
    private let drained = DrainGate()
    let listeners = ListenerRegistry()
    /// Runs independent reads over a few connections that many tasks share.
    public let reader: PostgresReader

    /// Makes a pool; no connection is made yet.
    ///
    /// - Parameters:
    ///   - configuration: Where to, how many, how long.
    ///   - logger: Gets messages of levels `debug` and `trace`.
    public init(configuration: PostgresConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        metrics = PoolMetrics(pool: configuration.poolName)
        reader = PostgresReader(group: PipelineGroup(configuration: configuration, logger: logger))
        state = Mutex(State(maximum: max(1, configuration.maximumConnections)))
    }

    /// The counts at this moment.
    public var statistics: Statistics {
        state.withLock { Statistics(inUse: $0.inUseCount, idle: $0.idleCount, waiting: $0.waitingCount) }
    }

    /// Records the gauges of the pool and of its ``reader`` as they are now: for an exporter, before it answers.
    ///
    /// By themselves they are recorded when connections are lent and come back, and when reads are sent.
    public func recordMetrics() {
        metrics.record(statistics)
        reader.group.recordMetrics()
    }

    /// What the metrics of pools mean, by name, for the HELP lines of an exporter.
    public static var metricDescriptions: [(name: String, help: String)] {
        (PoolMetrics.descriptions + ReaderMetrics.descriptions).map { (name: $0.0, help: $0.1) }
    }

    // MARK: Lending

    /// Takes a connection, waiting for one if need be.
    func lease() async throws -> PooledConnection {
        let start = ContinuousClock.now
        let answer = state.withLock { $0.request(at: start) { !$0.isBroken.load(ordering: .acquiring) } }
        defer { metrics.record(statistics) }
        switch answer {
        case .connection(let pooled):
            metrics.recordWait(.zero)
            return pooled
        case .permit:
            return try await connect()
        case .shutDown:
            throw PostgresError(.poolShutDown)
        case .wait:
            let grant = try await wait(since: start)
            metrics.recordWait(ContinuousClock.now - start)
            switch grant {
            case .connection(let pooled): return pooled
            case .permit: return try await connect()
            }
        }
    }

    private func wait(since start: ContinuousClock.Instant) async throws -> Grant {
        let id = lastWaiter.wrappingAdd(1, ordering: .relaxed).newValue
        let deadline = start + configuration.acquireTimeout
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // Between the first request and now a connection may have come back.
                let answer = state.withLock { state in
                    let answer = state.request(at: .now) { !$0.isBroken.load(ordering: .acquiring) }
                    if case .wait = answer {
                        state.enqueue(continuation, id: id, deadline: deadline)
                    }
                    return answer
                }
                switch answer {
                case .connection(let pooled): continuation.resume(returning: .connection(pooled))
                case .permit: continuation.resume(returning: .permit)
                case .shutDown: continuation.resume(throwing: PostgresError(.poolShutDown))
                case .wait:
                    setTimer()
                    metrics.record(statistics)
                    if Task.isCancelled {
                        giveUp(id)
                    }
                }
            }
        } onCancel: {
            giveUp(id)
        }
    }

    private func giveUp(_ id: UInt64) {
        let waiter = state.withLock { $0.remove(waiter: id) }
        waiter?.resume(throwing: PostgresError(.cancelled, reason: "while waiting for a connection"))
    }

    /// One timer, for the first in the queue.
    private func setTimer() {
        guard let deadline = state.withLock({ $0.nextDeadline }),
            isTimerSet.compareExchange(expected: false, desired: true, ordering: .acquiringAndReleasing).exchanged
        else {
            return
        }
        reactor.after(deadline - .now) { [weak self] in self?.timerFired() }
    }

    private func timerFired() {
        isTimerSet.store(false, ordering: .releasing)
        let expired = state.withLock { $0.expireWaiters(at: .now) }
        metrics.countTimeouts(expired.count)
        for waiter in expired {
            waiter.resume(
                throwing: PostgresError(
                    .poolTimeout,
                    reason: "all \(configuration.maximumConnections) connections were in use for"
                        + " \(configuration.acquireTimeout)"
                )
            )
        }
        setTimer()
    }

    /// Makes a connection; the caller has a permit.
    ///
    /// After a failure the next attempts wait a little, longer from one to the next and each by chance differently: a
    /// server that comes back is not to be met by everybody at once.
    func connect() async throws -> PooledConnection {
        do {
            let pause = state.withLock { $0.backoff.pause(at: .now) { Double.random(in: 0.5...1) } }
            if pause > .zero {
                try await Task.sleep(for: pause)
            }
            let connection = try await PostgresConnection.connect(configuration, logger: logger)
            state.withLock { $0.backoff.succeeded() }
            let jitter = Double.random(in: 1...1.1)
            return PooledConnection(
                connection: connection,
                expiry: .now + .seconds(configuration.maximumLifetime.seconds * jitter)
            )
        } catch {
            let isServersFault = (error as? PostgresError).map { $0.code != .cancelled } ?? false
            let decision = state.withLock { state in
                if isServersFault {
                    state.backoff.failed(at: .now)
                }
                return state.lose()
            }
            settle(decision)
            throw error is CancellationError ? PostgresError(.cancelled, reason: "before connecting again") : error
        }
    }

    /// Takes a connection back.
    func release(_ pooled: PooledConnection) async {
        let connection = pooled.connection
        let isGood: Bool =
            if connection.isPristine.load(ordering: .acquiring) {
                true
            } else {
                await connection.cleanse()
            }
        if isGood {
            settle(state.withLock { $0.put(pooled, at: .now) })
        } else {
            await connection.close()
            settle(state.withLock { $0.lose() })
        }
        metrics.record(statistics)
    }

    /// Passes on what the return or loss of a connection means for those who wait.
    private func settle(_ decision: (waiter: Waiter, answer: State.Answer)?) {
        guard let decision else {
            return tellIfDrained()
        }
        switch decision.answer {
        case .connection(let pooled): decision.waiter.resume(returning: .connection(pooled))
        case .permit: decision.waiter.resume(returning: .permit)
        case .wait, .shutDown: decision.waiter.resume(throwing: PostgresError(.poolShutDown))
        }
    }

    // MARK: Life

    /// Looks after idle connections until the task is cancelled, then shuts the pool down.
    ///
    /// Keeps the minimum open, closes what has been idle for too long or has become too old.
    public func run() async {
        while !Task.isCancelled {
            await maintain()
            try? await Task.sleep(for: configuration.maintenanceInterval)
        }
        await shutdown()
    }

    func maintain() async {
        reader.group.maintain()
        let missing = state.withLock {
            $0.maintain(
                at: .now,
                minimum: configuration.minimumConnections,
                idleTimeout: configuration.idleTimeout
            ) { !$0.isBroken.load(ordering: .acquiring) }
        }
        for _ in 0..<missing {
            do {
                await release(try await connect())
            } catch {
                logger.debug("no connection for the pool's minimum", metadata: ["error": "\(error)"])
            }
        }
        metrics.record(statistics)
    }

    /// Refuses new loans and reads, fails those who wait, closes idle connections, and waits for lent ones to come back
    /// and for reads on their way.
    ///
    /// - Parameter grace: How long to wait for lent connections; later ones are closed when they come. Default: 10 s.
    public func shutdown(grace: Duration = .seconds(10)) async {
        for waiter in state.withLock({ $0.shutDown() }) {
            waiter.resume(throwing: PostgresError(.poolShutDown))
        }
        reader.group.beginShutdown()
        tellIfDrained()
        await listeners.shutDown()
        let deadline = ContinuousClock.now + grace
        await drained.wait(grace, on: reactor)
        await reader.group.drain(grace: deadline - .now)
        metrics.record(statistics)
    }

    private func tellIfDrained() {
        if state.withLock({ $0.isShutDown && $0.open == 0 }) {
            drained.open()
        }
    }
}
