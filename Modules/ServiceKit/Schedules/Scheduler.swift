import DomainModel
import Logging
import PostgresClient
import ServiceLifecycle
import Storage

/// Puts the jobs of schedules into the queue when their time has come.
///
/// Any number of hosts may run one: a schedule is moved on in the transaction that enqueues its job, under a lock that
/// others pass by. All go by the database's clock. When that clock is set back, times that have been taken are not
/// taken again; when it is set back by more than a day, the next time is counted anew.
struct Scheduler: Service {
    let database: PostgresPool
    let queue: JobQueue
    let logger: Logger
    /// How often it looks.
    var interval: Duration = .seconds(1)
    /// What time it is; the database's unless a test says.
    var clock: (@Sendable () -> Instant)?

    /// How late a time may be taken without being missed.
    private static let tolerance: Int64 = 60_000_000

    func run() async {
        await cancelWhenGracefulShutdown { [self] in
            repeat {
                do {
                    if try await fire() > 0 { queue.ring() }
                } catch {
                    if Task.isCancelled { return }
                    logger.warning("cannot look at the schedules", metadata: ["error": "\(error)"])
                }
            } while (try? await Task.sleep(for: interval)) != nil
        }
    }

    /// Takes the times that have come.
    ///
    /// - Returns: How many jobs were put into the queue.
    func fire() async throws -> Int {
        try await database.withTransaction { connection in
            let store = ScheduleStore(connection)
            let now: Instant
            if let clock { now = clock() } else { now = try await store.now() }
            var count = 0
            for schedule in try await store.lockDue(at: now) {
                if try await take(schedule, at: now, store, JobStore(connection)) { count += 1 }
            }
            return count
        }
    }

    private func take(
        _ schedule: Schedule,
        at now: Instant,
        _ store: ScheduleStore,
        _ jobs: JobStore
    ) async throws -> Bool {
        let expression: CronExpression
        let next: Instant
        let isSetBack = schedule.nextAt > now
        do {
            expression = try CronExpression(schedule.cron)
            let from = isSetBack ? now : max(now, schedule.nextAt)
            next = try await ScheduleBook.next(expression, schedule.timeZone, after: from, store)
        } catch let error where !(error is PostgresError) {
            // Written by hand, or a zone that the server no longer has: others must go on.
            logger.error("schedule cannot be used", metadata: ["schedule": "\(schedule.name)", "error": "\(error)"])
            let later = Instant(microsecondsSince1970: now.microsecondsSince1970 + 3_600_000_000)
            try await store.advance(
                schedule.name,
                nextAt: later,
                lastAt: schedule.lastAt,
                lastJob: schedule.lastJob
            )
            return false
        }
        if isSetBack {
            logger.warning("the clock was set back; counting anew", metadata: ["schedule": "\(schedule.name)"])
            try await store.advance(schedule.name, nextAt: next, lastAt: nil, lastJob: schedule.lastJob)
            return false
        }
        let isLate = now.microsecondsSince1970 - schedule.nextAt.microsecondsSince1970 > Self.tolerance
        if isLate, schedule.missed == .skip {
            try await store.advance(
                schedule.name,
                nextAt: next,
                lastAt: schedule.lastAt,
                lastJob: schedule.lastJob
            )
            return false
        }
        let job = try await ScheduleBook.enqueue(schedule, jobs)
        if job == nil {
            logger.warning("the job before has not ended", metadata: ["schedule": "\(schedule.name)"])
        }
        try await store.advance(schedule.name, nextAt: next, lastAt: now, lastJob: job ?? schedule.lastJob)
        return job != nil
    }
}
