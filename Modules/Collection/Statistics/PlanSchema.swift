public import DomainModel
import PostgresClient
import Storage

extension RecordSchema<Plan> {
    /// Plans: `plans.csv`. The plans of a scope follow each other and share no year.
    public static let plans = RecordSchema<Plan>(
        dataset: "reference.plans",
        kind: .plan,
        columns: [
            "code", "name_zh", "name_en", "region_code", "scope", "baseline_year", "start_year", "end_year",
        ]
    ) { row in
        let code = row.code("code")
        let name = row.name()
        let region = row.required("region_code")
        let scope = row.code("scope")
        let baselineYear = row.year("baseline_year")
        let startYear = row.year("start_year")
        let endYear = row.year("end_year")
        guard let code, let name, let region, let scope, let baselineYear, let startYear, let endYear
        else { return .unreadable }
        if baselineYear >= startYear {
            let expected = LocalizedText(zh: "早于 \(startYear) 的年份", en: "a year before \(startYear)")
            row.note(.fieldInvalid, "baseline_year", expected: expected)
        }
        if startYear > endYear {
            let expected = LocalizedText(zh: "不早于 \(startYear) 的年份", en: "\(startYear) or a later year")
            row.note(.fieldInvalid, "end_year", expected: expected)
        }
        return .record(
            Plan(
                code: code,
                name: name,
                region: region,
                scope: scope,
                baselineYear: baselineYear,
                startYear: startYear,
                endYear: endYear
            )
        )
    } key: {
        $0.code
    } settle: { contents, connection in
        let records = contents.records
        var conflicts = unknownReferences(
            in: records,
            field: "region_code",
            known: try await RegionStore(connection).codes(),
            codes: { [$0.region] }
        )
        let given = Set(records.map(\.record.code))
        var plans = try await PlanStore(connection).all().filter { !given.contains($0.code) }
        for settled in records {
            let plan = settled.record
            let other = plans.first {
                $0.scope == plan.scope && $0.startYear <= plan.endYear && plan.startYear <= $0.endYear
            }
            if let other {
                let expected = LocalizedText(
                    zh: "与 \(other.code)（\(other.startYear)–\(other.endYear)）不重叠的年份",
                    en: "years that \(other.code) (\(other.startYear)–\(other.endYear)) does not cover"
                )
                let years = "\(plan.startYear)–\(plan.endYear)"
                conflicts.append(settled.place.conflict(.fieldInvalid, "start_year", given: years, expected: expected))
            }
            plans.append(plan)
        }
        return Settlement(records: records, conflicts: conflicts)
    } merge: { records, batch, connection in
        try await PlanStore(connection).merge(records, batch: batch)
    }
}
