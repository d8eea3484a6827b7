import AssessmentMethods
import DomainModel
import Testing

/// Table 1 (余杭区“十三五”规划主要指标完成情况) of the outline of Yuhang's fourteenth five-year plan
/// (余杭区国民经济和社会发展第十四个五年规划和二〇三五年远景目标纲要), all 35 lines of its 32 numbered rows.
///
/// Progress was calculated by hand from the printed figures: `(completed − baseline) ÷ (target − baseline)`.
@Suite("thirteenth plan of Yuhang, table 1")
struct ThirteenthPlanTests {
    /// A line of the table: what is printed, and what follows from it.
    struct Line: CustomTestStringConvertible, Sendable {
        let row: String
        let kind: Indicator.Kind
        let direction: Indicator.Direction
        let baseline: String
        let target: String
        let comparator: Comparator
        let completed: String
        let year: Int
        let verdict: String
        let progress: String?

        init(
            _ row: String,
            _ kind: Indicator.Kind,
            _ direction: Indicator.Direction,
            _ baseline: String,
            _ target: String,
            _ completed: String,
            _ verdict: String,
            _ progress: String? = nil,
            comparator: Comparator = .equal,
            year: Int = 2020
        ) {
            self.row = row
            self.kind = kind
            self.direction = direction
            self.baseline = baseline
            self.target = target
            self.comparator = comparator
            self.completed = completed
            self.year = year
            self.verdict = verdict
            self.progress = progress
        }

        var testDescription: String { "row \(row)" }

        var finding: Finding {
            Samples.judge(
                Samples.target(
                    baseline: Self.number(baseline),
                    value: Self.number(target),
                    comparator: comparator,
                    isCumulative: target.hasPrefix("["),
                    printed: target
                ),
                [
                    Samples.value(Self.number(baseline), "2015"),
                    Samples.value(Self.number(completed), "\(year)", isCumulative: completed.hasPrefix("[")),
                ],
                indicator: Samples.indicator(
                    kind: kind,
                    aggregation: kind == .flow ? .cumulative : .latest,
                    direction: direction
                )
            )
        }

        static func number(_ printed: String) -> String? {
            let digits = printed.filter { $0.isASCII && ($0.isNumber || $0 == ".") }
            return digits.isEmpty ? nil : digits
        }
    }

    static let lines: [Line] = [
        Line("1", .flow, .higher, "1278.61", "1800", "3051.61", "achieved", "3.4005"),
        Line("2", .ratio, .higher, "58.9", "62", "76.1", "achieved", "5.5484"),
        Line("3", .flow, .higher, "323", "力争420", "506.76", "achieved", "1.8944", comparator: .atLeast),
        Line("4", .flow, .higher, "48.3", "52", "55.0", "achieved", "1.8108"),
        Line("5", .flow, .higher, "305.3", "448", "825.9", "achieved", "3.6482"),
        Line("6", .flow, .higher, "187.6", "275", "441.1", "achieved", "2.9005"),
        Line("7", .ratio, .higher, "56.9", "61", "-", "cannotBeJudged/valueNotPublished"),
        Line("8", .ratio, .higher, "1.89", "3.3", "-", "cannotBeJudged/valueNotPublished"),
        Line("9", .flow, .higher, "619.2", "1000", "1708.0", "achieved", "2.8592"),
        Line("10", .flow, .higher, "499", "800", "1380", "achieved", "2.9269"),
        Line("11", .ratio, .higher, "45.5", "53", "-", "cannotBeJudged/valueNotPublished"),
        Line("12", .ratio, .higher, "38.8", "46.8", "50.2", "achieved", "1.4250"),
        Line("13", .ratio, .higher, "16.9", "23", "28", "achieved", "1.8197"),
        Line("14", .stock, .higher, "22.3", "32", "45", "achieved", "2.3402"),
        Line("15", .flow, .higher, "49273", "72300", "70681", "notAchieved", "0.9297"),
        Line("16", .flow, .higher, "29159", "43800", "44117", "achieved", "1.0217"),
        Line("17", .flow, .higher, "-", "[5]", "[19.13]", "achieved", "3.8260"),
        Line("18", .ratio, .lower, "-", "<5", "-", "cannotBeJudged/valueNotPublished", comparator: .lessThan),
        Line("19", .ratio, .higher, "82", "83", "84.5", "achieved", "2.5000"),
        Line("20", .ratio, .higher, "14", "14.5", "14.5", "achieved", "1.0000"),
        Line("21", .ratio, .higher, "2.2", "3", "3.0", "achieved", "1.0000"),
        Line("22", .ratio, .higher, "4", "5", "5", "achieved", "1.0000"),
        Line("23", .ratio, .lower, "0.089", "0.066", "0.010", "achieved", "3.4348"),
        Line(
            "24",
            .ratio,
            .higher,
            "-",
            "[18]",
            "[15.2]*",
            "cannotBeJudged/valueBeforeTargetYear",
            "0.8444",
            year: 2019
        ),
        Line("25", .ratio, .higher, "-", "[27]", "[62]", "achieved", "2.2963"),
        Line("26", .ratio, .lower, "24.8", "-", "12.17*", "cannotBeJudged/targetNotStated", year: 2019),
        // The target lies below the baseline: a level not to fall under, so there is no way to go.
        Line("27", .stock, .higher, "56.44", "52.6", "54.75*", "achieved", year: 2019),
        Line("28", .ratio, .higher, "-", "[21]", "[45.3]*", "achieved", "2.1571", year: 2019),
        Line("29", .stock, .higher, "137.62", "160", "170.70*", "achieved", "1.4781", year: 2019),
        Line("30", .ratio, .higher, "42.9", "≥60", "100", "achieved", "3.3392", comparator: .atLeast),
        Line("31", .ratio, .higher, "-", "[27]", "[54]", "achieved", "2.0000"),
        Line("32a", .ratio, .higher, "-", "[23.5]", "[52.1]*", "achieved", "2.2170", year: 2019),
        Line("32b", .ratio, .higher, "-", "[30]", "[53.8]*", "achieved", "1.7933", year: 2019),
        Line("32c", .ratio, .higher, "-", "[17.1]", "[43.1]*", "achieved", "2.5205", year: 2019),
        Line("32d", .ratio, .higher, "-", "[20]", "[51.2]*", "achieved", "2.5600", year: 2019),
    ]

    @Test("each line is judged as the printed figures say", arguments: lines)
    func line(_ line: Line) {
        let finding = line.finding
        #expect(finding.verdict == line.verdict)
        #expect(finding.progress?.description == line.progress)
    }

    @Test("28 lines are reached, one is not, six cannot be judged; seven rest on figures of 2019")
    func counts() {
        let findings = Self.lines.map(\.finding)
        #expect(findings.count == 35)
        #expect(findings.count { $0.status == .achieved } == 28)
        #expect(findings.count { $0.status == .notAchieved } == 1)
        #expect(findings.count { $0.status == .cannotBeJudged } == 6)
        #expect(findings.count { $0.status == .achieved && $0.actual?.period == .year(2019) } == 7)
    }

    @Test("a finding shows its calculation, also from the revised baseline")
    func steps() throws {
        // Note 1 under table 1: the economic census revised the 2015 value to 1480.15.
        let finding = Samples.judge(
            Samples.target(baseline: "1278.61", value: "1800"),
            [Samples.value("1480.15", "2015"), Samples.value("3051.61", "2020")],
            indicator: Samples.indicator(kind: .flow, aggregation: .cumulative)
        )
        #expect(finding.baseline?.value == ExactDecimal("1278.61"))
        #expect(finding.baseline?.lineage == "T-1")
        #expect(finding.revisedBaseline?.value == ExactDecimal("1480.15"))
        #expect(
            finding.step("Progress from baseline to target")
                == "(3051.61 − 1278.61) ÷ (1800 − 1278.61) = 3.4005"
        )
        #expect(
            finding.step("Progress from the revised baseline, for information, not judged on")
                == "(3051.61 − 1480.15) ÷ (1800 − 1480.15) = 4.9131"
        )
        #expect(finding.step("Elapsed share of the plan") == "5 ÷ 5 = 1.0000")
        #expect(finding.step("Value minus target") == "3051.61 − 1800 = 1251.61 %")
        #expect(finding.steps.allSatisfy { !$0.name.zh.isEmpty && !$0.name.en.isEmpty && !$0.expression.isEmpty })
    }

    @Test("a value of 2019 that falls short leaves the last year open, with all that is known")
    func earlierEvidence() {
        let finding = Samples.judge(
            Samples.target(value: "18", isCumulative: true),
            [Samples.value("15.2", "2019", isCumulative: true)]
        )
        #expect(finding.verdict == "cannotBeJudged/valueBeforeTargetYear")
        #expect(finding.progress?.description == "0.8444")
        #expect(finding.elapsed?.description == "0.8000")
        #expect(finding.gap == ExactDecimal("-2.8"))
        #expect(finding.requiredPerYear == nil)
    }
}
