extension RecordModel {
    /// How one statement goes with the others about the same record: what is said twice, and shares over one.
    ///
    /// - Parameters:
    ///   - statement: A checked statement.
    ///   - others: The other statements about the same record that are believed; kinds may be mixed.
    /// - Returns: What is wrong; each names the days.
    public func clashes(_ statement: StatementDraft, with others: [StatementDraft]) -> [Conflict] {
        guard let definition = self.statement(statement.type) else { return [] }
        let same = others.filter { $0.type == statement.type }
        var conflicts: [Conflict] = []
        for other in same
        where definition.fillsSameSlot(statement, other) && other.validity.overlaps(statement.validity) {
            conflicts.append(
                Conflict(
                    code: .statementOverlap,
                    field: "from",
                    given: Self.spelling(statement.validity),
                    expected: LocalizedText(
                        zh: "不与 \(Self.spelling(other.validity)) 重叠",
                        en: "days outside of \(Self.spelling(other.validity))"
                    )
                )
            )
        }
        if let (day, sum) = greatestSum(of: statement, with: same, by: definition), sum > ExactDecimal(1) {
            let onDay = day.map(\.isoText)
            conflicts.append(
                Conflict(
                    code: .shareOverOne,
                    field: "share",
                    given: statement.share?.description,
                    expected: LocalizedText(
                        zh: "合计至多 1；\(onDay ?? "最初") 合计为 \(sum)",
                        en: "at most 1 in sum; on \(onDay ?? "the first day") it would be \(sum)"
                    )
                )
            )
        }
        return conflicts
    }

    /// The day on which the shares add up to most, and their sum: sums grow on first days only.
    private func greatestSum(
        of statement: StatementDraft,
        with others: [StatementDraft],
        by definition: StatementDefinition
    ) -> (day: CivilDate?, sum: ExactDecimal)? {
        guard definition.shares == .subject || definition.shares == .term, statement.share != nil else { return nil }
        let counted = others.filter { definition.shares == .subject || $0.term == statement.term } + [statement]
        let days = [statement.from] + counted.map(\.from)
        return
            days
            .filter { day in day.map(statement.validity.contains) ?? (statement.from == nil) }
            .map { day in
                let sum = counted.filter { other in day.map(other.validity.contains) ?? (other.from == nil) }
                    .reduce(ExactDecimal.zero) { (try? $0.adding($1.share ?? .zero)) ?? $0 }
                return (day, sum)
            }
            .max { $0.sum < $1.sum }
    }

    private static func spelling(_ span: DateSpan) -> String {
        "\(span.from?.isoText ?? "…")–\(span.until?.isoText ?? "…")"
    }
}

extension StatementDefinition {
    /// Whether two statements of the kind, about one record, say the same thing: on no day both may hold.
    func fillsSameSlot(_ one: StatementDraft, _ other: StatementDraft) -> Bool {
        switch slot {
        case .none: false
        case .subject: true
        case .term: one.term == other.term
        case .object: one.object == other.object
        case .pair: one.object == other.object && one.term == other.term
        }
    }
}
