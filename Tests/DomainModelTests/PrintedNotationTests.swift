import DomainModel
import TestSeeds
import Testing

@Suite("printed notation")
struct PrintedNotationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let printed: String
        let comparator: Comparator
        let value: String
        let unit: String

        init(_ printed: String, _ comparator: Comparator, _ value: String, _ unit: String = "") {
            self.printed = printed
            self.comparator = comparator
            self.value = value
            self.unit = unit
        }

        var testDescription: String { printed }
    }

    @Test(
        "numbers with bounds and units",
        arguments: [
            Case("1278.61", .equal, "1278.61"), Case("646.80", .equal, "646.80"), Case("-3.5", .equal, "-3.5"),
            Case("3100以上", .atLeast, "3100"), Case("16%以上", .atLeast, "16", "%"),
            Case("100.00分", .equal, "100.00", "分"),
            Case("≥60", .atLeast, "60"), Case(">=60", .atLeast, "60"), Case("≤60", .atMost, "60"),
            Case("<5", .lessThan, "5"), Case("＜5", .lessThan, "5"), Case(">5", .moreThan, "5"), Case("≈5", .about, "5"),
            Case("0.01以下", .atMost, "0.01"), Case("2.2∶1以内", .atMost, "2.2", "倍"), Case("1.2：1", .equal, "1.2", "倍"),
            Case("超过70万人", .atLeast, "70", "万人"), Case("突破4000亿元", .atLeast, "4000", "亿元"),
            Case("不少于1000万平方米", .atLeast, "1000", "万平方米"), Case("不低于30%", .atLeast, "30", "%"),
            Case("至少3个", .atLeast, "3", "个"), Case("不超过45分钟", .atMost, "45", "分钟"), Case("低于4%", .lessThan, "4", "%"),
            Case("达到100家", .equal, "100", "家"), Case("达到100家以上", .atLeast, "100", "家"),
            Case("约605平方公里", .about, "605", "平方公里"), Case("近1000万元", .about, "1000", "万元"),
            Case("100家左右", .about, "100", "家"), Case("大约100家", .about, "100", "家"),
            Case("100余个", .atLeast, "100", "个"), Case("1000多家", .atLeast, "1000", "家"),
            Case("3万余人", .atLeast, "3", "万人"),
            Case("年均10%左右", .about, "10", "%"), Case("每年20亿元", .equal, "20", "亿元/年"), Case("连续四年", .equal, "4", "年"),
            Case("5公里/百平方公里", .equal, "5", "公里/百平方公里"), Case("33365台（套）", .equal, "33365", "台（套）"),
            Case("200年一遇", .equal, "200", "年一遇"), Case("95万千伏安", .equal, "95", "万千伏安"),
            Case("135万", .equal, "135", "万"),
        ]
    )
    func numbers(_ wanted: Case) {
        Self.check(wanted)
    }

    @Test(
        "full-width forms, separators and blanks",
        arguments: [
            Case("３１００以上", .atLeast, "3100"), Case("１，２３４．５", .equal, "1234.5"), Case("1,234,567", .equal, "1234567"),
            Case("16％", .equal, "16", "%"), Case(" 45 ", .equal, "45"), Case("3100　以上", .atLeast, "3100"),
            Case("＞＝5", .atLeast, "5"),
        ]
    )
    func fullWidth(_ wanted: Case) {
        Self.check(wanted)
    }

    @Test(
        "Chinese numerals, fractions, ranges and orders of magnitude",
        arguments: [
            Case("四家", .equal, "4", "家"), Case("两个", .equal, "2", "个"), Case("十五个", .equal, "15", "个"),
            Case("二十家", .equal, "20", "家"),
            Case("一百零八项", .equal, "108", "项"), Case("三千五百人", .equal, "3500", "人"), Case("三大科技城", .equal, "3", "大科技城"),
            Case("破千亿元", .atLeast, "1000", "亿元"), Case("超万亿元", .atLeast, "10000", "亿元"),
            Case("一千亿元", .equal, "1000", "亿元"),
            Case("千亿元级规模", .about, "1000", "亿元"), Case("百亿级", .about, "100", "亿"), Case("万亿级", .about, "10000", "亿"),
            Case("1/4", .equal, "25", "%"), Case("约1/4", .about, "25", "%"), Case("三分之二以上", .atLeast, "66.67", "%"),
            Case("1/3", .equal, "33.33", "%"), Case("近五分之一", .about, "20", "%"), Case("第一", .equal, "1", "位次"),
            Case("第3位", .equal, "3", "位次"), Case("2—3个", .atLeast, "2", "个"), Case("3-5个", .atLeast, "3", "个"),
            Case("2至3个", .atLeast, "2", "个"), Case("1～2家", .atLeast, "1", "家"), Case("一小时", .equal, "1", "小时"),
        ]
    )
    func words(_ wanted: Case) {
        Self.check(wanted)
    }

    @Test(
        "brackets of any kind make a figure cumulative, and marks are kept",
        arguments: ["[15.2]*", "［15.2］＊", "【15.2】*"]
    )
    func cumulative(_ printed: String) {
        let notation = PrintedNotation(printed)
        #expect(notation.printed == printed)
        #expect(notation.marks == "*")
        #expect(notation.number?.isCumulative == true)
        #expect(notation.number?.value == ExactDecimal("15.2"))
    }

    @Test("力争 is an aspiration, and at least unless a bound is printed")
    func aspiration() {
        let bare = PrintedNotation("力争420").number
        #expect(bare?.isAspirational == true && bare?.comparator == .atLeast)
        let bounded = PrintedNotation("力争30分钟以内").number
        #expect(bounded?.isAspirational == true && bounded?.comparator == .atMost)
        #expect(PrintedNotation("420").number?.isAspirational == false)
    }

    @Test("翻番 multiplies the baseline", arguments: [("翻番", 2), ("翻一番", 2), ("翻两番", 4), ("翻三番", 8)])
    func doubling(_ printed: String, _ factor: Int) {
        #expect(PrintedNotation(printed).reading == .multipleOfBaseline(ExactDecimal(factor)))
    }

    @Test("a dash is a figure that was not published", arguments: ["-", "—", "——", "－", "–", "-*", "—※"])
    func dash(_ printed: String) {
        #expect(PrintedNotation(printed).reading == .notPublished)
    }

    @Test(
        "what is not certainly a figure stays text",
        arguments: [
            "", "按上级要求", "稳步提升", "全覆盖", "零突破", "所有", "基本实现", "较2017年", "300米见绿", "两批25家", "六倍增", "二级标准",
            "三五个", "一千五", "几百家", "数十家", "2021-2025", "2021—2025年", "5-3个", "1,23", "12,34,567", "1.2.3", "约20家以上",
            "超过5以下", "[5", "5]", "[]", "[-]", "4/3", "1.5/2", "2∶3", "5 个和 6 个", "5abc", "翻", "翻五十番", "以上", "约", "%",
            "*",
            "位居全国前列", "第", "第一批", "1e5", "∞",
        ]
    )
    func text(_ printed: String) {
        let notation = PrintedNotation(printed)
        #expect(notation.reading == .text)
        #expect(notation.printed == printed)
    }

    @Test(
        "numbers are converted between units that differ by a power of ten",
        arguments: [
            ("1万名", "名", "10000"), ("突破1万亿元", "亿元", "10000"), ("20万人以上", "万人", "20"), ("1小时", "分钟", "60"),
            ("4900人", "万人", "0.4900"), ("10亿元", "亿元/年", "10"), ("35家", "个", "35"), ("135万", "万千伏安", "135"),
            ("5", "亿元", "5"),
        ]
    )
    func units(_ printed: String, _ unit: String, _ expected: String) {
        #expect(PrintedNotation(printed).number?.value(inUnit: unit)?.description == expected)
    }

    @Test("units of different things are not converted")
    func differentUnits() {
        #expect(PrintedNotation("5万元").number?.value(inUnit: "亿美元") == nil)
        #expect(PrintedNotation("5千米").number?.value(inUnit: "公里") == ExactDecimal(5))
        #expect(PrintedNotation("0.000000000001").number?.value(inUnit: "亿元") == ExactDecimal("0.000000000001"))
        #expect(PrintedNotation("0.000000000001元").number?.value(inUnit: "亿元") == nil)
    }

    @Test("reading any text neither fails nor invents digits")
    func anyText() {
        var random = SeededGenerator.announced("printed notation")
        let pieces = Array("0123456789.,-—[]*%/∶约近超破达力争不少于以上左右余多大第翻番两三十百千万亿元人个家年级分之一".map(String.init))
        for _ in 0..<50_000 {
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
            }
            .joined()
            let notation = PrintedNotation(text)
            #expect(notation.printed == text)
            if let number = notation.number {
                #expect(text.contains { "0123456789一二两三十百千万亿".contains($0) }, "\(text) → \(number)")
            }
        }
    }

    private static func check(_ wanted: Case) {
        let number = PrintedNotation(wanted.printed).number
        #expect(number?.comparator == wanted.comparator)
        #expect(number?.value.description == wanted.value)
        #expect(number?.unit == wanted.unit)
        #expect(number?.isCumulative == false)
    }
}
