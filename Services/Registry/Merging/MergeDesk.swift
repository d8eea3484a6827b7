import DomainModel
import ServiceKit
import Storage

/// Where two records become one, and two again.
struct MergeDesk: Sendable {
    let desk: RecordDesk

    /// Makes one record take up another.
    ///
    /// - Parameters:
    ///   - survivor: The key of the record that goes on.
    ///   - order: The other one, and what was decided.
    ///   - work: The write.
    /// - Returns: What became of both; of a rehearsal, what would, with all conflicts.
    /// - Throws: ``Problem``: `NOT_FOUND`, `RECORD_ENDED`, `MERGE_UNLIKE`, `MERGE_REFUSED`, `PRECONDITION_FAILED`.
    func merge(into survivor: String, _ order: MergeOrder, _ work: RecordWork) async throws -> RecordMerge {
        guard survivor != order.absorbed else {
            throw Problem(.mergeUnlike, "\(survivor) is one record.", zh: "\(survivor) 是同一条记录。")
        }
        // In one order whoever asks, so that two writers do not wait for one another.
        var held: [String: RegistryRecordStore.Held] = [:]
        for key in [survivor, order.absorbed].sorted() { held[key] = try await work.hold(key) }
        guard let mine = held[survivor], let theirs = held[order.absorbed], mine.kind == theirs.kind else {
            throw Self.unlike(held[survivor], held[order.absorbed])
        }
        let (plan, account) = try await Self.plan(
            theirs,
            into: mine,
            order.choices,
            isRehearsal: order.isRehearsal ?? false,
            work.sealing
        )
        if let seen = order.seen, seen != account.seen {
            throw Problem(
                .preconditionFailed,
                "\(survivor) or \(order.absorbed) was changed since the rehearsal.",
                zh: "预演之后 \(survivor) 或 \(order.absorbed) 已有变更。"
            )
            .with("merge", account)
        }
        if account.isRehearsal {
            work.unit.changesNothing()
            return account
        }
        guard account.conflicts.isEmpty else { throw Problem.refused(account) }
        try await carryOut(plan, theirs, into: mine, reason: order.reason, work)
        return account
    }

    /// Works out what becomes of two records.
    static func plan(
        _ theirs: RegistryRecordStore.Held,
        into mine: RegistryRecordStore.Held,
        _ choices: MergePlan.Choices,
        isRehearsal: Bool,
        _ sealing: RecordSealing
    ) async throws -> (plan: MergePlan, account: RecordMerge) {
        let (model, connection) = (sealing.model, sealing.connection)
        let statements = RegistryStatementStore(connection)
        let about = try await statements.believed(about: mine.id)
        let others = try await statements.believed(about: theirs.id)
        let related = try await RegistryRecordStore(connection).related(others.compactMap(\.object))
        let carried = try await sealing.carry(theirs, others, to: mine, beside: about, isRehearsal: isRehearsal)
        let plan = model.plan(
            merging: .init(key: theirs.key, timeline: carried.timeline, statements: carried.statements),
            into: .init(key: mine.key, timeline: mine.timeline, statements: about),
            of: mine.kind,
            choices,
            related: related.mapValues(\.record)
        )
        let account = RecordMerge(
            survivor: mine.key,
            absorbed: theirs.key,
            kind: mine.kind,
            seen: "\(mine.version)-\(theirs.version)",
            isRehearsal: isRehearsal,
            fields: plan.fields,
            statements: plan.statements.map { fate in
                let fields = model.statement(fate.statement.type)?.fields ?? []
                return MergedStatement(fate.fate, fate.statement.masking(fields), conflicts: fate.conflicts)
            },
            conflicts: plan.conflicts
        )
        return (plan, account)
    }

    private func carryOut(
        _ plan: MergePlan,
        _ theirs: RegistryRecordStore.Held,
        into mine: RegistryRecordStore.Held,
        reason: String,
        _ work: RecordWork
    ) async throws {
        let before = try await work.unit.states(of: .record, keys: [mine.key, theirs.key])
        let recording = try await work.begin(reason: reason)
        try await work.statements.endAll(about: theirs.id, recording: recording)
        for ended in plan.statements where ended.statement.subject == mine.key {
            _ = try await work.statements.end(ended.statement.number, recording: recording)
        }
        try await work.records.believe(RecordTimeline([]), of: theirs, recording: recording)
        let merges = MergeStore(work.unit.connection)
        try await merges.merge(theirs.id, into: mine.id, recording: recording)
        try await work.records.believe(plan.timeline, of: mine, recording: recording)
        try await work.say(plan.moved.map { ($0.number, $0.draft) }, about: mine, recording: recording)
        for held in [theirs, mine] {
            try await work.index(held.key)
            try await work.link(held.id, held.kind)
        }
        try await work.finish(
            recording,
            MergeDeed(
                verb: "merge",
                event: "ceyuan.record.merged",
                absorbed: theirs.key,
                survivor: mine.key,
                kind: mine.kind,
                before: before,
                reason: reason
            )
        )
    }

    private static func unlike(_ mine: RegistryRecordStore.Held?, _ theirs: RegistryRecordStore.Held?) -> Problem {
        let parts = [mine, theirs].compactMap(\.self)
        return Problem(
            .mergeUnlike,
            parts.map { "\($0.key) is of the kind \($0.kind.title.en)" }.joined(separator: ", ") + ".",
            zh: parts.map { "\($0.key) 的类型是\($0.kind.title.zh)" }.joined(separator: "，") + "。"
        )
    }
}
