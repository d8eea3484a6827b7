import DomainModel
import ServiceKit
import Storage

extension MergeDesk {
    /// Makes a merged record stand for itself again, and both be what was believed before.
    ///
    /// Later changes of other fields and statements stay with the survivor.
    ///
    /// - Parameters:
    ///   - key: The record that was taken up.
    ///   - order: Why.
    ///   - work: The write.
    /// - Returns: What came back.
    /// - Throws: ``Problem``: `NOT_FOUND`, `MERGE_NOT_UNDOABLE` with all reasons.
    func undo(_ key: String, _ order: UnmergeOrder, _ work: RecordWork) async throws -> MergeUndoing {
        let merges = MergeStore(work.unit.connection)
        let number = try await work.records.related([key])[key]?.id
        guard let number, let seen = try await merges.standing(of: number) else {
            throw Problem.notFound("merge of", zh: "已合并的记录", key)
        }
        var held: [String: RegistryRecordStore.Held] = [:]
        for key in [seen.survivor, key].sorted() { held[key] = try await work.records.hold(key) }
        // Somebody may have undone it before the records were ours; and either may lie in a region that is not seen.
        guard let merge = try await merges.standing(of: number), merge.id == seen.id, let theirs = held[key],
            let mine = held[merge.survivor]
        else { throw Problem.notFound("merge of", zh: "已合并的记录", key) }
        let past = try await past(of: merge, theirs, mine, work)
        guard past.reasons.isEmpty else { throw Problem.notUndoable(key, past.reasons) }
        let undoing = MergeUndoing(
            survivor: mine.key,
            restored: key,
            isRehearsal: order.isRehearsal ?? false,
            statements: past.statements.map(\.number).sorted(),
            left: past.left.sorted()
        )
        if undoing.isRehearsal {
            work.unit.changesNothing()
            return undoing
        }
        try await carryOut(past, merge, theirs, mine, reason: order.reason, work)
        return undoing
    }

    /// What is to be believed again.
    private struct Past {
        /// Of the survivor.
        var timeline: RecordTimeline
        /// Of the absorbed record.
        var absorbed: RecordTimeline
        /// What the merge said.
        var moved: [Int64]
        /// What it said no longer, by the record that it was about.
        var statements: [(number: Int64, subject: String, draft: StatementDraft)]
        /// Of that, what cannot be said again.
        var left: [Int64] = []
        /// What rests on the merge.
        var reasons: [LocalizedText] = []
    }

    private func past(
        of merge: MergeStore.Standing,
        _ theirs: RegistryRecordStore.Held,
        _ mine: RegistryRecordStore.Held,
        _ work: RecordWork
    ) async throws -> Past {
        let before = Instant(microsecondsSince1970: merge.at.microsecondsSince1970 - 1)
        let both = [mine.id, theirs.id]
        var past = Past(
            timeline: mine.timeline,
            absorbed: try await work.records.timeline(of: theirs.id, asOf: before),
            moved: try await work.statements.said(by: merge.recording, about: both).map(\.number),
            statements: try await work.statements.ended(by: merge.recording, about: both, asOf: before)
                .map { ($0.number, $0.subject, $0.draft) }
        )
        guard mine.state.isRelatable else {
            past.reasons.append(
                LocalizedText(
                    zh: "\(mine.key) 已为 \(mine.state.rawValue) 状态",
                    en: "\(mine.key) is \(mine.state.rawValue) since"
                )
            )
            return past
        }
        let done = try await work.records.timeline(of: mine.id, asOf: merge.at)
        let old = try await work.records.timeline(of: mine.id, asOf: before)
        do throws(RecordTimeline.Entangled) {
            past.timeline = try mine.timeline.undoing(done, since: old)
        } catch {
            past.reasons += error.fields.map {
                LocalizedText(zh: "\(mine.key) 的字段 \($0) 在合并后又有变更", en: "\($0) of \(mine.key) was changed since")
            }
        }
        try await check(&past, merge, theirs, mine, work)
        return past
    }

    /// Looks which statements can be said again.
    private func check(
        _ past: inout Past,
        _ merge: MergeStore.Standing,
        _ theirs: RegistryRecordStore.Held,
        _ mine: RegistryRecordStore.Held,
        _ work: RecordWork
    ) async throws {
        let present = try await work.statements.believed(about: mine.id)
        let intact = Set(present.filter { $0.recorded.at == merge.at }.map(\.number))
        past.reasons += past.moved.filter { !intact.contains($0) }.map {
            LocalizedText(zh: "陈述 \($0) 在合并后又有变更", en: "statement \($0) was changed since")
        }
        let related = try await work.records.related(past.statements.compactMap(\.draft.object))
        var said: [(number: Int64, subject: String, draft: StatementDraft)] = []
        for var statement in past.statements {
            // The record that comes back may be led to again.
            if let object = statement.draft.object, object != theirs.key, let known = related[object]?.record,
                !known.state.isRelatable
            {
                // What was merged since is led to where it went; to what was withdrawn nothing may lead.
                guard let successor = known.mergedInto else {
                    past.left.append(statement.number)
                    continue
                }
                statement.draft.object = successor
            }
            said.append(statement)
        }
        past.statements = said
        let others = present.filter { !intact.contains($0.number) }.map(\.draft)
        for statement in past.statements where statement.subject == mine.key {
            if !work.model.clashes(statement.draft, with: others).isEmpty {
                past.reasons.append(
                    LocalizedText(
                        zh: "\(mine.key) 的陈述 \(statement.number) 与后来的陈述冲突",
                        en: "statement \(statement.number) of \(mine.key) clashes with what was said since"
                    )
                )
            }
        }
    }

    private func carryOut(
        _ past: Past,
        _ merge: MergeStore.Standing,
        _ theirs: RegistryRecordStore.Held,
        _ mine: RegistryRecordStore.Held,
        reason: String,
        _ work: RecordWork
    ) async throws {
        let before = try await work.unit.states(of: .record, keys: [mine.key, theirs.key])
        let recording = try await work.begin(reason: reason)
        for number in past.moved { _ = try await work.statements.end(number, recording: recording) }
        try await MergeStore(work.unit.connection).undo(merge, of: theirs.id, recording: recording)
        try await work.records.believe(past.absorbed, of: theirs, recording: recording)
        try await work.records.believe(past.timeline, of: mine, recording: recording)
        for held in [theirs, mine] {
            let said = past.statements.filter { $0.subject == held.key }.map { ($0.number, $0.draft) }
            try await work.say(said, about: held, recording: recording)
        }
        for held in [theirs, mine] {
            try await work.index(held.key)
            try await work.link(held.id, held.kind)
        }
        try await work.finish(
            recording,
            MergeDeed(
                verb: "unmerge",
                event: "ceyuan.record.unmerged",
                absorbed: theirs.key,
                survivor: mine.key,
                kind: mine.kind,
                before: before,
                reason: reason
            )
        )
    }
}
