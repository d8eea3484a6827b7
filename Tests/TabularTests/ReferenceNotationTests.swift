import DomainModel
import Tabular
import Testing

/// Every printed figure of the reference tables against the columns that people filled beside it.
///
/// Rule: a reading and its value column agree when the number, converted from the unit printed with it to the unit
/// column, is the value; where there is a comparator column, when the comparators are the same; and when a cell
/// without a value is read as text or as a dash. Cells that need the sentence around them are listed, each with the
/// reason why they cannot be read alone.
@Suite("printed figures of the reference tables")
struct ReferenceNotationTests {
    struct Cell: Hashable, CustomStringConvertible {
        let line: Int
        let code: String
        let printed: String
        let value: String
        let comparator: String?
        let unit: String

        var description: String { "line \(line): \(printed) (\(unit))" }
    }

    /// Cells of indicators.csv that need the sentence around them, by indicator and print.
    static let targetsForPeople: [String: String] = {
        let circle = "a circle time or distance is an upper bound; only the word 圈 or 见 in the name says so"
        let share = "a share of 100 by convention; no number is printed"
        let apart = "the words for 'at least' stand elsewhere in the sentence"
        let gap = "a gap is to be narrowed to it, so that it is an upper bound; only the sentence says so"
        return [
            "corridor.lab.national 零突破": "1 stands for the first one; no number is printed",
            "corridor.city.access_expressway 15分钟": circle,
            "corridor.city.access_downtown 25分钟": circle,
            "corridor.city.access_citywide 1小时": circle,
            "corridor.livelihood.health_circle 15分钟": circle,
            "corridor.culture.service_circle 15分钟": circle,
            "corridor.ecology.green_within 300米见绿": circle,
            "corridor.ecology.park_within 500米见园": circle,
            "yuhang.culture.urban_circle 15分钟": circle,
            "yuhang.culture.rural_circle 30分钟": circle,
            "yuhang.culture.fitness_circle 10分钟": circle,
            "yuhang.livelihood.life_circle 15分钟": circle,
            "yuhang.livelihood.rehab_circle 15分钟": circle,
            "zhejiang.livelihood.city_service_circle 一小时": circle,
            "zhejiang.livelihood.community_service_circle 15分钟": circle,
            "yuhang.industry.digitalised_share 全覆盖": share,
            "yuhang.culture.self_service_library 全覆盖": share,
            "yuhang.ecology.waste_sorting 全覆盖": share,
            "yuhang.livelihood.child_homes 全覆盖": share,
            "yuhang.livelihood.quality_employment_communities 所有": share,
            "hangzhou.industry.digitalised_share 全覆盖": share,
            "yuhang.livelihood.tertiary_hospitals 2家": apart,
            "yuhang.livelihood.pension_coverage 99.6%": apart,
            "yuhang.livelihood.min_living_low_income 30%": apart,
            "yuhang.livelihood.min_living_destitute 50%": apart,
            "yrd.regional.gdp_pc_gap 1.2∶1": gap,
            "hangzhou.livelihood.urban_rural_income_ratio 1.8∶1": gap,
            "yuhang.ecology.air_grade 二级标准": "grade 2 or better: a standard, not a count",
            "hangzhou.industry.six_doubling 六倍增": "six measures that double, not six times",
        ]
    }()

    /// Baselines that need the sentence around them.
    static let baselinesForPeople = [
        "yrd.ecology.energy_intensity_cut 较2017年": "a reference year; its own change is 0 by definition"
    ]

    /// Observations that need the sentence around them.
    static let observationsForPeople = [
        "yrd.platform.dual_innovation_bases 两批25家": "two batches, 25 in all",
        "yrd.alliance.industry 等产业联盟或创新联盟": "counted from a list in the text",
        "g60.alliance.industry 等产业联盟": "counted from a list in the text",
    ]

    @Test("every target agrees with its value and comparator or is listed for a person")
    func targets() throws {
        let cells = try Self.cells(
            "indicators.csv",
            "code",
            "target_raw",
            "target_value",
            "target_comparator",
            "unit_zh"
        )
        #expect(cells.count > 250)
        #expect(Self.differing(cells) == Set(Self.targetsForPeople.keys))
    }

    @Test("every baseline agrees with its value or is listed for a person")
    func baselines() throws {
        let cells = try Self.cells("indicators.csv", "code", "baseline_raw", "baseline_value", nil, "unit_zh")
        #expect(cells.count > 50)
        #expect(Self.differing(cells) == Set(Self.baselinesForPeople.keys))
    }

    @Test("every observation agrees with its value or is listed for a person")
    func observations() throws {
        let cells = try Self.cells("observations.csv", "indicator_code", "value_raw", "value", nil, "unit")
        #expect(cells.count > 200)
        #expect(Self.differing(cells) == Set(Self.observationsForPeople.keys))
    }

    // The growth column has no value column; what each of its prints means stands here.
    @Test("every printed growth is read as it is meant")
    func growth() throws {
        let readings: [String: PrintedNotation.Reading] = [
            "-": .notPublished, "与经济增长基本同步": .text, "翻一番": .multipleOfBaseline(ExactDecimal(2)),
            "6以上": .number(.init(comparator: .atLeast, value: ExactDecimal(6))),
            "6.5以上": .number(.init(comparator: .atLeast, value: try #require(ExactDecimal("6.5")))),
            "年均6%以上": .number(.init(comparator: .atLeast, value: ExactDecimal(6), unit: "%")),
            "年均10%左右": .number(.init(comparator: .about, value: ExactDecimal(10), unit: "%")),
        ]
        let cells = try Self.cells("indicators.csv", "code", "growth_raw", "growth_raw", nil, "unit_zh")
        #expect(cells.count > 20)
        for cell in cells {
            let reading = PrintedNotation(cell.printed).reading
            if let expected = readings[cell.printed] {
                #expect(reading == expected, "\(cell)")
            } else {
                // Plain numbers and numbers in brackets.
                let isCumulative = cell.printed.hasPrefix("[")
                let digits = cell.printed.filter { $0 != "[" && $0 != "]" }
                let value = try #require(ExactDecimal(digits), "\(cell)")
                #expect(
                    reading == .number(.init(comparator: .equal, value: value, isCumulative: isCumulative)),
                    "\(cell)"
                )
            }
        }
    }

    @Test("the reference tables are read without a problem")
    func tables() throws {
        for name in ["classifications", "indicators", "observations", "platforms", "programmes", "regions"] {
            let table = try TestTable(path: Fixtures.reference("\(name).csv"))
            #expect(table.problems.isEmpty)
            #expect(!table.rows.isEmpty)
        }
    }

    private static func differing(_ cells: [Cell]) -> Set<String> {
        Set(cells.filter { !agrees($0) }.map { "\($0.code) \($0.printed)" })
    }

    static func agrees(_ cell: Cell) -> Bool {
        let notation = PrintedNotation(cell.printed)
        switch notation.reading {
        case .number(let number):
            guard let value = ExactDecimal(cell.value), number.value(inUnit: cell.unit) == value else { return false }
            return (cell.comparator == nil || cell.comparator == number.comparator.rawValue)
                && number.isCumulative == cell.printed.contains("[")
        case .multipleOfBaseline: return false
        case .notPublished, .text: return cell.value.isEmpty && (cell.comparator ?? "none") == "none"
        }
    }

    static func cells(
        _ file: String,
        _ code: String,
        _ printed: String,
        _ value: String,
        _ comparator: String?,
        _ unit: String
    ) throws -> [Cell] {
        let table = try TestTable(path: Fixtures.reference(file))
        return table.rows.compactMap { row in
            let text = row.cells[printed, default: ""]
            guard !text.isEmpty else { return nil }
            return Cell(
                line: row.line,
                code: row.cells[code, default: ""],
                printed: text,
                value: row.cells[value, default: ""],
                comparator: comparator.map { row.cells[$0, default: ""] },
                unit: row.cells[unit, default: ""]
            )
        }
    }
}
