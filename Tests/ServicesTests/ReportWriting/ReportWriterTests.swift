import DomainModel
import ReportDocument
import Testing

@testable import Reports

@Suite("report of the thirteenth plan of Yuhang")
struct EndOfPlanReportTests {
    let assessment: Assessment

    init() throws {
        assessment = try ReportSamples.assessment(ReportSamples.thirteenth, at: 2020)
    }

    private func document(_ language: Language) -> Document {
        ReportSamples.writer(assessment, language).document(.endOfPlan)
    }

    @Test("the title and the counts are those of the assessment, in both languages")
    func counts() throws {
        #expect(document(.zh).title == "余杭区“十三五”规划指标完成情况评估")
        #expect(document(.en).title == "13th five-year plan of Yuhang District: which targets were reached")
        for language in Language.allCases {
            let tiles = document(language).tiles
            #expect(tiles.map(\.value) == ["35", "28", "1", "6"])
            #expect(tiles[0].note.contains("15"))
            #expect(tiles[1].note.contains("7"))
        }
    }

    @Test("the summary says what was reached, what was not, and what cannot be judged and why")
    func summary() {
        let zh = document(.zh).points(under: "summary")
        #expect(zh.contains("余杭区“十三五”规划共35项指标。截至2020年末，已完成28项，未完成1项，无法判断6项。"))
        #expect(zh.contains("未完成：城镇居民人均可支配收入，完成70681元，目标72300元，少1619元，目标进度92.97%。"))
        #expect(zh.contains("无法判断——规划未列目标值（1项）：万元生产总值耗地量。"))
        #expect(zh.contains { $0.hasPrefix("无法判断——数值未公布（4项）：户籍人口城市化率、") })
        #expect(
            zh.contains(
                "无法判断——目标年数值未公布，较早数值尚未达到目标（1项）："
                    + "单位生产总值能耗降低，2019年为15.2%，目标18%，目标进度84.44%，时间进度80%。"
            )
        )
        #expect(zh.contains { $0.contains("21项依据目标年数据，7项依据2019年数据") })
        #expect(zh.contains { $0.hasPrefix("恰好等于目标值的有3项：") })
        let en = document(.en).points(under: "summary")
        #expect(
            en.contains(
                "Not reached: Per-capita disposable income, urban residents, 70,681 yuan against a target of 72,300 "
                    + "yuan, short by 1,619 yuan (92.97% of the way)."
            )
        )
    }

    @Test("binding targets are counted apart")
    func binding() {
        let zh = document(.zh).points(under: "summary")
        #expect(
            zh.contains(
                "约束性指标15项，逐项判断：已完成12项，没有未完成的，无法判断3项（户籍人口城市化率、单位生产总值能耗降低、万元生产总值耗地量）。"
            )
        )
        #expect(zh.contains { $0.hasPrefix("其余指标20项：已完成16项，未完成1项（城镇居民人均可支配收入），无法判断3项") })
    }

    @Test("the table has all 35 lines in printed order, with the notations as printed")
    func table() throws {
        let table = try #require(document(.zh).table(under: "targets"))
        let rows = table.sections.flatMap(\.rows)
        let numbers = (1...31).map(String.init) + ["32a", "32b", "32c", "32d"]
        #expect(rows.map { $0.cells[0].plain } == numbers)
        #expect(rows[2].cells[4].plain == "力争420")
        #expect(rows[16].cells[4].plain == "[5]")
        #expect(rows[23].cells[5].plain == "[15.2]*\n2019年")
        #expect(rows[25].cells[4].plain == "-")
    }

    @Test("the revised baseline is told beside the planned one")
    func revision() {
        let notes = document(.zh).points(under: "notes")
        #expect(
            notes.contains(
                "全区生产总值的基数有修订：规划所列2015年基数为1278.61亿元，后修订为1480.15亿元。"
                    + "评估按规划基数，目标进度340.05%；按修订后基数则为491.31%。"
            )
        )
    }

    @Test("every line with both numbers has a chart with words, and no other")
    func charts() throws {
        let charts = document(.zh).charts
        // Four values were not published and one target is not stated.
        #expect(charts.count == 30)
        let first = try #require(charts.first)
        #expect(first.alternative == "全区生产总值：2015年基数1278.61亿元，目标1800亿元，2020年3051.61亿元，已完成。")
    }

    @Test("what was not reached is told with the pace that was asked for and the pace that was made")
    func followUp() {
        let points = document(.zh).points(under: "follow-up")
        #expect(points.first == "城镇居民人均可支配收入：比目标少1619元；规划要求年均增加4605.4元，实际年均增加4281.6元。")
        #expect(points.contains("请规划主管部门明确目标值：万元生产总值耗地量。"))
    }
}

@Suite("report of the fourteenth plan of Yuhang")
struct PlanStateReportTests {
    let assessment: Assessment

    init() throws {
        assessment = try ReportSamples.assessment(ReportSamples.fourteenth, at: 2021)
    }

    private func document(_ language: Language) -> Document {
        ReportSamples.writer(assessment, language).document(.planState)
    }

    @Test("targets with a value have their distance and what they ask for a year")
    func distances() throws {
        let table = try #require(document(.zh).table(under: "targets"))
        let rows = table.sections.flatMap(\.rows)
        let product = try #require(rows.first { $0.cells[0].plain == "全区生产总值\n亿元" })
        #expect(product.cells.map(\.plain)[2...6] == ["2282.56", "3100以上", "2282.56\n2020年", "−817.44", "+163.488"])
    }

    @Test("targets in words stand as printed and are not judged")
    func words() throws {
        let table = try #require(document(.zh).table(under: "words"))
        let printed = table.sections.flatMap(\.rows).map { $0.cells[2].plain }
        #expect(printed.count { $0 == "按上级要求" } == 6)
        let growth = table.sections.flatMap(\.rows).map { $0.cells[3].plain }
        #expect(growth.contains("与经济增长基本同步"))
    }

    @Test("levels that were met before the plan began are named")
    func met() {
        let zh = document(.zh).points(under: "summary")
        #expect(zh.contains("规划期前的数值已达到目标水平、重在保持的有2项：亿元GDP生产安全事故死亡率、主要河流III类以上水质断面比例。"))
    }
}

@Suite("all reports")
struct ReportTests {
    static let documents: [(Assessment, Document)] = {
        let plans = [
            (ReportSamples.thirteenth, 2020, ReportTemplate.endOfPlan), (ReportSamples.fourteenth, 2021, .planState),
        ]
        return plans.flatMap { plan, year, template in
            let assessment = try? ReportSamples.assessment(plan, at: year)
            return assessment.map { assessment in
                Language.allCases.map { (assessment, ReportSamples.writer(assessment, $0).document(template)) }
            } ?? []
        }
    }()

    @Test("there are two plans in two languages")
    func documents() {
        #expect(Self.documents.count == 4)
    }

    @Test("every figure has a lineage code that exists")
    func lineage() {
        for (assessment, document) in Self.documents {
            var known: Set<String> = []
            for finding in assessment.findings {
                let evidence = [finding.baseline, finding.revisedBaseline, finding.actual].compactMap(\.self)
                known.formUnion([finding.lineage, finding.target.lineage].compactMap(\.self))
                known.formUnion(evidence.flatMap { [$0] + $0.summands }.compactMap(\.lineage))
            }
            #expect(document.figures.count > 200)
            #expect(Set(document.lineageCodes).subtracting(known).isEmpty)
            #expect(document.lineageCodes.allSatisfy { LineageCode($0) != nil })
        }
    }

    @Test("no section is empty, no cell row is short, no anchor stands twice")
    func structure() {
        for (_, document) in Self.documents {
            var anchors: Set<String> = []
            for (index, block) in document.blocks.enumerated() {
                switch block {
                case .heading(let heading):
                    #expect(anchors.insert(heading.anchor).inserted)
                    let next = index + 1 < document.blocks.count ? document.blocks[index + 1] : block
                    if case .heading(let following) = next {
                        #expect(following.level > heading.level, "\(heading.text) is empty")
                    }
                case .list(let list):
                    #expect(!list.items.isEmpty && list.items.allSatisfy { !$0.plain.isEmpty })
                case .table(let table):
                    #expect(!table.sections.isEmpty)
                    for row in table.sections.flatMap(\.rows) { #expect(row.cells.count == table.columns.count) }
                case .charts(let charts): #expect(!charts.isEmpty)
                case .paragraph(let content): #expect(!content.plain.isEmpty)
                case .callout, .tiles: break
                }
            }
        }
    }

    @Test("the English reports have no Chinese but notations, names of places in documents and editors' remarks")
    func english() {
        func isChinese(_ text: String) -> Bool { text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
        for (assessment, document) in Self.documents where document.language == .en {
            let quoted = Set(
                assessment.findings.flatMap { finding in
                    [finding.target.printed, finding.target.baselinePrinted, finding.target.growthPrinted]
                }
            )
            #expect(!isChinese(document.title) && !isChinese(document.subtitle))
            for case .figure(let figure) in document.blocks.flatMap(\.running) where isChinese(figure.text) {
                #expect(quoted.contains(figure.text))
            }
            for case .text(let text) in document.sections(except: ["notes", "remarks", "method", "sources"]) {
                #expect(!isChinese(text), "\(text)")
            }
            for chart in document.charts { #expect(!isChinese(chart.alternative)) }
        }
    }

    @Test("the same assessment gives the same bytes in every format")
    func deterministic() throws {
        for (assessment, document) in Self.documents {
            let template: ReportTemplate = assessment.plan.endYear == 2020 ? .endOfPlan : .planState
            let again = ReportSamples.writer(assessment, document.language).document(template)
            for format in ReportFormat.allCases {
                #expect(try document.rendered(as: format) == again.rendered(as: format))
            }
        }
    }
}

@Suite("words of reports")
struct ReportWordTests {
    @Test("units are spelled in English from their codes")
    func units() {
        let cases = [
            ("1e8 CNY", "100 million yuan"), ("1e4 {person}", "10,000 people"), ("%", "%"), ("CNY", "yuan"),
            ("1e4 CNY/{person}", "10,000 yuan per person"), ("{person}/(1e3 {person})", "people per 1,000 people"),
            ("{bed}/(1e2 {person})", "beds per 100 people"), ("m2/(1e4 CNY)", "m² per 10,000 yuan"),
            ("1e4 mu (CN)", "10,000 mu"), ("{item}", "items"), ("a", "years"), ("{entity}", "entities"),
            ("{count}", ""), ("1", ""), ("t/d", "tonnes per day"), ("ug/m3", "µg per m³"), ("1e4 m3", "10,000 m³"),
            ("a (return period)", "years (return period)"), ("{person}/(1e8 CNY)", "people per 100 million yuan"),
        ]
        for (code, text) in cases { #expect(UnitText.english(code) == text) }
    }

    @Test("numbers follow the language and keep their decimal places")
    func numbers() throws {
        #expect(NumberText.text(try #require(ExactDecimal("1234567.50")), .en) == "1,234,567.50")
        #expect(NumberText.text(try #require(ExactDecimal("-1234.5")), .zh) == "−1234.5")
        #expect(NumberText.text(try #require(ExactDecimal("999")), .en) == "999")
    }

    @Test("what falls short of the whole is never printed as the whole")
    func rounding() throws {
        #expect(NumberText.percentage(try #require(ExactDecimal("1.0000")), .zh, fallsShort: true) == "<100%")
        #expect(NumberText.percentage(try #require(ExactDecimal("0.9999")), .zh, fallsShort: true) == "99.99%")
        #expect(NumberText.percentage(try #require(ExactDecimal("1.0000")), .zh) == "100.00%")
        #expect(NumberText.percentage(try #require(ExactDecimal("0.8000")), .zh, isTrimmed: true) == "80%")
    }

    @Test("enumerations read well")
    func lists() {
        #expect(Phrase(language: .zh).list(["甲", "乙", "丙"]) == "甲、乙、丙")
        #expect(Phrase(language: .en).list(["a"]) == "a")
        #expect(Phrase(language: .en).list(["a", "b"]) == "a and b")
        #expect(Phrase(language: .en).list(["a", "b", "c"]) == "a, b, and c")
        #expect(Phrase(language: .en).list(["a, x", "b"]) == "a, x; and b")
    }
}
