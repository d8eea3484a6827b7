import DomainModel
import PostgresClient
import Storage
import Synchronization
import TestSupport
import Testing

@Suite("Following what is recorded")
struct RecordChangeStoreTests {
    /// All changes after a place, read in pages of this many.
    private func follow(
        _ connection: PostgresConnection,
        after start: ChangePlace = .start,
        kinds: [RegistryKind] = [],
        limit: Int = 100
    ) async throws -> (changes: [RecordChange], place: ChangePlace) {
        var (changes, place) = ([RecordChange](), start)
        while true {
            let from = place
            let part = try await connection.withTransaction(isolation: .repeatableRead, readOnly: true) {
                try await RecordChangeStore($0).changes(after: from, kinds: kinds, limit: limit)
            }
            changes += part.changes
            place = part.next
            if !part.hasMore { return (changes, place) }
        }
    }

    private func told(_ changes: [RecordChange]) -> [String] {
        changes.map { "\($0.key) \($0.verb.rawValue) \($0.fields.joined(separator: ","))" }
    }

    @Test("each write tells which records, which fields and which statements, and a page goes on where the last ended")
    func course() async throws {
        try await withRegistry { registry in
            _ = try await registry.make(.talent, key: "t", from: 2_020, ["name_zh": .text("林"), "major": .text("物理")])
            _ = try await registry.make(.organisation, key: "o", ["name_zh": .text("院"), "type": .text("university")])
            try await registry.change("t", "new") { try $0.change(["major": .text("化学")], from: day(2_022)) }
            // Back again: the values are the same as before, and yet of other days.
            try await registry.change("t", "back") { try $0.change(["major": .text("物理")], from: day(2_023)) }
            let work = StatementDraft("employment", object: "o", term: "dual", from: day(2_021))
            let number = try await registry.say(work, about: "t", to: "o")
            _ = try await registry.write("never") { try await registry.statements.end(number, recording: $0) }

            let all = try await follow(registry.connection)
            #expect(
                told(all.changes) == [
                    "t created major,name_zh,state", "o created name_zh,state,type", "t changed major",
                    "t changed major", "t said ", "t said ",
                ]
            )
            #expect(all.changes.suffix(2).map(\.statements) == [[number], [number]])
            #expect(try await follow(registry.connection, limit: 1).changes == all.changes)
            #expect(try await told(follow(registry.connection, kinds: [.organisation]).changes).count == 1)
            #expect(try await follow(registry.connection, after: all.place).changes.isEmpty)
            let newest = try await RecordChangeStore(registry.connection).newest()
            #expect(newest == all.place && ChangePlace(newest.text) == newest)
        }
    }

    @Test("one write of many records is read page by page, each record once")
    func bulk() async throws {
        try await withRegistry { registry in
            try await registry.write("import") { recording in
                for number in 0..<25 {
                    let version = RecordTimeline.Version(from: nil, attributes: ["name_zh": .text("林\(number)")])
                    _ = try await registry.records.create(.talent, key: "t\(number)", version, recording: recording)
                }
            }
            for limit in [1, 7, 25, 26] {
                let keys = try await follow(registry.connection, limit: limit).changes.map(\.key)
                #expect(keys == (0..<25).map { "t\($0)" }, "\(limit) a page")
            }
        }
    }

    /// Numbers of recordings are drawn in one order and committed in another; some never are.
    @Test("a follower misses nothing and hears nothing twice while writers commit, give up and are killed")
    func concurrency() async throws {
        try await withTestDatabase { pool in
            try await pool.withConnection { connection in _ = try await TestRegistry(connection) }
            let ledger = Ledger()
            let heard = try await withThrowingTaskGroup(of: [String].self) { group in
                group.addTask {
                    try await pool.withConnection { connection in
                        var (keys, place) = ([String](), ChangePlace.start)
                        while true {
                            let isLast = ledger.isOver.load(ordering: .acquiring)
                            let found = try await follow(connection, after: place, limit: 5)
                            keys += found.changes.map(\.key)
                            place = found.place
                            if isLast { return keys }
                        }
                    }
                }
                try await withThrowingTaskGroup(of: Void.self) { writers in
                    for writer in 0..<6 {
                        writers.addTask {
                            for round in 0..<20 {
                                let key = "w\(writer).\(round)"
                                if try await Self.write(key, fate: (writer + round) % 4, in: pool) {
                                    ledger.committed.withLock { _ = $0.insert(key) }
                                }
                            }
                        }
                    }
                    try await writers.waitForAll()
                }
                ledger.isOver.store(true, ordering: .releasing)
                return try await group.next() ?? []
            }
            let wanted = ledger.committed.withLock { $0 }
            #expect(wanted.count == 60)
            #expect(heard.count == Set(heard).count)
            #expect(Set(heard) == wanted)
        }
    }

    private struct GivenUp: Error {}

    /// What writers and follower tell each other.
    private final class Ledger: Sendable {
        let committed = Mutex<Set<String>>([])
        let isOver = Atomic(false)
    }

    /// Makes a record: 0 and 1 commit, 2 gives up after its instant was taken, 3 loses its connection then.
    private static func write(_ key: String, fate: Int, in pool: PostgresPool) async throws -> Bool {
        do {
            try await pool.withConnection { connection in
                let process = try await connection.queryOne("SELECT pg_backend_pid()")?.decode(Int32.self)
                try await connection.withTransaction { connection in
                    let store = RecordingStore(connection)
                    let recording = try await store.begin(principal: "user:li", activity: "test", reason: "")
                    let version = RecordTimeline.Version(from: nil, attributes: ["name_zh": .text(key)])
                    _ = try await RegistryRecordStore(connection).create(
                        .talent,
                        key: key,
                        version,
                        recording: recording
                    )
                    _ = try await store.seal(recording)
                    if fate == 2 { throw GivenUp() }
                    if fate == 3 {
                        try await connection.query("SELECT pg_terminate_backend(\(process))")
                    }
                }
            }
            return true
        } catch is GivenUp {
            return false
        } catch is PostgresError where fate == 3 {
            return false
        }
    }
}
