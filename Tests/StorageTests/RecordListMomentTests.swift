import DomainModel
import PostgresClient
import TestSeeds
import TestSupport
import Testing

@testable import Storage

@Suite("Lists by the last write, as of an instant")
struct RecordListMomentTests {
    /// Writes something about some records at once.
    private func write(
        _ registry: TestRegistry,
        _ keys: [String],
        isSaying: Bool,
        _ text: String
    ) async throws -> Int64 {
        var entries: [RegistryStatementStore.Entry] = []
        if isSaying {
            for key in keys {
                entries.append(try await registry.entry(StatementDraft("education"), about: key, to: nil))
            }
        }
        return try await registry.write("many") { recording in
            for entry in entries {
                _ = try await registry.statements.add(entry, recording: recording)
                try await registry.records.touch(entry.subject, recording: recording)
            }
            for key in keys where !isSaying {
                guard let held = try await registry.records.hold(key) else { throw StorageError.missing(key) }
                var timeline = held.timeline
                try timeline.correct(["name_zh": .text(text)], on: day(2_024))
                try await registry.records.believe(timeline, of: held, recording: recording)
            }
            return recording
        }
    }

    private func pages(
        _ store: RegistryRecordStore,
        _ asOf: Instant,
        isDescending: Bool,
        limit: Int
    ) async throws -> [String] {
        var (found, after) = ([String](), String?.none)
        repeat {
            let question = ListQuestion(
                after: after,
                limit: limit,
                sorting: Sorting(by: "changed", isDescending: isDescending),
                counts: after == nil
            )
            let moment = RegistryMoment(asOf: asOf, validAt: day(2_025))
            let page = try await store.list(.init(kind: .talent), at: moment, question)
            #expect(page.items.count <= limit)
            found += page.items.map { "\($0.version) \($0.key)" }
            after = page.next
        } while after != nil
        return found
    }

    @Test("each record stands at its last write up to the instant, in both orders, over pages of any length")
    func random() async throws {
        var random = SeededGenerator.announced()
        try await withRegistry { registry in
            var last: [String: Int64] = [:]
            var states: [(at: Instant, last: [String: Int64])] = []
            for step in 0..<40 {
                let deed = Int.random(in: 0..<4, using: &random)
                if deed == 0 || last.isEmpty {
                    let key = "k\(step + 10)"
                    let name: Attributes = ["name_zh": .text("林\(step)"), "region": .text("A")]
                    _ = try await registry.make(.talent, key: key, from: 2_020, name)
                    last[key] = try await registry.record(key, on: 2_025)?.version
                } else {
                    let count = deed == 1 ? 1 : Int.random(in: 1...last.count, using: &random)
                    let keys = last.keys.sorted().shuffled(using: &random).prefix(count).sorted()
                    let recording = try await write(registry, keys, isSaying: deed == 2, "林 \(step)")
                    for key in keys { last[key] = recording }
                }
                states.append((try await registry.now(), last))
            }
            // What is neither a talent nor known then is in no list.
            _ = try await registry.make(.award, key: "w", ["name_zh": .text("奖")])
            for state in states.shuffled(using: &random).prefix(12) {
                var store = registry.records
                // Sometimes most writes are large ones.
                store.few = [1, 3, 5_000].randomElement(using: &random) ?? 1
                let limit = Int.random(in: 1...9, using: &random)
                let expected = state.last.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
                    .map { "\($0.value) \($0.key)" }
                let ascending = try await pages(store, state.at, isDescending: false, limit: limit)
                #expect(ascending == expected, "few \(store.few) limit \(limit)")
                let descending = try await pages(store, state.at, isDescending: true, limit: limit)
                #expect(descending == expected.reversed(), "few \(store.few) limit \(limit)")
            }
        }
    }
}
