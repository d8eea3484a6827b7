extension RecordModel {
    /// Works out how one record takes up another of its kind.
    ///
    /// - Parameters:
    ///   - absorbed: The record that is taken up.
    ///   - survivor: The one that goes on.
    ///   - kind: What both are.
    ///   - choices: What was decided.
    ///   - related: What is known of the records that the statements lead to, by key.
    /// - Returns: The plan; with conflicts it cannot be carried out.
    public func plan(
        merging absorbed: MergePlan.Side,
        into survivor: MergePlan.Side,
        of kind: RegistryKind,
        _ choices: MergePlan.Choices,
        related: [String: RelatedRecord]
    ) -> MergePlan {
        let fields = self.fields(of: kind)
        let codes = Set(fields.map(\.code))
        var conflicts = choices.fields.keys.filter { !codes.contains($0) }.sorted().map { code in
            Conflict(code: .fieldUnknown, field: "fields.\(code)", nearest: nearestNames(to: code, among: codes))
        }
        let known = Set((absorbed.statements + survivor.statements).map(\.number))
        conflicts += choices.dropped.subtracting(known).sorted().map {
            Conflict(code: .referenceUnknown, field: "dropped", given: String($0))
        }
        let statements = fates(absorbed, survivor, choices.dropped, related)
        conflicts += statements.flatMap(\.conflicts)
        return MergePlan(
            timeline: survivor.timeline.merging(
                absorbed.timeline,
                choosing: Set(choices.fields.filter { $0.value == .absorbed }.keys)
            ),
            fields: fields.compactMap { Self.field($0, survivor.timeline, absorbed.timeline, choices.fields) },
            statements: statements,
            conflicts: conflicts
        )
    }

    private static func field(
        _ field: FieldDefinition,
        _ survivor: RecordTimeline,
        _ absorbed: RecordTimeline,
        _ choices: [String: MergeSide]
    ) -> MergedField? {
        let (mine, theirs) = (survivor.last?.attributes[field.code], absorbed.last?.attributes[field.code])
        if mine == theirs { return nil }
        let isTheirs = theirs != nil && (mine == nil || choices[field.code] == .absorbed)
        return MergedField(
            field: field.code,
            survivor: mine,
            absorbed: theirs,
            isMasked: field.privacy.isHidden,
            taken: isTheirs ? .absorbed : mine == nil ? nil : .survivor
        )
    }

    private func fates(
        _ absorbed: MergePlan.Side,
        _ survivor: MergePlan.Side,
        _ dropped: Set<Int64>,
        _ related: [String: RelatedRecord]
    ) -> [MergedStatement] {
        let both: Set<String?> = [absorbed.key, survivor.key]
        var fates: [MergedStatement] = []
        var kept: [StatementDraft] = []
        for statement in survivor.statements {
            if dropped.contains(statement.number) {
                fates.append(MergedStatement(.dropped, statement))
            } else if both.contains(statement.object) {
                fates.append(MergedStatement(.loop, statement))
            } else {
                kept.append(statement.draft)
            }
        }
        for statement in absorbed.statements {
            let draft = statement.draft
            if dropped.contains(statement.number) {
                fates.append(MergedStatement(.dropped, statement))
            } else if both.contains(statement.object) {
                fates.append(MergedStatement(.loop, statement))
            } else if kept.contains(draft) {
                fates.append(MergedStatement(.same, statement))
            } else {
                let conflicts = obstacles(statement, kept, related)
                fates.append(MergedStatement(conflicts.isEmpty ? .moved : .refused, statement, conflicts: conflicts))
                if conflicts.isEmpty { kept.append(draft) }
            }
        }
        return fates
    }

    /// Why a statement cannot be said about the other record too.
    private func obstacles(
        _ statement: RegistryStatement,
        _ others: [StatementDraft],
        _ related: [String: RelatedRecord]
    ) -> [Conflict] {
        var conflicts = clashes(statement.draft, with: others)
        if let object = statement.object, related[object]?.state.isRelatable != true {
            conflicts.append(Conflict(code: .relationEnded, field: "object", given: object))
        }
        return conflicts.map { $0.at("statements.\(statement.number)") }
    }
}

extension Conflict {
    /// The same conflict, of a part of what was sent.
    fileprivate func at(_ place: String) -> Conflict {
        Conflict(
            code: code,
            field: field.map { "\(place).\($0)" } ?? place,
            given: given,
            expected: expected,
            nearest: nearest
        )
    }
}
