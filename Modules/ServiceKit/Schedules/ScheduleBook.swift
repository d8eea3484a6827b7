public import DomainModel
import FoundationEssentials
import PostgresClient
import Storage

/// Makes and changes schedules, and puts their jobs into the queue.
public struct ScheduleBook: Sendable {
    private let platform: Platform

    /// Keeps the schedules of a platform.
    public init(_ platform: Platform) { self.platform = platform }

    /// Makes a schedule, or changes the one of the name; its next time is counted from now.
    ///
    /// - Throws: ``Problem`` `SCHEDULE_INVALID` when the expression, the zone or the payload cannot be used.
    public func put(_ name: String, _ order: ScheduleOrder, in work: UnitOfWork) async throws {
        let expression = try Self.expression(order.cron)
        guard (try? JSONDecoder().decode(AnyJSON.self, from: Data((order.payload ?? "{}").utf8))) != nil else {
            throw Problem(.scheduleInvalid, "The payload is no JSON document.", zh: "payload 不是 JSON 文档。")
        }
        guard !order.kind.isEmpty, order.kind.count <= 100 else {
            throw Problem(.scheduleInvalid, "The kind of job is missing.", zh: "缺少任务种类 kind。")
        }
        let store = ScheduleStore(work.connection)
        let next = try await Self.next(expression, order.timeZone, after: try await store.now(), store)
        try await store.put(name, order, nextAt: next)
        work.record(
            AuditEntry("schedule.put", of: name, details: ["cron": .text(order.cron), "kind": .text(order.kind)])
        )
    }

    /// Stops a schedule, or lets it go on with the next time from now.
    ///
    /// - Returns: False when there is no schedule of the name.
    /// - Throws: `PostgresError`.
    public func set(_ name: String, isPaused: Bool, in work: UnitOfWork) async throws -> Bool {
        let store = ScheduleStore(work.connection)
        guard let schedule = try await store.find(name) else {
            work.changesNothing()
            return false
        }
        let expression = try Self.expression(schedule.cron)
        let next = try await Self.next(expression, schedule.timeZone, after: try await store.now(), store)
        try await store.set(name, isPaused: isPaused, nextAt: next)
        work.record(AuditEntry(isPaused ? "schedule.pause" : "schedule.resume", of: name))
        return true
    }

    /// Puts the job of a schedule into the queue now, whatever its times are.
    ///
    /// - Returns: The job's number; `nil` when the job before has not ended.
    /// - Throws: `PostgresError`; ``Problem`` when there is no schedule of the name.
    public func run(_ name: String, in work: UnitOfWork) async throws -> Int64? {
        guard let schedule = try await ScheduleStore(work.connection).find(name) else {
            throw Problem.notFound("schedule", zh: "计划", name)
        }
        let job = try await Self.enqueue(schedule, JobStore(work.connection))
        if let job {
            work.record(AuditEntry("schedule.run", of: name, details: ["job": .count(job)]))
        } else {
            work.changesNothing()
        }
        return job
    }

    /// The job of a schedule; at most one is open at a time.
    static func enqueue(_ schedule: Schedule, _ jobs: JobStore) async throws -> Int64? {
        try await jobs.enqueue(
            kind: schedule.kind,
            payload: Array(schedule.payload.utf8),
            uniqueKey: "schedule:\(schedule.name)",
            priority: schedule.priority
        )
    }

    private static func expression(_ text: String) throws -> CronExpression {
        do {
            return try CronExpression(text)
        } catch {
            throw Problem(.scheduleInvalid, "\(error).", zh: "表达式 \(text) 有误：\(error)。")
        }
    }

    /// The first time after an instant.
    ///
    /// - Throws: ``Problem`` `SCHEDULE_INVALID` when the zone is unknown, or no time ever comes.
    static func next(
        _ expression: CronExpression,
        _ zone: String,
        after instant: Instant,
        _ store: ScheduleStore
    ) async throws -> Instant {
        let unknown = Problem(.scheduleInvalid, "\(zone) is no time zone.", zh: "没有时区 \(zone)。")
        guard ScheduleStore.isZoneName(zone) else { throw unknown }
        let changes: [ScheduleStore.OffsetChange]
        do {
            changes = try await store.offsets(of: zone, from: instant)
        } catch let error as PostgresError where error.sqlState?.rawValue == "22023" {
            throw unknown
        }
        let end = instant.microsecondsSince1970 / 1_000_000 + 9 * 365 * 86_400
        guard let next = expression.next(after: instant, in: ZoneOffsets(changes, end: end)) else {
            throw Problem(.scheduleInvalid, "Such a day never comes.", zh: "这样的日期不存在。")
        }
        return next
    }
}

/// Any JSON document, to see that it is one.
private struct AnyJSON: Decodable {}
