import Logging
import PostgresClient
import Storage

extension JobWorker {
    /// What ends the work on a piece.
    private enum Event: Sendable {
        case returned
        case threw(any Error)
        case signalled(RunningJobs.Signal)
        /// A watcher was cancelled because the handler came to its end.
        case quiet
    }

    /// Runs a handler, and records how each job ended.
    func work(on piece: JobPiece, _ signals: AsyncStream<RunningJobs.Signal>) async {
        let kind = piece.handler.kind
        var logger = logger
        logger[metadataKey: "job_kind"] = .string(kind)
        if piece.leases.count > 1 { logger[metadataKey: "jobs"] = .stringConvertible(piece.leases.count) }
        let jobs = piece.leases.map { lease in
            var own = logger
            own[metadataKey: "job_id"] = .stringConvertible(lease.id)
            own[metadataKey: "attempt"] = .stringConvertible(lease.attempt)
            return JobContext(lease: lease, logger: own, database: database)
        }
        let start = ContinuousClock.now
        metrics.began(kind, count: jobs.count)
        let outcome = piece.verdict == nil ? await outcome(of: piece.handler, JobBatch(jobs), signals) : .quiet
        let duration = ContinuousClock.now - start
        await withDiscardingTaskGroup { group in
            for job in jobs {
                // Ended with the others in the handler's own transaction: nothing is left to record.
                if case .returned = outcome, job.completion.isCalled, jobs.count > 1 {
                    metrics.ended(kind, .done, duration)
                    continue
                }
                group.addTask { await end(job, piece, outcome, duration) }
            }
        }
        if jobs.count > 1 {
            logger.info("batch of jobs over", metadata: ["duration_ms": "\(duration.nanoseconds / 1_000_000)"])
        }
    }

    private func end(_ job: JobContext, _ piece: JobPiece, _ outcome: Event, _ duration: Duration) async {
        do {
            let ending: JobMetrics.Ending
            if let verdict = piece.verdict {
                ending = try await abandon(job, piece.handler, verdict)
            } else {
                ending = try await record(outcome, job, piece.handler)
            }
            metrics.ended(job.lease.kind, ending, duration)
            if piece.leases.count == 1 {
                job.logger.info(
                    "job \(ending.rawValue)",
                    metadata: ["duration_ms": "\(duration.nanoseconds / 1_000_000)"]
                )
            }
        } catch JobError.fencedOff {
            metrics.ended(job.lease.kind, .fenced, duration)
            job.logger.warning("job was taken over by another worker")
        } catch {
            // The lease runs out and the job is begun again: at least once.
            metrics.ended(job.lease.kind, .unrecorded, duration)
            job.logger.error("the end of a job could not be recorded", metadata: ["error": "\(error)"])
        }
    }

    private func outcome(
        of handler: JobHandler,
        _ batch: JobBatch,
        _ signals: AsyncStream<RunningJobs.Signal>
    ) async -> Event {
        await withTaskGroup(of: Event.self) { group in
            group.addTask {
                do {
                    try await handler.work(batch)
                    return .returned
                } catch {
                    return .threw(error)
                }
            }
            group.addTask {
                for await signal in signals { return .signalled(signal) }
                return .quiet
            }
            var outcome = Event.quiet
            for await event in group {
                // The first real event decides, but a handler that ends well nevertheless has ended.
                switch (outcome, event) {
                case (_, .returned): outcome = event
                case (.quiet, .threw), (.quiet, .signalled): outcome = event
                default: break
                }
                group.cancelAll()
            }
            return outcome
        }
    }

    private func record(_ outcome: Event, _ job: JobContext, _ handler: JobHandler) async throws -> JobMetrics.Ending {
        if job.completion.isCalled {
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
            try await completer.complete(job.lease)
            return .done
        case .signalled(.lost):
            throw JobError.fencedOff(id: job.lease.id, fence: job.lease.fence)
        case .signalled(.cancelled):
            return try await abandon(job, handler, .cancelled)
        case .signalled(.drained), .quiet:
            try await shielded { try await $0.release(job.lease) }
            return .released
        case .threw(let error as JobError):
            throw error
        case .threw(let error) where error is CancellationError || Task.isCancelled:
            try await shielded { try await $0.release(job.lease) }
            return .released
        case .threw(let error):
            return try await fail(job, handler, error)
        }
    }

    private func fail(_ job: JobContext, _ handler: JobHandler, _ error: any Error) async throws -> JobMetrics.Ending {
        var generator = SystemRandomNumberGenerator()
        job.logger.error("job failed", metadata: ["error": "\(String(reflecting: error))"])
        // `description` of a database error holds no data; the log has all of it.
        if error is JobFailure || job.lease.attempt >= handler.maximumAttempts {
            return try await abandon(job, handler, .failed("\(error)"))
        }
        let delay = handler.backoff.delay(afterAttempt: job.lease.attempt, using: &generator)
        try await shielded { try await $0.fail(job.lease, error: "\(error)", retryAfter: delay) }
        return .failed
    }

    /// How many times an owner who cannot be told is tried before the job is given up without him.
    private static let tellings = 5

    /// Tells a job's owner that it will not be worked on again, and records that.
    ///
    /// When the owner cannot be told, the lease is left to run out, and another worker tries.
    private func abandon(
        _ job: JobContext,
        _ handler: JobHandler,
        _ reason: AbandonedJob.Reason
    ) async throws -> JobMetrics.Ending {
        let abandoned = AbandonedJob(job: job, reason: reason)
        let isHopeless = job.lease.attempt > handler.maximumAttempts + Self.tellings
        if let tell = handler.abandoned, !isHopeless {
            try await Task { try await tell(abandoned) }.value
        }
        if !job.completion.isCalled {
            try await Task { [database] in
                try await database.withConnection { try await abandoned.record(on: $0) }
            }.value
        }
        switch reason {
        case .cancelled: return .cancelled
        case .failed:
            job.logger.error("job given up", metadata: ["error": "\(reason)"])
            return .dead
        }
    }

    /// Runs a statement even when this task has been cancelled: the end of a job must not be lost to the shutdown.
    private func shielded(_ body: @escaping @Sendable (JobStore) async throws -> Void) async throws {
        try await Task { [database] in try await database.withConnection { try await body(JobStore($0)) } }.value
    }
}
