import DomainModel
import PersonalData
import ServiceKit
import Storage

extension RecordDesk {
    /// Says something about a record.
    ///
    /// - Returns: The number of the statement.
    /// - Throws: ``Problem`` `RECORD_INVALID`.
    func say(
        _ draft: StatementDraft,
        about held: RegistryRecordStore.Held,
        reason: String?,
        source: Source?,
        _ work: RecordWork
    ) async throws -> Int64 {
        let entry = try await check(draft, about: held, replacing: nil, work)
        return try await record("add-statement", of: held, draft.type, reason: reason, source: source, work) {
            recording in
            try await work.statements.add(entry, recording: recording)
        }
    }

    /// Says otherwise what was said under a number: an end that is known now, or a correction.
    func restate(
        _ statement: RegistryStatement,
        as draft: StatementDraft,
        about held: RegistryRecordStore.Held,
        verb: String,
        reason: String?,
        source: Source? = nil,
        _ work: RecordWork
    ) async throws {
        let entry = try await check(draft, about: held, replacing: statement.number, work)
        _ = try await record(verb, of: held, draft.type, reason: reason, source: source, work) { recording in
            _ = try await work.statements.end(statement.number, recording: recording)
            return try await work.statements.add(entry, recording: recording)
        }
    }

    /// Says that something is otherwise from a day on: the statement ends, and another one begins.
    ///
    /// - Returns: The number of the new one.
    func follow(
        _ statement: RegistryStatement,
        by draft: StatementDraft,
        about held: RegistryRecordStore.Held,
        reason: String?,
        source: Source?,
        _ work: RecordWork
    ) async throws -> Int64 {
        var ended = statement.draft
        ended.until = draft.from
        let old = try await check(ended, about: held, replacing: statement.number, work)
        let new = try await check(draft, about: held, replacing: statement.number, work)
        return try await record("change-statement", of: held, draft.type, reason: reason, source: source, work) {
            recording in
            _ = try await work.statements.end(statement.number, recording: recording)
            _ = try await work.statements.add(old, recording: recording)
            return try await work.statements.add(
                RegistryStatementStore.Entry(
                    subject: new.subject,
                    object: new.object,
                    draft: new.draft,
                    slot: new.slot
                ),
                recording: recording
            )
        }
    }

    /// Says that a statement should never have been made.
    func unsay(
        _ statement: RegistryStatement,
        about held: RegistryRecordStore.Held,
        reason: String,
        _ work: RecordWork
    ) async throws {
        _ = try await record(
            "withdraw-statement",
            of: held,
            statement.type,
            reason: reason,
            source: nil,
            work
        ) { recording in
            _ = try await work.statements.end(statement.number, recording: recording)
            return statement.number
        }
    }

    private func record(
        _ verb: String,
        of held: RegistryRecordStore.Held,
        _ type: String,
        reason: String?,
        source: Source?,
        _ work: RecordWork,
        _ body: (Int64) async throws -> Int64
    ) async throws -> Int64 {
        let before = try await work.states(held.key)
        let recording = try await work.begin(reason: reason, source: source)
        let number = try await body(recording)
        try await work.records.touch(held.id, recording: recording)
        if SealedPlace.statement(type).fields(in: work.model).contains(where: { $0.privacy == .sealed }) {
            try await work.sealing.index(held)
        }
        try await work.link(held.id, held.kind)
        try await work.finish(
            recording,
            RecordWork.Deed(
                verb: verb,
                key: held.key,
                kind: held.kind,
                before: before,
                details: ["statement": .count(number), "type": .text(type)],
                reason: reason
            )
        )
        return number
    }

    private func check(
        _ draft: StatementDraft,
        about held: RegistryRecordStore.Held,
        replacing number: Int64?,
        _ work: RecordWork
    ) async throws -> RegistryStatementStore.Entry {
        let object = try await work.records.related([draft.object].compactMap(\.self)).values.first
        let checked = work.model.check(draft, about: held.kind, to: object?.record, work.facts)
        guard checked.conflicts.isEmpty, let definition = work.model.statement(draft.type) else {
            throw Problem.invalid(checked.conflicts)
        }
        let filter = RegistryStatementStore.Filter(subject: held.key, type: draft.type)
        let said = try await work.statements.list(filter, ListQuestion(limit: 1_000)).items
        let others = said.filter { $0.number != number }
        let clashes = work.model.clashes(checked.content, with: others.map(\.draft))
        guard clashes.isEmpty else { throw Problem.invalid(clashes) }
        return RegistryStatementStore.Entry(
            number: number,
            subject: held.id,
            object: object?.id,
            draft: try await work.sealing.seal(checked.content, about: held, keeping: said.map(\.attributes)),
            slot: definition.slot
        )
    }
}
