import DomainModel

/// What was counted, as observations of the indicators that are defined over it.
struct CountedFigures {
    /// One figure with the counting that it comes from.
    struct Row: Equatable {
        let indicator: String
        let region: String
        let value: String
        let unit: String
        let tally: Int64
    }

    /// The figures in the order of the indicators' codes.
    let rows: [Row]
    /// The indicators whose scope is no region.
    let withoutRegion: [String]

    /// Puts indicators and countings together.
    ///
    /// - Parameters:
    ///   - counted: What was counted.
    ///   - indicators: The indicators of the platform.
    ///   - regionOfScope: The regions of scopes that are not named like one.
    init(_ counted: [CountedMeasure], of indicators: [Indicator], regionOfScope: [String: String]) {
        let byMeasure = Dictionary(counted.map { ($0.tally.measure, $0) }, uniquingKeysWith: { _, last in last })
        var rows: [Row] = []
        var withoutRegion: [String] = []
        for indicator in indicators.sorted(by: { $0.code < $1.code }) {
            guard let measure = CountingRule.measure(of: indicator.code), let found = byMeasure[measure] else {
                continue
            }
            let region = regionOfScope[indicator.scope] ?? indicator.scope
            guard let count = found.values.first(where: { $0.region == region }) else {
                withoutRegion.append(indicator.code)
                continue
            }
            // A share of nothing is no figure.
            guard let value = count.value else { continue }
            rows.append(
                Row(
                    indicator: indicator.code,
                    region: region,
                    value: value.description,
                    unit: indicator.unit,
                    tally: found.tally.id
                )
            )
        }
        self.rows = rows
        self.withoutRegion = withoutRegion
    }

    /// A file as the dataset wants it, with the counting of each figure; columns that it keeps and that say nothing here
    /// are empty.
    func csv(_ columns: Dataset.Columns, period: Period) -> String {
        let optional = [columns.printed, columns.unit, columns.note, columns.basis].compactMap(\.self)
        let header = [columns.indicator, columns.region, columns.period, columns.value] + optional + columns.optional
        var text = CSVText.record(header)
        for row in rows {
            text += CSVText.record(
                header.map { name in
                    switch name {
                    case columns.indicator: row.indicator
                    case columns.region: row.region
                    case columns.period: period.description
                    case columns.value: row.value
                    case columns.printed: row.value
                    case columns.unit: row.unit
                    case columns.note: "registry count \(row.tally)"
                    case Dataset.Columns.count: String(row.tally)
                    default: ""
                    }
                }
            )
        }
        return text
    }
}
