import DomainModel
import Testing

@testable import ceyuan

@Suite("What was counted as observations")
struct CountedFiguresTests {
    private func indicator(_ code: String, scope: String) throws -> Indicator {
        Indicator(
            code: code,
            name: LocalizedText(zh: code, en: code),
            scope: scope,
            domain: "enterprise",
            unit: "家",
            unitCode: "1",
            kind: .stock,
            aggregation: .latest,
            direction: .higher,
            nature: .expected
        )
    }

    private func counted(_ measure: String, id: Int64, _ values: [RegionCount]) throws -> CountedMeasure {
        let tally = Tally(
            id: id,
            measure: measure,
            ruleVersion: 1,
            days: DateSpan(from: CivilDate(iso: "2024-01-01"), until: CivilDate(iso: "2025-01-01")),
            asOf: try #require(Instant("2025-02-01T00:00:00Z")),
            principal: "user:li"
        )
        return CountedMeasure(tally: tally, values: values)
    }

    @Test("an indicator takes the value of its scope's region; others are named or left out")
    func figures() throws {
        let values = [
            RegionCount(region: "330110", records: 7, whole: nil, value: ExactDecimal("7")),
            RegionCount(region: "corridor", records: 12, whole: nil, value: ExactDecimal("12")),
        ]
        let shares = [RegionCount(region: "corridor", records: 0, whole: 0, value: nil)]
        let indicators = [
            try indicator("yuhang.enterprise.nhte", scope: "yuhang"),
            try indicator("corridor.economy.gdp", scope: "corridor"),
            try indicator("corridor.enterprise.nhte", scope: "corridor"),
            try indicator("moon.enterprise.nhte", scope: "moon"),
            try indicator("corridor.talent.stem_share", scope: "corridor"),
        ]
        let figures = CountedFigures(
            [try counted("enterprise.nhte", id: 3, values), try counted("talent.stem_share", id: 4, shares)],
            of: indicators,
            regionOfScope: ["yuhang": "330110"]
        )
        #expect(figures.rows.map(\.indicator) == ["corridor.enterprise.nhte", "yuhang.enterprise.nhte"])
        #expect(figures.withoutRegion == ["moon.enterprise.nhte"])
        let columns = Dataset.Columns(
            indicator: "indicator",
            region: "region",
            period: "period",
            value: "value",
            printed: nil,
            unit: "unit",
            note: "note",
            basis: nil,
            kept: ["source_file"]
        )
        #expect(
            figures.csv(columns, period: .year(2_024)) == """
                indicator,region,period,value,unit,note,source_file,registry_count\r
                corridor.enterprise.nhte,corridor,2024,12,家,registry count 3,,3\r
                yuhang.enterprise.nhte,330110,2024,7,家,registry count 3,,3\r

                """
        )
    }
}
