import DomainModel
import PostgresClient
import Storage

extension RecordSchema<TargetLine> {
    /// Targets: the lines of `indicators.csv` that have a target year.
    ///
    /// A line belongs to the plan of its scope that covers its target year. Lines without a target year define an
    /// indicator and set no target: they are outside of this import, and a receipt counts the lines with one, so
    /// that `created + revised + unchanged + duplicates + rejected` is `rows`.
    public static let targets = RecordSchema<TargetLine>(
        dataset: "reference.targets",
        kind: .target,
        columns: [
            "code", "scope", "unit_zh", "baseline_year", "baseline_value", "baseline_raw", "target_year",
            "target_value",
            "target_comparator", "target_raw", "growth_raw", "source_file", "source_locator", "note",
        ],
        kept: [
            "name_zh", "name_en", "domain", "unit_ucum_or_en", "kind", "aggregation", "direction", "nature",
        ],
        keyColumns: ["code", "target_year", "source_file", "source_locator"]
    ) { row in
        guard row.optional("target_year") != nil else { return .outside }
        let year = row.year("target_year")
        let code = row.code("code")
        let scope = row.code("scope")
        let baselineYear = row.optionalYear("baseline_year")
        let baseline = row.decimal("baseline_value")
        let figure = row.targetFigure()
        let source = row.source()
        guard let year, let code, let scope, let source else { return .unreadable }
        let target = Target(
            lineage: nil,
            plan: "",
            indicator: code,
            baselineYear: baselineYear,
            baseline: baseline,
            baselinePrinted: row.printed("baseline_raw"),
            year: year,
            value: figure.value,
            comparator: figure.comparator,
            isCumulative: PrintedNotation(row.printed("target_raw")).number?.isCumulative ?? false,
            printed: row.printed("target_raw"),
            growthPrinted: row.printed("growth_raw"),
            ordinal: row.row - 1,
            source: source,
            note: row.printed("note"),
            revision: 1,
            recordedAt: nil
        )
        return .record(TargetLine(scope: scope, target: target))
    } key: { _ in
        nil
    } settle: { contents, connection in
        var conflicts = unknownReferences(
            in: contents.records,
            field: "code",
            known: try await IndicatorStore(connection).codes(),
            codes: { [$0.target.indicator] }
        )
        let plans = Dictionary(grouping: try await PlanStore(connection).all(), by: \.scope)
        let records = contents.records.map { settled in
            let (scope, year) = (settled.record.scope, settled.record.target.year)
            let candidates = plans[scope, default: []]
            guard let plan = candidates.first(where: { ($0.startYear...$0.endYear).contains(year) }) else {
                conflicts.append(missingPlan(settled, scope, year, candidates))
                return settled
            }
            return Settled(record: settled.record.of(plan: plan.code), place: settled.place)
        }
        return Settlement(records: records, conflicts: conflicts)
    } merge: { records, batch, connection in
        let targets = records.map { Located($0.record.target, line: $0.line, row: $0.row) }
        return try await TargetStore(connection).merge(targets, batch: batch)
    }

    private static func missingPlan(_ settled: Settled, _ scope: String, _ year: Int, _ plans: [Plan]) -> Conflict {
        let expected = LocalizedText(
            zh: "范围 \(scope) 中包含 \(year) 年的规划",
            en: "a plan of the scope \(scope) that covers the year \(year)"
        )
        return settled.place.conflict(
            .planMissing,
            "target_year",
            given: String(year),
            expected: expected,
            nearest: plans.map { "\($0.code) (\($0.startYear)–\($0.endYear))" }
        )
    }
}

extension RecordRow {
    /// The number to reach and how it bounds what counts as reached; both are absent where the target is not a
    /// number (`none`).
    fileprivate mutating func targetFigure() -> (value: ExactDecimal?, comparator: Comparator?) {
        let value = decimal("target_value")
        guard required("target_comparator") != nil else { return (nil, nil) }
        let allowed = Comparator.allCases.map { (name: $0.rawValue, value: Comparator?.some($0)) } + [("none", nil)]
        guard let comparator = choice("target_comparator", among: allowed) else { return (nil, nil) }
        if comparator == nil, optional("target_value") != nil {
            let expected = LocalizedText(zh: "有目标值时的比较符", en: "how the target's number is meant")
            note(.fieldInvalid, "target_comparator", expected: expected)
        } else if comparator != nil, optional("target_value") == nil {
            let expected = LocalizedText(zh: "目标值；无数值的目标写 none", en: "a number, or the comparator none")
            note(.fieldMissing, "target_value", expected: expected)
        }
        if let value, let printed = PrintedNotation(printed("target_raw")).number?.value(inUnit: printed("unit_zh")),
            printed != value
        {
            let text = self.printed("target_raw")
            let expected = LocalizedText(zh: "原文 \(text)", en: "as printed: \(text)")
            note(.valueDiffersFromPrinted, "target_value", expected: expected, nearest: [printed.description])
        }
        return (value, comparator)
    }
}
