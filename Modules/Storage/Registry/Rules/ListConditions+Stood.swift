import DomainModel
import PostgresClient

extension ListConditions {
    /// A row of facts stood at a moment: after the last run that had been recorded by an instant, and judged a day or an
    /// earlier one.
    mutating func stood(_ table: String, asOf: Instant?, validAt: CivilDate?) {
        guard asOf != nil || validAt != nil else { return add("\(table).until_run IS NULL") }
        var runs = fulfilled
        runs.add("run.purpose = 'standing'")
        runs.recorded("run", asOf: asOf, validAt: validAt)
        let last = "(SELECT max(run.id) FROM registry.rule_run run \(runs.sql))"
        let given = terms
        self = runs.fulfilled
        for term in given { add(term) }
        add("\(table).first_run <= \(last) AND (\(table).until_run IS NULL OR \(table).until_run > \(last))")
    }

    /// A run had been recorded by an instant, and judged a day or an earlier one.
    mutating func recorded(_ run: String, asOf: Instant?, validAt: CivilDate?) {
        if let asOf { add("coalesce(\(run).recorded_at, \(run).started_at) <= #", PostgresTimestamp(asOf)) }
        if let validAt { add("\(run).day <= #::text::date", validAt.isoText) }
    }
}
