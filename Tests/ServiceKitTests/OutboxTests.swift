import DomainModel
import FoundationEssentials
import PostgresClient
import Storage
import Synchronization
import TestSupport
import Testing

@testable import ServiceKit

@Suite("The outbox", .timeLimit(.minutes(5)))
struct OutboxTests {
    private struct Note: Codable, Sendable {
        var n: Int
    }

    private struct Event: Decodable, Sendable {
        var specversion: String
        var id: String
        var source: String
        var type: String
        var subject: String
        var time: Instant
        var datacontenttype: String
        var sequence: String
        var position: String
        var activity: String
        var data: Note
    }

    private func platform(_ pool: PostgresPool) -> Platform {
        Platform(database: pool, directories: PlatformDirectories(data: "/nonexistent", spool: "/nonexistent"))
    }

    private let activity = Activity(principal: .service("test"), id: "job:7")

    private func publish(
        _ pool: PostgresPool,
        _ n: Int,
        type: String = "ceyuan.note.made",
        subject: String = "/n/1"
    )
        async throws
    {
        try await platform(pool).write(activity) { work in
            work.record(AuditEntry("note.create", of: "1"))
            try await work.publish(type, subject: subject, Note(n: n))
        }
    }

    private func read(
        _ pool: PostgresPool,
        after: Int64 = 0,
        limit: Int = 1_000
    ) async throws -> (
        events: [Event], next: Int64
    ) {
        var question = EventFeed.Question()
        (question.after, question.limit) = (after, limit)
        let part = try await EventFeed(pool).read(question)
        return (try part.documents.map { try JSONDecoder().decode(Event.self, from: Data($0.utf8)) }, part.next)
    }

    @Test("an event is CloudEvents 1.0, and is there as soon as its transaction is, or not at all")
    func document() async throws {
        struct Refusal: Error {}
        try await withTestDatabase { pool in
            try await publish(pool, 1)
            await #expect(throws: Refusal.self) {
                try await platform(pool).write(activity) { work in
                    work.record(AuditEntry("note.create", of: "1"))
                    try await work.publish("ceyuan.note.made", subject: "/n/1", Note(n: 2))
                    throw Refusal()
                }
            }
            try await publish(pool, 3)
            let (events, next) = try await read(pool)
            #expect(events.map(\.data.n) == [1, 3])
            // A number of a subject that was rolled back is given again: no gap.
            #expect(events.map(\.sequence) == ["1", "2"])
            #expect(events.map(\.position) == ["1", "2"] && next == 2)
            let first = try #require(events.first)
            #expect(first.specversion == "1.0" && first.source == "urn:ceyuan" && first.subject == "/n/1")
            #expect(first.type == "ceyuan.note.made" && first.datacontenttype == "application/json")
            #expect(first.activity == "job:7" && UUID(uuidString: first.id) != nil)
            let (none, same) = try await read(pool, after: next)
            #expect(none.isEmpty && same == 2)
        }
    }

    @Test("a reader that goes on where it stopped misses nothing although transactions commit out of order")
    func outOfOrder() async throws {
        try await withTestDatabase { pool in
            // The first to draw a number is the last to commit.
            let (held, hold) = AsyncStream.makeStream(of: Void.self)
            let (drawn, draw) = AsyncStream.makeStream(of: Void.self)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await platform(pool).write(activity) { work in
                        work.record(AuditEntry("note.create", of: "1"))
                        try await work.publish("ceyuan.note.made", subject: "/slow", Note(n: 0))
                        draw.yield()
                        for await _ in held { break }
                    }
                }
                for await _ in drawn { break }
                try await publish(pool, 1)
                let (early, next) = try await read(pool)
                #expect(early.map(\.data.n) == [1])
                hold.yield()
                try await group.waitForAll()
                let (late, _) = try await read(pool, after: next)
                #expect(late.map(\.data.n) == [0])
            }
        }
    }

    @Test("many writers, two placers and a reader at once: every event once, without gaps, each subject in order")
    func contention() async throws {
        try await withTestDatabase(connections: 20) { pool in
            let (writers, each) = (12, 40)
            let isOver = Flag()
            let seen = try await withThrowingTaskGroup(of: [Event].self) { group in
                group.addTask {
                    var (all, next): ([Event], Int64) = ([], 0)
                    while true {
                        let isLast = isOver.isSet
                        let part = try await read(pool, after: next, limit: 7)
                        all += part.events
                        next = part.next
                        if isLast, part.events.isEmpty { return all }
                    }
                }
                group.addTask {
                    while !isOver.isSet {
                        _ = try await pool.withTransaction { try await OutboxStore($0).place() }
                    }
                    return []
                }
                try await withThrowingTaskGroup(of: Void.self) { sending in
                    for writer in 0..<writers {
                        sending.addTask {
                            for n in 0..<each {
                                // Four subjects that three writers share each; one in five is rolled back.
                                do {
                                    try await platform(pool).write(activity) { work in
                                        work.record(AuditEntry("note.create", of: "1"))
                                        try await work.publish("ceyuan.x.y", subject: "/\(writer % 4)", Note(n: n))
                                        if n % 5 == 4 { throw CancellationError() }
                                    }
                                } catch is CancellationError {}
                            }
                        }
                    }
                    try await sending.waitForAll()
                }
                isOver.set()
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(seen.count == writers * each * 4 / 5)
            #expect(seen.map(\.position) == (1...seen.count).map(String.init))
            for subject in 0..<4 {
                let mine = seen.filter { $0.subject == "/\(subject)" }
                #expect(mine.map(\.sequence) == (1...mine.count).map(String.init))
            }
        }
    }

    @Test("types, patterns and subjects choose; what was looked at is not looked at again")
    func filters() async throws {
        try await withTestDatabase { pool in
            try await publish(pool, 1, type: "ceyuan.batch.committed", subject: "/b/1")
            try await publish(pool, 2, type: "ceyuan.batch.refused", subject: "/b/2")
            try await publish(pool, 3, type: "ceyuan.edition.made", subject: "/e/1")
            func numbers(_ types: [String], _ subject: String? = nil) async throws -> [Int] {
                var question = EventFeed.Question()
                (question.types, question.subject) = (types, subject)
                let part = try await EventFeed(pool).read(question)
                #expect(part.next == 3)
                return try part.documents.map { try JSONDecoder().decode(Event.self, from: Data($0.utf8)).data.n }
            }
            #expect(try await numbers(["ceyuan.batch.*"]) == [1, 2])
            #expect(try await numbers(["ceyuan.batch.refused", "ceyuan.edition.made"]) == [2, 3])
            #expect(try await numbers(["ceyuan.batch"]) == [])
            #expect(try await numbers([], "/e/1") == [3])
        }
    }

    @Test("a long poll ends with the event that it waited for")
    func longPoll() async throws {
        try await withTestDatabase { pool in
            async let part = {
                var question = EventFeed.Question()
                question.wait = .seconds(60)
                return try await EventFeed(pool).read(question)
            }()
            try await publish(pool, 1)
            #expect(try await part.documents.count == 1)
        }
    }

    @Test("a position whose events are no longer kept is refused, not skipped over")
    func gone() async throws {
        try await withTestDatabase { pool in
            for n in 0..<5 { try await publish(pool, n) }
            _ = try await read(pool)
            _ = try await pool.execute("DELETE FROM outbox.event WHERE position <= 3")
            let problem = await #expect(throws: Problem.self) { try await read(pool, after: 1) }
            #expect(problem?.code == .eventsGone)
            #expect(try await read(pool, after: 3).events.count == 2)
            _ = try await pool.execute("DELETE FROM outbox.event")
            await #expect(throws: Problem.self) { try await read(pool, after: 3) }
            #expect(try await read(pool, after: 5).events.isEmpty)
        }
    }
}

/// Something that becomes true once.
private final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .acquiring) }
    func set() { value.store(true, ordering: .releasing) }
}
