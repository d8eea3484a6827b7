import DomainModel
public import Logging
public import PostgresClient
public import ServiceLifecycle
import Storage
import Synchronization

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
        /// How many days a job that is done is kept.
        public var keptDays = 30
        /// Who holds the leases, for people who look at the table.
        public var owner = "worker"

        /// Makes options with the defaults.
        public init() {}
    }

    private let handlers: [JobHandler]
    private let database: PostgresPool
    private let queue: JobQueue
    private let options: Options
    private let logger: Logger
    private let metrics: JobMetrics

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
    }

    /// Works until cancelled or shut down gracefully.
    public func run() async {
        let running = RunningJobs()
        await withTaskGroup(of: Void.self) { timers in
            timers.addTask { [options, queue] in
                while (try? await Task.sleep(for: options.interval)) != nil { queue.ring() }
            }
            timers.addTask { await prune() }
            await withDiscardingTaskGroup { jobs in
                queue.ring()
                for await _ in queue.bell.rings.cancelOnGracefulShutdown() {
                    if Task.isCancelled { break }
                    for lease in await claim(running) {
                        jobs.addTask {
                            await work(on: lease.job, with: lease.handler)
                            running.end(lease.handler.kind)
                            queue.ring()
                        }
                    }
                }
            }
            timers.cancelAll()
        }
    }

    /// Takes as many jobs as there is room for.
    private func claim(_ running: RunningJobs) async -> [(job: JobLease, handler: JobHandler)] {
        var taken: [(JobLease, JobHandler)] = []
        for handler in handlers {
            let room = handler.concurrency - running.count(handler.kind)
            guard room > 0 else { continue }
            do {
                let leases = try await database.withConnection { [options] connection in
                    let store = JobStore(connection)
                    _ = try await store.reclaim(kind: handler.kind, maximumAttempts: handler.maximumAttempts)
                    return try await store.claim(
                        kind: handler.kind,
                        limit: room,
                        owner: options.owner,
                        lease: handler.lease
                    )
                }
                for lease in leases {
                    running.begin(handler.kind)
                    taken.append((lease, handler))
                }
            } catch {
                // The queue is still there when the database comes back; the next poll tries again.
                logger.warning("cannot look at the job queue", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(1))
            }
        }
        return taken
    }

    private func prune() async {
        while (try? await Task.sleep(for: .seconds(3_600))) != nil {
            do {
                try await database.withConnection { [options] in
                    try await JobStore($0).prune(olderThanDays: options.keptDays)
                }
            } catch {
                logger.warning("cannot prune the job queue", metadata: ["error": "\(error)"])
            }
        }
    }
}

/// How many jobs of each kind run in this process.
private final class RunningJobs: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func count(_ kind: String) -> Int { counts.withLock { $0[kind] ?? 0 } }
    func begin(_ kind: String) { counts.withLock { $0[kind, default: 0] += 1 } }
    func end(_ kind: String) { counts.withLock { $0[kind, default: 0] -= 1 } }
}

extension JobWorker {
    /// What ends the work on a job.
    private enum Event: Sendable {
        case returned
        case threw(any Error)
        /// The lease is gone: somebody else has the job.
        case lost
        /// The service is going down, and the job took too long.
        case drained
        /// A watcher was cancelled because the handler came to its end.
        case quiet
    }

    /// Runs a handler while renewing its lease, and records how it ended.
    fileprivate func work(on job: JobLease, with handler: JobHandler) async {
        var logger = logger
        logger[metadataKey: "job_id"] = .stringConvertible(job.id)
        logger[metadataKey: "job_kind"] = .string(job.kind)
        logger[metadataKey: "attempt"] = .stringConvertible(job.attempt)
        let context = JobContext(lease: job, logger: logger)
        let start = ContinuousClock.now
        metrics.began(job.kind)
        let outcome = await outcome(of: handler, context)
        let duration = ContinuousClock.now - start
        do {
            let ending = try await record(outcome, job, handler, context)
            metrics.ended(job.kind, ending, duration)
            logger.info("job \(ending.rawValue)", metadata: ["duration_ms": "\(duration.nanoseconds / 1_000_000)"])
        } catch JobError.fencedOff {
            metrics.ended(job.kind, .fenced, duration)
            logger.warning("job was taken over by another worker")
        } catch {
            // The lease runs out and the job is begun again: at least once.
            metrics.ended(job.kind, .unrecorded, duration)
            logger.error("the end of a job could not be recorded", metadata: ["error": "\(error)"])
        }
    }

    private func outcome(of handler: JobHandler, _ context: JobContext) async -> Event {
        await withTaskGroup(of: Event.self) { group in
            group.addTask {
                do {
                    try await handler.run(context)
                    return .returned
                } catch {
                    return .threw(error)
                }
            }
            group.addTask { await renew(context.lease, handler.lease) }
            group.addTask { [options] in
                guard (try? await gracefulShutdown()) != nil, (try? await Task.sleep(for: options.drain)) != nil
                else { return .quiet }
                return .drained
            }
            var outcome = Event.quiet
            for await event in group {
                // The first real event decides, but a handler that ends well nevertheless has ended.
                switch (outcome, event) {
                case (_, .returned): outcome = event
                case (.quiet, .threw), (.quiet, .lost), (.quiet, .drained): outcome = event
                default: break
                }
                group.cancelAll()
            }
            return outcome
        }
    }

    /// Renews the lease at a third of its length until cancelled, or until it is lost.
    private func renew(_ job: JobLease, _ lease: Duration) async -> Event {
        while (try? await Task.sleep(for: lease / 3)) != nil {
            do {
                try await database.withConnection { try await JobStore($0).renew(job, lease: lease) }
            } catch is JobError {
                return .lost
            } catch {
                if Task.isCancelled { return .quiet }
                // One missed renewal leaves two thirds of the lease.
                logger.warning("cannot renew a lease", metadata: ["job_id": "\(job.id)", "error": "\(error)"])
            }
        }
        return .quiet
    }

    private func record(
        _ outcome: Event,
        _ job: JobLease,
        _ handler: JobHandler,
        _ context: JobContext
    ) async throws -> JobMetrics.Ending {
        if context.completion.isCalled.load(ordering: .acquiring) {
            // Ended in the handler's own transaction; an error after the commit does not undo it.
            if case .threw(let error) = outcome, !(error is CancellationError) {
                // The error may have rolled that transaction back: then the job is still running, and fails.
                do {
                    return try await fail(job, handler, error)
                } catch is JobError {
                    return .done
                }
            }
            return .done
        }
        switch outcome {
        case .returned:
            try await onConnection { try await $0.complete(job) }
            return .done
        case .lost:
            throw JobError.fencedOff(id: job.id, fence: job.fence)
        case .drained, .quiet:
            try await onConnection { try await $0.release(job) }
            return .released
        case .threw(let error as JobError):
            throw error
        case .threw(let error) where error is CancellationError || Task.isCancelled:
            try await onConnection { try await $0.release(job) }
            return .released
        case .threw(let error):
            return try await fail(job, handler, error)
        }
    }

    private func fail(_ job: JobLease, _ handler: JobHandler, _ error: any Error) async throws -> JobMetrics.Ending {
        var generator = SystemRandomNumberGenerator()
        let isLast = error is JobFailure || job.attempt >= handler.maximumAttempts
        let delay = isLast ? nil : handler.backoff.delay(afterAttempt: job.attempt, using: &generator)
        // `description` of a database error holds no data; the log has all of it.
        try await onConnection { try await $0.fail(job, error: "\(error)", retryAfter: delay) }
        logger.error(
            isLast ? "job given up" : "job failed, to be tried again",
            metadata: ["job_id": "\(job.id)", "job_kind": "\(job.kind)", "error": "\(String(reflecting: error))"]
        )
        return isLast ? .dead : .failed
    }

    /// Runs a statement even when this task has been cancelled: the end of a job must not be lost to the shutdown.
    private func onConnection(_ body: @escaping @Sendable (JobStore) async throws -> Void) async throws {
        try await Task { [database] in try await database.withConnection { try await body(JobStore($0)) } }.value
    }
}
