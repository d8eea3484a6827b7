import AssessmentMethods
import DomainModel
import FoundationEssentials
import Testing

@testable import Reports

/// Assessments of the real plans, made from the reference data as a service would make them, without a database.
enum ReportSamples {
    private static let root = #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 }
    static let instant = Instant(microsecondsSince1970: 1_785_000_000_000_000)

    static let region = Region(
        code: "yuhang_original",
        name: LocalizedText(zh: "原余杭区", en: "Yuhang District (original boundary)"),
        level: "district",
        parent: nil,
        areaSquareKilometres: nil,
        roles: "",
        focusIndustries: "",
        source: Source(file: "", locator: "")
    )

    static let documents = [
        "002_2204bd2da420d68a.txt": LocalizedText(
            zh: "余杭区国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要",
            en: "Outline of the 14th five-year plan of Yuhang District"
        )
    ]

    static let thirteenth = Plan(
        code: "yuhang_original.fyp13",
        name: LocalizedText(zh: "余杭区“十三五”规划", en: "13th five-year plan of Yuhang District"),
        region: "yuhang_original",
        scope: "yuhang_original",
        baselineYear: 2015,
        startYear: 2016,
        endYear: 2020
    )

    static let fourteenth = Plan(
        code: "yuhang.fyp14",
        name: LocalizedText(zh: "余杭区“十四五”规划", en: "14th five-year plan of Yuhang District"),
        region: "330110",
        scope: "yuhang",
        baselineYear: 2020,
        startYear: 2021,
        endYear: 2025
    )

    /// The plan assessed at a year, from `deploy/reference`.
    static func assessment(_ plan: Plan, at year: Int) throws -> Assessment {
        let observations = try observations(of: plan.region)
        let method = TimeElapsedMethod()
        var findings: [Finding] = []
        for (index, row) in try rows("indicators").enumerated() {
            guard row["scope"] == plan.scope, let targetYear = row["target_year"].flatMap({ Int($0) }),
                (plan.startYear...plan.endYear).contains(targetYear)
            else { continue }
            let (indicator, target) = try indicatorAndTarget(row, number: index + 1, plan: plan, year: targetYear)
            let finding = method.judge(
                indicator,
                against: target,
                of: plan,
                at: .year(year),
                observations: observations[indicator.code] ?? []
            )
            let code = LineageCode.finding(id: Int64(findings.count + 1)).description
            findings.append(finding.with(lineage: code))
        }
        return Assessment(
            id: 1,
            plan: plan,
            period: .year(year),
            asOf: instant,
            method: TimeElapsedMethod.identifier,
            parameters: method.parameters,
            createdAt: instant,
            findings: findings
        )
    }

    /// The current values of a region by indicator; a value that stands twice is revised by its second line.
    private static func observations(of region: String) throws -> [String: [ObservedValue]] {
        var result: [String: [Period: ObservedValue]] = [:]
        for (index, row) in try rows("observations").enumerated() {
            guard row["region"] == region, let code = row["indicator_code"],
                let period = row["period"].flatMap(Period.init)
            else { continue }
            let printed = row["value_raw"] ?? ""
            let value = row["value"].flatMap(ExactDecimal.init)
            result[code, default: [:]][period] = ObservedValue(
                lineage: LineageCode.observation(series: Int64(index + 1), start: period.start, revision: 1)
                    .description,
                period: period,
                value: value,
                isCumulative: printed.hasPrefix("["),
                status: value == nil ? .missing : .normal,
                printed: printed,
                note: row["footnote"] ?? ""
            )
        }
        return result.mapValues { Array($0.values) }
    }

    private static func indicatorAndTarget(
        _ row: [String: String],
        number: Int,
        plan: Plan,
        year: Int
    ) throws -> (Indicator, Target) {
        func text(_ field: String) -> String { row[field] ?? "" }
        let indicator = Indicator(
            code: text("code"),
            name: LocalizedText(zh: text("name_zh"), en: text("name_en")),
            scope: text("scope"),
            domain: text("domain"),
            unit: text("unit_zh"),
            unitCode: text("unit_ucum_or_en"),
            kind: try #require(Indicator.Kind(rawValue: text("kind"))),
            aggregation: try #require(Indicator.Aggregation(rawValue: text("aggregation"))),
            direction: try #require(Indicator.Direction(rawValue: text("direction"))),
            nature: Indicator.Nature(rawValue: text("nature"))
        )
        let target = Target(
            lineage: LineageCode.target(id: Int64(number)).description,
            plan: plan.code,
            indicator: indicator.code,
            baselineYear: Int(text("baseline_year")),
            baseline: ExactDecimal(text("baseline_value")),
            baselinePrinted: text("baseline_raw"),
            year: year,
            value: ExactDecimal(text("target_value")),
            comparator: Comparator(rawValue: text("target_comparator")),
            isCumulative: text("target_raw").hasPrefix("["),
            printed: text("target_raw"),
            growthPrinted: text("growth_raw"),
            ordinal: number,
            source: Source(file: text("source_file"), locator: text("source_locator")),
            note: text("note"),
            revision: 1,
            recordedAt: instant
        )
        return (indicator, target)
    }

    /// The rows of a reference file, each by its header (RFC 4180; no field of these files holds a line break).
    private static func rows(_ name: String) throws -> [[String: String]] {
        let file = URL(filePath: "\(root)/deploy/reference/\(name).csv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(fields)
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { Dictionary(zip(header, $0), uniquingKeysWith: { $1 }) }
    }

    private static func fields(_ line: Substring) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in line where character != "\r" {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }

    static func writer(_ assessment: Assessment, _ language: Language) -> ReportWriter {
        ReportWriter(
            assessment: assessment,
            region: region,
            language: language,
            edition: "sample",
            documents: documents
        )
    }
}
