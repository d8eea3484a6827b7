import AuditTrail
import DomainModel
import PostgresClient
import ServiceKit
import Storage
import Synchronization
import TestSupport
import Testing

@Suite("The audit trail", .serialized, .timeLimit(.minutes(5)))
struct AuditTests {
    struct Abandoned: Error {}

    @Test("a write that records nothing fails and leaves nothing; one that changes nothing may say so")
    func silentWrite() async throws {
        try await withAuditedPlatform { platform in
            let activity = Activity(principal: Principal(id: "user:li.wei"), id: "request-1")
            await #expect(throws: AuditError.nothingRecorded(activity: "request-1")) {
                try await platform.write(activity) { work in
                    try await work.connection.execute("INSERT INTO audited.thing VALUES ('silent', 1)")
                }
            }
            #expect(try await platform.database.query("SELECT FROM audited.thing").isEmpty)
            let found = try await platform.write(activity) { work in
                work.changesNothing()
                return 7
            }
            #expect(found == 7)
            await #expect(throws: AuditError.contradiction(activity: "request-1")) {
                try await platform.write(activity) { work in
                    work.changesNothing()
                    work.record(AuditEntry("thing.create", of: "x"))
                }
            }
            #expect(try await platform.verifyTrail().events == 0)
        }
    }

    @Test("an event says who, when, on what occasion, what and to what; the trail verifies")
    func event() async throws {
        try await withAuditedPlatform { platform in
            try await platform.put("one")
            try await platform.put("two", by: "wang.fang")
            let page = try await platform.database.withConnection { connection in
                try await AuditStore(connection).list(AuditStore.Filter(), after: nil, limit: 10)
            }
            let event = try #require(page.items.first?.event)
            #expect(page.items.count == 2)
            #expect(event.principal == "user:wang.fang")
            #expect(event.activity == "request-two")
            #expect(event.action == "thing.create")
            #expect(event.subject == AuditSubject("thing", "two"))
            #expect(event.details == ["value": 1])
            #expect(page.items[1].event.at <= event.at)
            let report = try await platform.verifyTrail()
            #expect(report.isIntact)
            #expect(report.events == 2)
        }
    }

    @Test("filters and pages of the list")
    func list() async throws {
        try await withAuditedPlatform { platform in
            for index in 0..<7 { try await platform.put("t\(index)", by: index < 3 ? "li.wei" : "wang.fang") }
            func list(_ change: (inout AuditStore.Filter) -> Void) async throws -> [String] {
                var filter = AuditStore.Filter()
                change(&filter)
                var keys: [String] = []
                var after: AuditStore.Cursor?
                repeat {
                    let page = try await platform.database.withConnection { [filter, after] connection in
                        try await AuditStore(connection).list(filter, after: after, limit: 2)
                    }
                    keys += page.items.map(\.event.subject.key)
                    after = page.next.flatMap { AuditStore.Cursor($0) }
                } while after != nil
                return keys
            }
            #expect(try await list { _ in } == (0..<7).reversed().map { "t\($0)" })
            #expect(try await list { $0.principal = "user:li.wei" } == ["t2", "t1", "t0"])
            #expect(try await list { $0.action = "thing." }.count == 7)
            #expect(try await list { $0.action = "thing" }.isEmpty)
            #expect(
                try await list {
                    $0.kind = "thing"
                    $0.key = "t4"
                } == ["t4"]
            )
            #expect(try await list { $0.until = Instant(microsecondsSince1970: 0) }.isEmpty)
        }
    }

    @Test("as many transactions as there are chains hold one each; only the next one waits")
    func heads() async throws {
        let chains = AuditMigrations.chains
        try await withAuditedPlatform(connections: chains + 3) { platform in
            let pool = platform.database
            let (arrivals, arrival) = AsyncStream.makeStream(of: Int.self)
            let (releases, release) = AsyncStream.makeStream(of: Void.self)
            try await withThrowingTaskGroup(of: Void.self) { group in
                let gate = Gate(releases)
                for _ in 0..<chains {
                    group.addTask {
                        try await pool.withTransaction { connection in
                            let position = try await AuditStore(connection).takePosition()
                            arrival.yield(position.head.chain)
                            await gate.wait()
                        }
                    }
                }
                var iterator = arrivals.makeAsyncIterator()
                var taken: Set<Int> = []
                for _ in 0..<chains { taken.insert(try #require(await iterator.next())) }
                #expect(taken.count == chains)
                await #expect {
                    try await pool.withTransaction { connection in
                        try await connection.execute("SET LOCAL lock_timeout = '50ms'")
                        _ = try await AuditStore(connection).takePosition()
                    }
                } throws: { ($0 as? PostgresError)?.sqlState == .lockNotAvailable }
                release.finish()
                try await group.waitForAll()
            }
        }
    }

    @Test("thirty-two writers at once, with errors, deadlocks and killed connections: no link breaks, none is too many")
    func concurrentWriters() async throws {
        try await withAuditedPlatform(connections: 34) { platform in
            try await platform.put("left", value: 0)
            try await platform.put("right", value: 0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<32 {
                    group.addTask { try await Self.write(as: writer, in: platform) }
                }
                try await group.waitForAll()
            }
            let report = try await platform.verifyTrail()
            #expect(report.isIntact, "\(report.faults)")
            #expect(report.chains > 1)
            let difference = try await platform.database.query(
                """
                (SELECT name FROM audited.thing EXCEPT SELECT subject_key FROM audit.event WHERE action = 'thing.create')
                UNION ALL
                (SELECT subject_key FROM audit.event WHERE action = 'thing.create' EXCEPT SELECT name FROM audited.thing)
                """
            )
            #expect(difference.isEmpty)
            // Each change of the two rows that everybody fought for has its event.
            let counts = try await platform.database.queryOne(
                """
                SELECT (SELECT sum(value) FROM audited.thing WHERE name IN ('left', 'right'))::bigint,
                    2 * (SELECT count(*) FROM audit.event WHERE action = 'thing.change')
                """
            )
            let (changes, events) = try #require(try counts?.decode((Int64, Int64).self))
            #expect(changes == events)
            #expect(events > 0)
        }
    }

    /// A few writes of every kind: good ones, abandoned ones, ones whose connection dies, ones that deadlock.
    static func write(as writer: Int, in platform: Platform) async throws {
        let activity = Activity(principal: Principal(id: "user:\(writer)"), id: "request-\(writer)")
        for round in 0..<6 {
            let name = "w\(writer)-\(round)"
            switch (writer + round) % 4 {
            case 0:
                try await platform.put(name)
            case 1:
                await #expect(throws: Abandoned.self) {
                    try await platform.write(activity) { work in
                        try await work.connection.execute("INSERT INTO audited.thing VALUES (\(name), 1)")
                        work.record(AuditEntry("thing.create", of: name))
                        throw Abandoned()
                    }
                }
            case 2:
                await #expect(throws: PostgresError.self) {
                    try await platform.write(activity) { work in
                        try await work.connection.execute("INSERT INTO audited.thing VALUES (\(name), 1)")
                        work.record(AuditEntry("thing.create", of: name))
                        _ = try await AuditStore(work.connection).takePosition()
                        try await work.connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
                    }
                }
            default:
                let order = writer % 2 == 0 ? ["left", "right"] : ["right", "left"]
                do {
                    try await platform.write(activity) { work in
                        for name in order {
                            try await work.connection.execute(
                                "UPDATE audited.thing SET value = value + 1 WHERE name = \(name)"
                            )
                        }
                        work.record(AuditEntry("thing.change", of: "left and right"))
                    }
                } catch let error as PostgresError where error.sqlState == .deadlockDetected {
                    // Every attempt met a deadlock: nothing was written.
                }
            }
        }
    }

    @Test("a transaction with one snapshot writes its event although others have moved every chain meanwhile")
    func repeatableRead() async throws {
        try await withAuditedPlatform { platform in
            let activity = Activity(principal: Principal(id: "user:li.wei"), id: "request-long")
            let runs = Mutex(0)
            try await platform.write(activity, isolation: .repeatableRead) { work in
                let run = runs.withLock {
                    $0 += 1
                    return $0
                }
                _ = try await work.connection.query("SELECT * FROM audited.thing")
                if run == 1 { for index in 0..<40 { try await platform.put("t\(index)") } }
                work.record(AuditEntry("thing.count", of: "all"))
            }
            #expect(runs.withLock(\.self) == 1)
            let report = try await platform.verifyTrail()
            #expect(report.isIntact)
            #expect(report.events == 41)
        }
    }
}

/// Lets all who wait go on when a stream ends.
private actor Gate {
    private let releases: AsyncStream<Void>
    private var opening: Task<Void, Never>?

    init(_ releases: AsyncStream<Void>) { self.releases = releases }

    func wait() async {
        if opening == nil {
            opening = Task { [releases] in for await _ in releases {} }
        }
        await opening?.value
    }
}
