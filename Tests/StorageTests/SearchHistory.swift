import DomainModel
import NameForms
import Storage
import TestSeeds

/// A register in a database, and beside it a naive one that keeps every state that there was.
struct SearchHistory {
    /// What was believed at one time.
    struct World {
        struct Merge {
            let absorbed: String
            let survivor: String
            let before: RecordTimeline
        }

        var timelines: [String: RecordTimeline] = [:]
        var merges: [Merge] = []
        var kinds: [String: RegistryKind] = [:]
        var numbers: [String: Int64] = [:]
    }

    let registry: TestRegistry
    private(set) var world = World()
    private(set) var states: [(at: Instant, world: World)] = []

    init(registry: TestRegistry) { self.registry = registry }

    /// Does something that an officer may do.
    mutating func step(_ numbers: inout SeededGenerator) async throws {
        let kept = world.timelines.filter { !$0.value.versions.isEmpty }.keys.sorted()
        let key = kept.randomElement(using: &numbers) ?? ""
        let year = Int.random(in: 2_000...2_010, using: &numbers)
        let region = AttributeValue.text(["A", "B"].randomElement(using: &numbers) ?? "A")
        let name = AttributeValue.text(SearchStoreTests.name(&numbers))
        let former = AttributeValue.list([.text(SearchStoreTests.name(&numbers))])
        switch kept.count < 6 ? 0 : Int.random(in: 0..<12, using: &numbers) {
        case 0, 1:
            let key = "T-\(world.timelines.count)"
            let kind = Int.random(in: 0..<5, using: &numbers) == 0 ? RegistryKind.enterprise : .talent
            let from = Int.random(in: 0..<4, using: &numbers) == 0 ? nil : year
            try await make(key, kind, from: from, ["name_zh": name, "region": region])
        case 2, 3: try await change(key) { try? $0.change(["name_zh": name], from: day(year)) }
        case 4, 5: try await change(key) { try? $0.correct(["name_zh": name], on: day(year)) }
        case 6: try await change(key) { try? $0.change(["names_former": former, "region": region], from: day(year)) }
        case 7: try await change(key) { try? $0.change(["name_zh": name], state: .closed, from: day(year)) }
        case 8: try await change(key) { $0 = RecordTimeline([]) }
        case 9, 10:
            guard let other = kept.filter({ $0 != key && world.kinds[$0] == world.kinds[key] }).first else { return }
            try await merge(other, into: key)
        default:
            guard let merge = world.merges.filter({ kept.contains($0.survivor) }).randomElement(using: &numbers) else {
                return
            }
            try await undo(merge.absorbed)
        }
    }

    mutating func make(_ key: String, _ kind: RegistryKind, from year: Int?, _ attributes: Attributes) async throws {
        let version = RecordTimeline.Version(from: year.map { day($0) }, attributes: attributes)
        let made = try await registry.write("made") { recording in
            let made = try await registry.records.create(kind, key: key, version, recording: recording)
            try await index([key])
            return made
        }
        world.timelines[key] = RecordTimeline([version])
        world.kinds[key] = kind
        world.numbers[key] = made?.id
        try await keep()
    }

    mutating func change(_ key: String, _ body: (inout RecordTimeline) throws -> Void) async throws {
        guard var timeline = world.timelines[key] else { return }
        try body(&timeline)
        try await registry.write("changed") { [timeline] recording in
            guard let held = try await registry.records.hold(key) else { throw StorageError.missing(key) }
            try await registry.records.believe(timeline, of: held, recording: recording)
            try await index([key])
        }
        world.timelines[key] = timeline
        try await keep()
    }

    mutating func merge(_ absorbed: String, into survivor: String) async throws {
        guard let before = world.timelines[absorbed] else { return }
        try await registry.write("merged") { recording in
            let helds = try await registry.records.hold([absorbed, survivor])
            guard let one = helds[absorbed], let other = helds[survivor] else { throw StorageError.missing(absorbed) }
            try await registry.records.believe(RecordTimeline([]), of: one, recording: recording)
            try await MergeStore(registry.connection).merge(one.id, into: other.id, recording: recording)
            try await index([absorbed, survivor])
        }
        world.timelines[absorbed] = RecordTimeline([])
        world.merges.append(World.Merge(absorbed: absorbed, survivor: survivor, before: before))
        try await keep()
    }

    mutating func undo(_ absorbed: String) async throws {
        guard let merge = world.merges.first(where: { $0.absorbed == absorbed }) else { return }
        try await registry.write("undone") { recording in
            let merges = MergeStore(registry.connection)
            guard let one = try await registry.records.hold(absorbed), let made = try await merges.standing(of: one.id)
            else { throw StorageError.missing(absorbed) }
            try await merges.undo(made, of: one.id, recording: recording)
            try await registry.records.believe(merge.before, of: one, recording: recording)
            try await index([absorbed, merge.survivor])
        }
        world.timelines[absorbed] = merge.before
        world.merges.removeAll { $0.absorbed == absorbed }
        try await keep()
    }

    /// As a write does it for one record, and a load for several.
    func index(_ keys: [String]) async throws {
        let (store, merges) = (SearchStore(registry.connection), MergeStore(registry.connection))
        let helds = try await registry.records.hold(keys).values.sorted { $0.id < $1.id }
        if helds.count != 1 { return try await store.index(helds, .standard, merges) }
        for held in helds {
            let absorbed = try await merges.absorbedNames(of: held.id)
            try await store.index(held, RecordModel.standard.fields(of: held.kind), absorbed: absorbed)
        }
    }

    private mutating func keep() async throws { states.append((try await registry.now(), world)) }
}

extension SearchHistory.World {
    struct Answer {
        let key: String
        let kind: RegistryKind
        let match: SearchMatch
        let title: String
        let region: String?
        let number: Int64
    }

    /// What the box should say: each record once, at its best name.
    func answers(to question: SearchQuestion, _ asked: [RegistryKind], on day: CivilDate?) -> [Answer] {
        var answers: [Answer] = []
        for (key, timeline) in timelines {
            guard let kind = kinds[key], asked.contains(kind), let number = numbers[key] else { continue }
            let holding = holding(timeline, on: day)
            guard let first = holding.first else { continue }
            let names = names(of: key, holding, on: day)
            let reading: SearchKeys.Kind = kind == .talent ? .person : .other
            let matches =
                names.texts.compactMap { question.match(SearchKeys($0, as: reading)) }
                + names.keys.compactMap { question.match(SearchKeys($0, as: .identifier)) }
            guard let best = matches.min() else { continue }
            answers.append(
                Answer(
                    key: key,
                    kind: kind,
                    match: best,
                    title: names.texts.first ?? key,
                    region: first.attributes["region"]?.text,
                    number: number
                )
            )
        }
        return answers.sorted { $0.match != $1.match ? $0.match < $1.match : $0.number < $1.number }
    }

    private func holding(_ timeline: RecordTimeline, on day: CivilDate?) -> [RecordTimeline.Version] {
        guard let day else { return timeline.versions.reversed() }
        return Array(timeline.versions.filter { $0.from.map { $0 <= day } ?? true }.suffix(1))
    }

    private func names(
        of key: String,
        _ holding: [RecordTimeline.Version],
        on day: CivilDate?
    ) -> (texts: [String], keys: [String]) {
        var texts: [String] = []
        for version in holding {
            if let name = version.attributes["name_zh"]?.text { texts.append(name) }
            if case .list(let names) = version.attributes["names_former"] { texts += names.compactMap(\.text) }
        }
        var keys = [key]
        for merge in merges where merge.survivor == key {
            let taken = names(of: merge.absorbed, self.holding(merge.before, on: day), on: day)
            texts += taken.texts
            keys += taken.keys
        }
        return (texts, keys)
    }
}
