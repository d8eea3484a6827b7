import DomainModel
import Logging
import PostgresClient
import Storage
import Synchronization
import TestSupport
import Testing

@testable import ServiceKit

@Suite("Schedules", .timeLimit(.minutes(5)))
struct SchedulerTests {
    /// A clock that the test sets, and a scheduler that goes by it.
    private final class World: Sendable {
        let pool: PostgresPool
        private let time: Mutex<Instant>

        init(_ pool: PostgresPool, _ text: String) {
            self.pool = pool
            time = Mutex(Instant(text) ?? Instant(microsecondsSince1970: 0))
        }

        func set(_ text: String) { time.withLock { $0 = Instant(text) ?? $0 } }

        var scheduler: Scheduler {
            Scheduler(
                database: pool,
                queue: JobQueue(),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                clock: { self.time.withLock { $0 } }
            )
        }

        func add(_ name: String, _ cron: String, missed: Schedule.Missed = .once, next: String) async throws {
            let order = ScheduleOrder(cron: cron, timeZone: "Asia/Shanghai", kind: "t.work", missed: missed)
            let instant = try #require(Instant(next))
            try await pool.withConnection { try await ScheduleStore($0).put(name, order, nextAt: instant) }
        }

        func find(_ name: String) async throws -> Schedule? {
            try await pool.withConnection { try await ScheduleStore($0).find(name) }
        }

        /// Ends what is open, so that the next time finds room.
        func finish() async throws { _ = try await pool.execute("DELETE FROM jobs.job") }
    }

    @Test("ten hosts that look at the same moment put one job into the queue")
    func manyHosts() async throws {
        try await withTestDatabase(connections: 20) { pool in
            let world = World(pool, "2026-07-01T00:00:30Z")
            try await world.add("monthly", "0 8 1 * *", next: "2026-07-01T00:00:00Z")
            let fired = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<10 { group.addTask { try await world.scheduler.fire() } }
                return try await group.reduce(0, +)
            }
            #expect(fired == 1)
            let schedule = try #require(try await world.find("monthly"))
            #expect(schedule.nextAt == Instant("2026-08-01T00:00:00Z"))
            #expect(schedule.lastJob != nil)
        }
    }

    @Test("a clock that is set back takes no time twice, and one set far back is followed")
    func clockMoves() async throws {
        try await withTestDatabase { pool in
            let world = World(pool, "2026-07-01T00:00:10Z")
            try await world.add("hourly", "0 * * * *", next: "2026-07-01T00:00:00Z")
            #expect(try await world.scheduler.fire() == 1)
            try await world.finish()
            world.set("2026-06-30T23:30:00Z")
            #expect(try await world.scheduler.fire() == 0)
            world.set("2026-07-01T00:00:20Z")
            #expect(try await world.scheduler.fire() == 0)
            // A year ahead by mistake: once, however many times have passed …
            world.set("2027-07-01T00:00:10Z")
            #expect(try await world.scheduler.fire() == 1)
            try await world.finish()
            // … and when it is mended the next time is counted from the right time.
            world.set("2026-07-01T00:10:00Z")
            #expect(try await world.scheduler.fire() == 0)
            #expect(try await world.find("hourly")?.nextAt == Instant("2026-07-01T01:00:00Z"))
            world.set("2026-07-01T01:00:01Z")
            #expect(try await world.scheduler.fire() == 1)
        }
    }

    @Test("times that were missed are made up for once, or not at all")
    func missed() async throws {
        try await withTestDatabase { pool in
            let world = World(pool, "2026-07-03T12:00:00Z")
            try await world.add("once", "0 8 * * *", missed: .once, next: "2026-07-01T00:00:00Z")
            try await world.add("skip", "0 8 * * *", missed: .skip, next: "2026-07-01T00:00:00Z")
            #expect(try await world.scheduler.fire() == 1)
            for name in ["once", "skip"] {
                #expect(try await world.find(name)?.nextAt == Instant("2026-07-04T00:00:00Z"))
            }
            #expect(try await world.find("skip")?.lastAt == nil)
            try await world.finish()
            // Half a minute late is not missed.
            world.set("2026-07-04T00:00:30Z")
            #expect(try await world.scheduler.fire() == 2)
        }
    }

    @Test("while the job before has not ended no other is put into the queue")
    func noPile() async throws {
        try await withTestDatabase { pool in
            let world = World(pool, "2026-07-01T00:00:00Z")
            try await world.add("often", "* * * * *", next: "2026-07-01T00:00:00Z")
            #expect(try await world.scheduler.fire() == 1)
            world.set("2026-07-01T00:01:00Z")
            #expect(try await world.scheduler.fire() == 0)
            let open = try await pool.queryOne("SELECT count(*) FROM jobs.job")
            #expect(try open?.decode(Int64.self) == 1)
        }
    }

    @Test("a schedule is checked when it is made; a paused one does nothing; it can be run at any time")
    func book() async throws {
        try await withTestDatabase { pool in
            let platform = Platform(database: pool, directories: PlatformDirectories(data: "/x", spool: "/x"))
            let book = ScheduleBook(platform)
            let activity = Activity(principal: .service("test"), id: "test")
            func put(_ cron: String, _ zone: String, payload: String? = nil) async throws {
                try await platform.write(activity) { work in
                    let order = ScheduleOrder(cron: cron, timeZone: zone, kind: "t.work", payload: payload)
                    try await book.put("s", order, in: work)
                }
            }
            for (cron, zone, payload) in [
                ("* * *", "UTC", nil), ("* * * * *", "Mars/Olympus", nil), ("* * * * *", "UTC+8", nil),
                ("0 0 30 2 *", "UTC", nil), ("* * * * *", "UTC", "{"),
            ] as [(String, String, String?)] {
                let problem = await #expect(throws: Problem.self) { try await put(cron, zone, payload: payload) }
                #expect(problem?.code == .scheduleInvalid)
            }
            try await put("0 8 1 1 *", "Asia/Shanghai", payload: #"{"plan":"p"}"#)
            let world = World(pool, "2100-01-01T00:00:00Z")
            let isKnown = try await platform.write(activity) { try await book.set("s", isPaused: true, in: $0) }
            #expect(isKnown)
            #expect(try await world.scheduler.fire() == 0)
            let job = try await platform.write(activity) { try await book.run("s", in: $0) }
            let payload = try await pool.queryOne("SELECT payload::text FROM jobs.job WHERE id = \(job)")
            #expect(try payload?.decode(String.self) == #"{"plan": "p"}"#)
        }
    }
}
