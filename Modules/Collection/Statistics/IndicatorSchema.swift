public import DomainModel
import PostgresClient
import Storage

extension RecordSchema<Indicator> {
    /// Definitions of indicators: the defining columns of `indicators.csv`.
    ///
    /// The file has a line for each target, so that an indicator may stand on several; they count as duplicates and
    /// must agree.
    public static let indicators = RecordSchema<Indicator>(
        dataset: "reference.indicators",
        kind: .indicator,
        columns: [
            "code", "name_zh", "name_en", "scope", "domain", "unit_zh", "unit_ucum_or_en", "kind", "aggregation",
            "direction", "nature",
        ],
        kept: [
            "baseline_year", "baseline_value", "baseline_raw", "target_year", "target_value", "target_comparator",
            "target_raw", "growth_raw", "source_file", "source_locator", "note",
        ],
        repetition: .isOrdinary
    ) { row in
        let code = row.code("code")
        let name = row.name()
        let scope = row.code("scope")
        let domain = row.code("domain")
        let unit = row.required("unit_zh")
        let unitCode = row.required("unit_ucum_or_en")
        let kind = row.choice("kind", Indicator.Kind.self)
        let aggregation = row.choice("aggregation", Indicator.Aggregation.self)
        let direction = row.choice("direction", Indicator.Direction.self)
        let nature = row.optionalChoice("nature", Indicator.Nature.self)
        guard let code, let name, let scope, let domain, let unit, let unitCode, let kind, let aggregation,
            let direction
        else { return .unreadable }
        return .record(
            Indicator(
                code: code,
                name: name,
                scope: scope,
                domain: domain,
                unit: unit,
                unitCode: unitCode,
                kind: kind,
                aggregation: aggregation,
                direction: direction,
                nature: nature
            )
        )
    } key: {
        $0.code
    } merge: { records, batch, connection in
        try await IndicatorStore(connection).merge(records, batch: batch)
    }
}
