import Logging
import Synchronization

/// The pipelines of a pool, and the requests that wait for one. Decisions are ``PipelineState``'s; here they are
/// carried out.
final class PipelineGroup: Sendable {
    let configuration: PostgresConfiguration
    private let logger: Logger
    private let metrics: ReaderMetrics
    private let state: Mutex<PipelineState>
    private let drained = DrainGate()
    /// Its timer wakes the group when the first waiter's time is up.
    private let reactor = PostgresReactor.next()

    init(configuration: PostgresConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
        metrics = ReaderMetrics(pool: configuration.poolName)
        state = Mutex(
            PipelineState(maximum: max(1, configuration.readerConnections), depth: max(1, configuration.readerDepth))
        )
    }

    var statistics: PostgresReader.Statistics { state.withLock { $0.statistics } }

    // MARK: Requests

    /// Runs the request on any pipeline.
    func run(_ request: ReadRequest) async throws -> ResultStorage? {
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                request.wait(continuation)
                submit(request)
            }
        } onCancel: {
            cancel(request)
        }
    }

    private func submit(_ request: ReadRequest) {
        guard !request.isSettled else {
            return
        }
        let (orders, mustSetTimer, isShutDown) = state.withLock { state in
            guard !state.isShutDown else {
                return (PipelineState.Orders(), false, true)
            }
            let mustSetTimer = !state.isTimerSet
            state.isTimerSet = true
            state.waiting.append(WaitingRead(request: request))
            return (state.assign(), mustSetTimer, false)
        }
        if isShutDown {
            request.settle(.failure(PostgresError(.poolShutDown)))
        }
        carryOut(orders)
        if mustSetTimer {
            setTimer(configuration.acquireTimeout)
        }
    }

    private func cancel(_ request: ReadRequest) {
        guard request.settle(.failure(PostgresError(.cancelled, query: request.statement.sql))) else {
            return
        }
        let pipelines = state.withLock { $0.remove(request) ? [] : $0.pipelines }
        for pipeline in pipelines {
            pipeline.later { $0.abandon(request) }
        }
    }

    private func carryOut(_ orders: PipelineState.Orders) {
        orders.wake?.later { $0.takeWork() }
        guard orders.mustOpen else {
            return
        }
        let id = Self.lastID.wrappingAdd(1, ordering: .relaxed).newValue
        let pipeline = PipelineConnection(id: id, configuration: configuration, logger: logger, group: self)
        let pause = state.withLock { state in
            state.add(pipeline)
            return state.backoff.pause(at: .now) { Double.random(in: 0.5...1) }
        }
        pipeline.open(after: pause)
    }

    private static let lastID = Atomic<UInt64>(0)

    // MARK: Called by the pipelines

    /// Requests for a pipeline to send.
    ///
    /// - Parameters:
    ///   - pipeline: Who asks.
    ///   - room: How many it can take.
    ///   - isStuck: Whether the one that the server is at holds up what is behind it; another pipeline is better then.
    /// - Returns: The requests, which are this pipeline's now.
    func take(for pipeline: PipelineConnection, room: Int, isStuck: Bool) -> [WaitingRead] {
        let (reads, orders, inFlight, waiting) = state.withLock { state in
            let (reads, orders) = state.take(for: pipeline, room: room, isStuck: isStuck)
            return (reads, orders, state.inFlight, state.waiting.count)
        }
        carryOut(orders)
        metrics.record(inFlight: inFlight, waiting: waiting)
        let now = ContinuousClock.now
        for read in reads where read.attempts == 0 {
            metrics.recordWait(now - read.request.submitted)
        }
        return reads
    }

    /// Puts requests that are to be sent again before all others.
    func requeue(_ reads: some BidirectionalCollection<WaitingRead>) {
        let orders = state.withLock { $0.requeue(reads) }
        guard let orders else {
            return refuse(reads)
        }
        carryOut(orders)
    }

    private func refuse(_ reads: some Sequence<WaitingRead>) {
        for read in reads {
            read.request.settle(.failure(PostgresError(.poolShutDown)))
        }
    }

    func opened(_ pipeline: PipelineConnection) {
        state.withLock { $0.opened(pipeline) }
        metrics.record(connections: statistics.connections)
    }

    /// Those who wait are told when no other pipeline is left for them.
    func openingFailed(_ pipeline: PipelineConnection, _ error: PostgresError) {
        let (abandoned, orders) = state.withLock { $0.openingFailed(pipeline, at: .now) }
        for read in abandoned {
            read.request.settle(.failure(error))
        }
        carryOut(orders)
        tellIfDrained()
    }

    func lost(_ pipeline: PipelineConnection, unsent: [WaitingRead]) {
        let orders = state.withLock { state in
            state.remove(pipeline)
            return state.requeue(unsent)
        }
        if let orders {
            carryOut(orders)
        } else {
            refuse(unsent)
        }
        metrics.record(connections: statistics.connections)
        tellIfDrained()
    }

    /// A paused pipeline is passed over.
    func setPaused(_ pipeline: PipelineConnection, _ isPaused: Bool) {
        carryOut(state.withLock { $0.setPaused(pipeline, isPaused) })
    }

    func recordMetrics() {
        let now = statistics
        metrics.record(connections: now.connections)
        metrics.record(inFlight: now.inFlight, waiting: now.waiting)
    }

    // MARK: Life

    private func setTimer(_ delay: Duration) {
        reactor.after(delay) { [weak self] in self?.timerFired() }
    }

    private func timerFired() {
        let (expired, next) = state.withLock { state in
            state.expire(at: .now, after: configuration.acquireTimeout)
        }
        for read in expired {
            let reason = "no pipeline had room for \(configuration.acquireTimeout)"
            read.request.settle(.failure(PostgresError(.poolTimeout, reason: reason)))
        }
        if let next {
            setTimer(next - .now)
        }
    }

    /// Closes what is too old or was idle for too long.
    func maintain() {
        let idleTimeout = configuration.idleTimeout
        for pipeline in state.withLock({ $0.pipelines }) {
            pipeline.later { $0.retireIfOld(idleTimeout: idleTimeout) }
        }
    }

    /// Refuses new requests, fails those that wait, and closes the pipelines as soon as they are through.
    func beginShutdown() {
        let (waiting, pipelines) = state.withLock { $0.shutDown() }
        refuse(waiting)
        for pipeline in pipelines {
            pipeline.later { $0.retire() }
        }
        tellIfDrained()
    }

    /// Waits until all pipelines are closed, up to a time.
    func drain(grace: Duration) async {
        await drained.wait(grace, on: reactor)
    }

    private func tellIfDrained() {
        if state.withLock({ $0.isShutDown && $0.pipelines.isEmpty }) {
            drained.open()
        }
    }
}
