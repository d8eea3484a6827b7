import DomainModel
import ServiceKit
import Storage

extension RecordLoad {
    /// Makes the register believe what rows say of records that are there.
    ///
    /// - Returns: How many rows say something new, and how many say what is believed already.
    /// - Throws: `PostgresError`.
    func change(
        _ staging: RecordStaging,
        _ sealing: RecordSealing,
        _ work: UnitOfWork,
        _ recording: Int64,
        _ batch: Int64?
    ) async throws -> (changed: Int64, unchanged: Int64) {
        let records = RegistryRecordStore(work.connection)
        var changed: Int64 = 0
        let all = try await staging.prepareChanges()
        for page in 0..<all.pages {
            let rows = try await staging.changes(page: page)
            let held = try await records.hold(rows.map(\.key).withoutRepetition)
            var timelines: [String: (timeline: RecordTimeline, line: Int)] = [:]
            var resealed: Set<String> = []
            for row in rows {
                guard let record = held[row.key] else { throw StorageError.missing("the record \(row.key)") }
                var timeline = timelines[row.key]?.timeline ?? record.timeline
                let before = timeline
                var attributes = row.attributes
                if let key = row.sealedBy {
                    let known = timeline.versions.map(\.attributes)
                    attributes = try await sealing.adopt(attributes, by: key, into: record, keeping: known)
                    resealed.insert(row.key)
                }
                // Rows before the first day were refused.
                try timeline.change(
                    attributes.mapValues { $0 },
                    state: row.state,
                    from: row.firstDay ?? today
                )
                guard !timeline.says(nothingNewAfter: before) else { continue }
                changed += 1
                timelines[row.key] = (timeline, row.line)
            }
            let changes = timelines.sorted { $0.key < $1.key }.compactMap { key, value in
                held[key].map { (held: $0, timeline: value.timeline, line: value.line) }
            }
            guard !changes.isEmpty else { continue }
            let keys = changes.map(\.held.key)
            let states = try await work.states(of: .record, keys: keys)
            try await records.believe(changes, recording: recording)
            for change in changes where resealed.contains(change.held.key) { try await sealing.index(change.held) }
            // A record that people have written to has events of its own; others are covered with the batch.
            let details: [String: AuditField] = batch.map { ["batch": .count($0)] } ?? [:]
            try await work.record("change", after: states, keys: keys, details: details)
        }
        return (changed, all.rows - changed)
    }
}

extension RecordTimeline {
    /// Whether the same holds on every day as before: a version that merely carries on says nothing.
    fileprivate func says(nothingNewAfter before: RecordTimeline) -> Bool {
        guard self != before else { return true }
        return versions.allSatisfy { version in
            guard let day = version.from else { return before.versions.first == version }
            guard let then = before.version(on: day) else { return false }
            return then.state == version.state && then.attributes == version.attributes
        }
    }
}

extension [String] {
    /// The elements in order, each once.
    fileprivate var withoutRepetition: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
