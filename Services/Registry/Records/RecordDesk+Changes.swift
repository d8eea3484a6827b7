import DomainModel
import PersonalData
import ServiceKit
import Storage

extension RecordDesk {
    /// Makes a record.
    ///
    /// - Returns: Its key, and the records that may be about the same.
    /// - Throws: ``Problem``: `RECORD_INVALID`, `RECORD_KEY_TAKEN`.
    func create<Tag>(
        _ order: RecordOrder<Tag>,
        _ work: RecordWork
    ) async throws -> (key: String, duplicates: [PossibleDuplicate]) {
        let kind = Tag.kind
        let checked = work.model.check(order.attributes.values.compactMapValues(\.self), of: kind, work.facts)
        let refused = Set(checked.conflicts.compactMap(\.field))
        var conflicts = checked.conflicts
        conflicts += work.model.missing(in: checked.content, of: kind).filter { !refused.contains($0.field ?? "") }
        if let key = order.key, let fault = RegistryRecord.fault(ofKey: key) { conflicts.append(fault) }
        conflicts += work.model.contradictions(in: checked.content, of: kind)
        conflicts += try await work.sealing.taken(checked.content, of: kind)
        guard conflicts.isEmpty else { throw Problem.invalid(conflicts) }
        let before = try await work.states(nil)
        let recording = try await work.begin(reason: order.reason, source: order.source)
        // Sealed values are bound to the key of the record, which must therefore be there before them.
        var key = order.key
        if key == nil, work.sealing.concerns(checked.content, of: kind) {
            key = try await work.records.newKey(of: kind)
        }
        let sealed = key.flatMap { work.sealing.seal(checked.content, ofNew: kind, $0) }
        let version = RecordTimeline.Version(from: order.from, attributes: sealed?.attributes ?? checked.content)
        guard let made = try await work.records.create(kind, key: key, version, recording: recording) else {
            let key = order.key ?? ""
            throw Problem(.recordKeyTaken, "The key \(key) is taken.", zh: "键 \(key) 已被使用。")
        }
        if let sealed { try await work.sealing.keep(sealed, of: made.id) }
        try await work.index(made.key)
        let duplicates = try await work.link(made.id, kind)
        try await work.finish(
            recording,
            RecordWork.Deed(verb: "create", key: made.key, kind: kind, before: before, reason: order.reason)
        )
        return (made.key, duplicates)
    }

    /// Changes a record from a day on, or corrects what is believed of it.
    ///
    /// - Returns: Whether anything is otherwise.
    /// - Throws: ``Problem`` `RECORD_INVALID`.
    func change<Tag>(
        _ held: RegistryRecordStore.Held,
        _ patch: RecordPatch<Tag>,
        _ work: RecordWork
    ) async throws -> Bool {
        let isCorrection = patch.isCorrection ?? (patch.begins != nil)
        let checked = work.model.check(patch.attributes.values.compactMapValues(\.self), of: held.kind, work.facts)
        var conflicts = checked.conflicts
        for (code, value) in patch.attributes.values.sorted(by: { $0.key < $1.key })
        where value == nil && work.model.field(code, of: held.kind) == nil {
            conflicts.append(Conflict(code: .fieldUnknown, field: code))
        }
        if isCorrection, (patch.reason ?? "").isEmpty {
            conflicts.append(Conflict(code: .fieldMissing, field: "reason"))
        }
        if let begins = patch.begins, !isCorrection {
            let expected = LocalizedText(zh: "isCorrection 为 true", en: "isCorrection to be true")
            conflicts.append(
                Conflict(code: .validityInvalid, field: "begins", given: begins.isoText, expected: expected)
            )
        }
        conflicts += try await work.sealing.taken(checked.content, of: held.kind, except: held.id)
        guard conflicts.isEmpty else { throw Problem.invalid(conflicts) }
        let content = try await work.sealing.seal(checked.content, of: held)
        var values: [String: AttributeValue?] = [:]
        for code in patch.attributes.values.keys { values.updateValue(content[code], forKey: code) }
        let timeline = try Self.timeline(of: held) { timeline throws(RecordTimeline.Fault) in
            if let begins = patch.begins { timeline.begin(on: begins) }
            let day = patch.from ?? patch.begins ?? work.today
            if isCorrection { try timeline.correct(values, on: day) } else { try timeline.change(values, from: day) }
        }
        let missing = timeline.additions(to: held.timeline).lazy
            .map { work.model.missing(in: $0.attributes, of: held.kind) }
            .first { !$0.isEmpty }
        if let missing { throw Problem.invalid(missing) }
        if values.keys.contains(where: { work.model.mayContradict($0, of: held.kind) }) {
            for version in timeline.additions(to: held.timeline) {
                let opened = try await work.sealing.open(version.attributes, of: held)
                let contradictions = work.model.contradictions(in: opened, of: held.kind)
                guard contradictions.isEmpty else { throw Problem.invalid(contradictions) }
            }
        }
        return try await believe(
            timeline,
            of: held,
            verb: isCorrection ? "correct" : "change",
            fields: values.keys.sorted() + (patch.begins == nil ? [] : ["begins"]),
            reason: patch.reason,
            source: patch.source,
            work
        )
    }

    /// Closes a record, or opens it again.
    ///
    /// - Returns: Whether anything is otherwise.
    func turn(
        _ held: RegistryRecordStore.Held,
        _ state: RecordState,
        _ order: StateOrder,
        _ work: RecordWork
    ) async throws -> Bool {
        let timeline = try Self.timeline(of: held) { timeline throws(RecordTimeline.Fault) in
            try timeline.change([:], state: state, from: order.from ?? work.today)
        }
        let verb = state == .closed ? "close" : "reopen"
        return try await believe(timeline, of: held, verb: verb, fields: ["state"], reason: order.reason, work)
    }

    /// Says that a record should never have been: nothing is believed of it any more, nor what was said about it.
    func withdraw(_ held: RegistryRecordStore.Held, reason: String, _ work: RecordWork) async throws {
        let before = try await work.states(held.key)
        let recording = try await work.begin(reason: reason)
        try await work.statements.endAll(about: held.id, recording: recording)
        try await work.records.believe(RecordTimeline([]), of: held, recording: recording)
        try await work.index(held.key)
        try await work.link(held.id, held.kind)
        try await work.finish(
            recording,
            RecordWork.Deed(verb: "withdraw", key: held.key, kind: held.kind, before: before, reason: reason)
        )
    }

    private func believe(
        _ timeline: RecordTimeline,
        of held: RegistryRecordStore.Held,
        verb: String,
        fields: [String],
        reason: String?,
        source: Source? = nil,
        _ work: RecordWork
    ) async throws -> Bool {
        if timeline == held.timeline {
            work.unit.changesNothing()
            return false
        }
        let before = try await work.states(held.key)
        let recording = try await work.begin(reason: reason, source: source)
        try await work.records.believe(timeline, of: held, recording: recording)
        try await work.index(held.key)
        try await work.link(held.id, held.kind)
        try await work.finish(
            recording,
            RecordWork.Deed(
                verb: verb,
                key: held.key,
                kind: held.kind,
                before: before,
                details: ["fields": .text(fields.joined(separator: " "))],
                reason: reason
            )
        )
        return true
    }

    private static func timeline(
        of held: RegistryRecordStore.Held,
        _ body: (inout RecordTimeline) throws(RecordTimeline.Fault) -> Void
    ) throws -> RecordTimeline {
        var timeline = held.timeline
        do throws(RecordTimeline.Fault) {
            try body(&timeline)
        } catch .beforeFirst(let day) {
            let first = held.timeline.versions.first?.from?.isoText ?? ""
            let expected = LocalizedText(
                zh: "不早于 \(first)；开始日期有误时以 begins 更正",
                en: "\(first) or later; a wrong beginning is corrected by “begins”"
            )
            throw Problem.invalid([
                Conflict(code: .validityInvalid, field: "from", given: day.isoText, expected: expected)
            ])
        }
        return timeline
    }
}
