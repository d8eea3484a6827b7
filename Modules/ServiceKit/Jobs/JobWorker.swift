import DomainModel
public import Logging
public import PostgresClient
public import ServiceLifecycle
import Storage

/// Works on the jobs of some kinds until it is told to stop.
///
/// It looks at the queue when the bell rings, when a job ends, and at an
/// interval; it takes no more jobs than it may run at once. On a graceful
/// shutdown it takes no more, lets running jobs end, and after ``drain``
/// cancels them and gives them back.
public struct JobWorker: Service {
    /// How the worker runs.
    public struct Options: Sendable {
        /// How often it looks at the queue without being rung for.
        public var interval: Duration = .milliseconds(250)
        /// How long running jobs may go on after a graceful shutdown has begun.
        public var drain: Duration = .seconds(20)
        /// How many days a job that is over is kept.
        public var keptDays = 30
        /// Who holds the leases, for people who look at the table.
        public var owner = "worker"

        /// Makes options with the defaults.
        public init() {}
    }

    let handlers: [JobHandler]
    let database: PostgresPool
    let queue: JobQueue
    let options: Options
    let logger: Logger
    let metrics: JobMetrics
    let completer: JobCompleter

    /// Makes a worker.
    ///
    /// - Parameters:
    ///   - handlers: The kinds of job that it works on.
    ///   - database: Where the queue is.
    ///   - queue: The queue whose bell it hears.
    ///   - options: How it runs.
    ///   - logger: Where it reports.
    ///   - metrics: Where it counts.
    public init(
        handlers: [JobHandler],
        database: PostgresPool,
        queue: JobQueue,
        options: Options = Options(),
        logger: Logger,
        metrics: PrometheusRegistry
    ) {
        self.handlers = handlers
        self.database = database
        self.queue = queue
        self.options = options
        self.logger = logger
        self.metrics = JobMetrics(metrics, kinds: handlers.map(\.kind), database: database)
        completer = JobCompleter(database)
    }

    /// Works until cancelled or shut down gracefully.
    public func run() async {
        let running = RunningJobs()
        await withTaskGroup(of: Void.self) { timers in
            timers.addTask { [options, queue] in
                while (try? await Task.sleep(for: options.interval)) != nil { queue.ring() }
            }
            timers.addTask { await maintain() }
            timers.addTask { await supervise() }
            timers.addTask { await keep(running) }
            timers.addTask { [options] in
                guard (try? await gracefulShutdown()) != nil, (try? await Task.sleep(for: options.drain)) != nil
                else { return }
                // Again and again, for a job that was begun a moment ago.
                repeat { running.drain() } while (try? await Task.sleep(for: .milliseconds(100))) != nil
            }
            await withDiscardingTaskGroup { jobs in
                queue.ring()
                for await _ in queue.bell.rings.cancelOnGracefulShutdown() {
                    if Task.isCancelled { break }
                    let asked = ContinuousClock.now
                    for piece in await claim(running) {
                        let (token, signals) = running.begin(piece, since: asked)
                        jobs.addTask {
                            await work(on: piece, signals)
                            running.end(token)
                            queue.ring()
                        }
                    }
                }
            }
            timers.cancelAll()
        }
    }

    /// Takes as many jobs as there is room for.
    private func claim(_ running: RunningJobs) async -> [JobPiece] {
        var taken: [JobPiece] = []
        let open = handlers.filter { running.count($0.kind) < $0.concurrency }
        if open.isEmpty { return [] }
        do {
            try await database.withConnection { connection in
                let store = JobStore(connection)
                let glances = try await store.glance(kinds: open.map(\.kind))
                for handler in open {
                    guard let glance = glances.first(where: { $0.kind == handler.kind }) else { continue }
                    if glance.hasExpired { taken += try await reclaim(handler, store) }
                    guard glance.hasWaiting || glance.hasExpired else { continue }
                    let room = handler.concurrency - running.count(handler.kind)
                    let leases = try await store.claim(
                        kind: handler.kind,
                        limit: room * handler.batchSize,
                        owner: options.owner,
                        lease: handler.lease
                    )
                    taken += Self.pieces(of: leases, for: handler)
                }
            }
        } catch {
            // The queue is still there when the database comes back; the next poll tries again.
            logger.warning("cannot look at the job queue", metadata: ["error": "\(error)"])
            try? await Task.sleep(for: .seconds(1))
        }
        return taken
    }

    /// Takes jobs from workers that were silent for too long; those that were begun often enough come back to be ended.
    private func reclaim(_ handler: JobHandler, _ store: JobStore) async throws -> [JobPiece] {
        try await store.reclaim(kind: handler.kind, maximumAttempts: handler.maximumAttempts)
        return try await store.takeExhausted(
            kind: handler.kind,
            maximumAttempts: handler.maximumAttempts,
            owner: options.owner,
            lease: handler.lease
        )
        .map { JobPiece(handler: handler, leases: [$0], verdict: .failed($0.lastError ?? "its lease ran out")) }
    }

    /// Puts jobs together as their handler wants them; what is cancelled or has failed before stands alone, and so does
    /// in the end what kills its workers.
    private static func pieces(of leases: [JobLease], for handler: JobHandler) -> [JobPiece] {
        var pieces: [JobPiece] = []
        var batch: [JobLease] = []
        for lease in leases {
            if lease.isCancelRequested {
                pieces.append(JobPiece(handler: handler, leases: [lease], verdict: .cancelled))
            } else if handler.batchSize == 1 || lease.attempt > (lease.wasTakenOver ? handler.maximumAttempts / 2 : 1) {
                pieces.append(JobPiece(handler: handler, leases: [lease], verdict: nil))
            } else {
                batch.append(lease)
                if batch.count == handler.batchSize {
                    pieces.append(JobPiece(handler: handler, leases: batch, verdict: nil))
                    batch = []
                }
            }
        }
        if !batch.isEmpty { pieces.append(JobPiece(handler: handler, leases: batch, verdict: nil)) }
        return pieces
    }
}
