import DomainModel
import ServiceKit
import Storage

/// What was done to two records at once, for the trail and for the world.
struct MergeDeed {
    /// What was done: `merge`.
    let verb: String
    /// What the world is told.
    let event: String
    let absorbed: String
    let survivor: String
    let kind: RegistryKind
    /// What both were before.
    let before: RecordStates
    let reason: String
}

extension RecordWork {
    /// Says statements under their numbers.
    func say(
        _ statements: [(number: Int64, draft: StatementDraft)],
        about held: RegistryRecordStore.Held,
        recording: Int64
    ) async throws {
        let related = try await records.related(statements.compactMap(\.draft.object))
        for statement in statements {
            _ = try await self.statements.add(
                RegistryStatementStore.Entry(
                    number: statement.number,
                    subject: held.id,
                    object: statement.draft.object.flatMap { related[$0]?.id },
                    draft: statement.draft,
                    slot: model.statement(statement.draft.type)?.slot ?? .none
                ),
                recording: recording
            )
        }
    }

    /// Gives the recording its instant, and tells the trail and the world of a deed at two records.
    func finish(_ recording: Int64, _ deed: MergeDeed) async throws {
        for (key, other) in [(deed.absorbed, deed.survivor), (deed.survivor, deed.absorbed)] {
            try await unit.record(
                deed.verb,
                after: deed.before,
                key: key,
                details: [key == deed.survivor ? "absorbed" : "survivor": .text(other)],
                reason: deed.reason
            )
        }
        _ = try await RecordingStore(unit.connection).seal(recording)
        try await unit.publish(
            deed.event,
            subject: "/v1/records/\(deed.absorbed)",
            MergeEvent(key: deed.absorbed, kind: deed.kind, version: recording, successor: deed.survivor)
        )
        try await unit.publish(
            "ceyuan.record.changed",
            subject: "/v1/records/\(deed.survivor)",
            RecordEvent(key: deed.survivor, kind: deed.kind, version: recording)
        )
    }
}
