import DomainModel
import PostgresClient
import Storage
import TestSeeds
import TestSupport
import Testing

@Suite("Pairs as of an instant")
struct DuplicateMomentTests {
    private static let keys = ["p", "q", "r", "s"]

    private static func people(_ registry: TestRegistry) async throws -> [String: Int64] {
        var ids: [String: Int64] = [:]
        for key in keys {
            _ = try await registry.make(.talent, key: key, ["name_zh": .text("林"), "region": .text("A")])
            ids[key] = try await registry.records.related([key])[key]?.id
        }
        return ids
    }

    private static func listed(_ registry: TestRegistry, asOf: Instant? = nil) async throws -> [DuplicateCandidate] {
        try await DuplicateStore(registry.connection).list(.init(asOf: asOf), ListQuestion(limit: 100)).items
    }

    private static func pair(_ one: Int64, _ other: Int64, facts: Int64) -> DuplicateStore.Pair {
        .init((one, nil), (other, nil), probability: Double(50 + facts) / 100, reasons: [], facts: facts)
    }

    /// Does something about pairs or their records.
    private static func act(
        _ registry: TestRegistry,
        _ ids: [String: Int64],
        _ random: inout SeededGenerator,
        undone: inout [String: RecordTimeline]
    ) async throws {
        let two = keys.shuffled(using: &random).prefix(2)
        let (one, other) = (try #require(ids[two[0]]), try #require(ids[two[1]]))
        let (deed, facts) = (Int.random(in: 0..<6, using: &random), Int64.random(in: 1...3, using: &random))
        let store = DuplicateStore(registry.connection)
        let known = try await listed(registry).randomElement(using: &random)
        switch deed {
        case 0, 1:
            try await registry.connection.withTransaction { _ in
                let now = try await RecordingStore(registry.connection).newestInstant()
                try await store.put([pair(one, other, facts: facts)], of: .talent, search: nil, now: now)
                // Again as it is, which changes nothing.
                try await store.put([pair(one, other, facts: facts)], of: .talent, search: nil, now: now)
            }
        case 2: try await store.remove(of: one, keeping: [other])
        case 3:
            guard let known else { return }
            let verdict: DuplicateDecision.Verdict = Bool.random(using: &random) ? .different : .later
            let now = try await RecordingStore(registry.connection).newestInstant()
            let decision = DuplicateDecision(verdict: verdict, reason: "seen", principal: "user:li", at: now)
            try await store.decide(known.id, decision, activity: "test")
        case 4:
            if undone[two[0]] != nil { return }
            try await registry.change(two[0], "renamed") {
                try $0.correct(["name_zh": .text("林\(facts)")], on: day(2_024))
            }
        default: try await mergeOrUndo(registry, two[0], two[1], other, &undone)
        }
    }

    private static func mergeOrUndo(
        _ registry: TestRegistry,
        _ one: String,
        _ other: String,
        _ otherID: Int64,
        _ undone: inout [String: RecordTimeline]
    ) async throws {
        let merges = MergeStore(registry.connection)
        let mine = try await registry.records.hold(one)
        if let timeline = undone[one] {
            try await registry.write("undone") { recording in
                guard let held = try await registry.records.hold(one),
                    let standing = try await merges.standing(of: held.id)
                else { return }
                try await merges.undo(standing, of: held.id, recording: recording)
                guard let free = try await registry.records.hold(one) else { return }
                try await registry.records.believe(timeline, of: free, recording: recording)
            }
            undone[one] = nil
        } else if let mine, undone[other] == nil {
            try await registry.write("merged") { recording in
                try await registry.records.believe(RecordTimeline([]), of: mine, recording: recording)
                try await merges.merge(mine.id, into: otherID, recording: recording)
            }
            undone[one] = mine.timeline
        }
    }

    @Test("what is answered as of an instant is what was answered then")
    func random() async throws {
        var random = SeededGenerator.announced()
        try await withRegistry { registry in
            let ids = try await Self.people(registry)
            var undone: [String: RecordTimeline] = [:]
            var answers: [(at: Instant, pairs: [DuplicateCandidate])] = []
            for _ in 0..<60 {
                try await Self.act(registry, ids, &random, undone: &undone)
                answers.append(
                    (try await RecordingStore(registry.connection).newestInstant(), try await Self.listed(registry))
                )
            }
            #expect(Set(answers.flatMap { $0.pairs.map(\.state) }).count > 1)
            for (place, answer) in answers.enumerated() {
                #expect(try await Self.listed(registry, asOf: answer.at) == answer.pairs, "step \(place)")
            }
            let standing = try await registry.connection.queryOne(
                """
                SELECT count(*) FROM registry.duplicate_belief b FULL JOIN registry.duplicate_candidate c ON c.id = b.id
                WHERE b.ended_by IS NULL AND (b.id IS NULL OR c.id IS NULL)
                """
            )
            #expect(try standing?.decode(Int64.self) == 0)
        }
    }

    @Test("a transaction takes its instant at its end, and one that changes nothing takes none")
    func instants() async throws {
        try await withRegistry { registry in
            let ids = try await Self.people(registry)
            let (p, q) = (try #require(ids["p"]), try #require(ids["q"]))
            func writings() async throws -> Int64? {
                let row = try await registry.connection.queryOne(
                    "SELECT count(*) FROM registry.duplicate_writing WHERE recorded_at IS NOT NULL"
                )
                return try row?.decode(Int64.self)
            }
            func put(_ facts: Int64) async throws {
                let now = try await RecordingStore(registry.connection).newestInstant()
                try await DuplicateStore(registry.connection)
                    .put([Self.pair(p, q, facts: facts)], of: .talent, search: nil, now: now)
            }
            try await put(1)
            try await put(1)
            #expect(try await writings() == 1)
            let before = try await RecordingStore(registry.connection).newestInstant()
            try await registry.connection.withTransaction { connection in
                try await put(2)
                try await DuplicateStore(connection).seal()
                #expect(try await RecordingStore(registry.connection).newestInstant() > before)
                try await DuplicateStore(connection).remove(of: p, keeping: [])
            }
            #expect(try await Self.listed(registry).isEmpty)
            #expect(try await Self.listed(registry, asOf: before).count == 1)
            // Of an erased record nothing is left, also of the past.
            try await registry.connection.execute("UPDATE registry.record SET state = 'erased' WHERE key = 'p'")
            let rows = try await registry.connection.query("SELECT id FROM registry.duplicate_belief")
            #expect(rows.isEmpty)
        }
    }
}
