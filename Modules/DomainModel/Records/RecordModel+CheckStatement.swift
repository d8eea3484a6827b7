extension RecordModel {
    /// Checks one statement by itself.
    ///
    /// - Parameters:
    ///   - draft: The statement.
    ///   - subject: The kind of record that it is about.
    ///   - object: The record that it leads to, if there is one of the key that the draft names.
    ///   - facts: What it is checked against.
    /// - Returns: The statement as it is stored, and what is wrong. How it goes with others, ``clashes(_:with:)`` says.
    public func check(
        _ draft: StatementDraft,
        about subject: RegistryKind,
        to object: RelatedRecord?,
        _ facts: RecordFacts
    ) -> Checked<StatementDraft> {
        guard let definition = statement(draft.type) else {
            let nearest = nearestNames(to: draft.type, among: statements.map(\.code))
            return Checked(
                content: draft,
                conflicts: [Conflict(code: .statementUnknown, field: "type", given: draft.type, nearest: nearest)]
            )
        }
        var conflicts: [Conflict] = []
        if !definition.subjects.contains(subject) {
            conflicts.append(Self.kindRefused(subject, field: "subject", allowed: definition.subjects))
        }
        conflicts += Self.check(object, named: draft.object, by: definition)
        if draft.validity.isEmpty {
            conflicts.append(Conflict(code: .validityInvalid, field: "until", given: draft.until?.isoText))
        }
        if let share = draft.share { conflicts += Self.shareFaults(share, by: definition) }
        var content = draft
        do throws(Conflict.Found) {
            content.term = try Self.readTerm(draft.term, by: definition, facts)
        } catch {
            conflicts.append(error.conflict)
        }
        let checked = Self.check(draft.attributes ?? [:], against: definition.fields, facts)
        content.attributes = checked.content
        conflicts += checked.conflicts
        let refused = Set(checked.conflicts.compactMap(\.field))
        conflicts += Self.missing(in: checked.content, of: definition.fields)
            .filter { !refused.contains($0.field ?? "") }
        return Checked(content: content, conflicts: conflicts)
    }

    private static func check(
        _ object: RelatedRecord?,
        named key: String?,
        by definition: StatementDefinition
    ) -> [Conflict] {
        let faults = objectFaults(given: key, of: definition)
        guard let key, faults.isEmpty else { return faults }
        guard let object else { return [Conflict(code: .referenceUnknown, field: "object", given: key)] }
        guard definition.objects.contains(object.kind) else {
            return [kindRefused(object.kind, field: "object", allowed: definition.objects)]
        }
        guard object.state.isRelatable else {
            let nearest = [object.mergedInto].compactMap(\.self)
            return [Conflict(code: .relationEnded, field: "object", given: key, nearest: nearest)]
        }
        return []
    }

    /// What is wrong with naming an object, or none, whatever that is.
    public static func objectFaults(given key: String?, of definition: StatementDefinition) -> [Conflict] {
        guard let key else {
            return definition.needsObject ? [Conflict(code: .fieldMissing, field: "object")] : []
        }
        guard definition.objects.isEmpty else { return [] }
        let expected = LocalizedText(zh: "不填", en: "none")
        return [Conflict(code: .relationKind, field: "object", given: key, expected: expected)]
    }

    private static func kindRefused(_ kind: RegistryKind, field: String, allowed: [RegistryKind]) -> Conflict {
        Conflict(
            code: .relationKind,
            field: field,
            given: kind.rawValue,
            expected: LocalizedText(
                zh: allowed.map(\.title.zh).joined(separator: "、"),
                en: allowed.map(\.title.en).joined(separator: ", ")
            )
        )
    }

    /// What is wrong with a share.
    public static func shareFaults(_ share: ExactDecimal, by definition: StatementDefinition) -> [Conflict] {
        if definition.shares == .none {
            let expected = LocalizedText(zh: "该类陈述没有份额", en: "no share: statements of this kind have none")
            return [Conflict(code: .fieldUnknown, field: "share", given: share.description, expected: expected)]
        }
        guard share > .zero, share <= ExactDecimal(1), share.normalized.scale <= 6 else {
            let expected = LocalizedText(zh: "大于 0、至多 1，至多六位小数", en: "above 0 and at most 1, with at most six decimals")
            return [Conflict(code: .fieldOutOfRange, field: "share", given: share.description, expected: expected)]
        }
        return []
    }

    /// Reads the term of a statement.
    ///
    /// - Parameters:
    ///   - given: The code, or the name of a choice.
    ///   - definition: The kind of statement.
    ///   - facts: What it is checked against.
    /// - Returns: The code; `nil` where there is no term.
    /// - Throws: What is wrong.
    public static func readTerm(
        _ given: String?,
        by definition: StatementDefinition,
        _ facts: RecordFacts
    ) throws(Conflict.Found) -> String? {
        guard definition.hasTerm else {
            guard let given else { return nil }
            throw Conflict.Found(conflict: Conflict(code: .fieldUnknown, field: "term", given: given))
        }
        guard let given else { throw Conflict.Found(conflict: Conflict(code: .fieldMissing, field: "term")) }
        let field = FieldDefinition(
            "term",
            definition.label.zh,
            definition.label.en,
            definition.vocabulary == nil ? .choice : .term,
            of: definition.vocabulary,
            choices: definition.choices,
            source: definition.source
        )
        return try field.readCode(given, facts)
    }
}
