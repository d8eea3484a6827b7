import DomainModel
import Testing

@testable import ceyuan

@Suite("tables")
struct TableTests {
    private static let table = Table(
        headings: [
            .init(title: "指标", isNumeric: false, isFlexible: true),
            .init(title: "值", isNumeric: true, isFlexible: false),
            .init(title: "unit", isNumeric: false, isFlexible: true),
        ],
        rows: [
            [.init("生产总值"), .init("3051.61"), .init("亿元")],
            [.init("R&D"), .init("3.4"), .init("%")],
        ]
    )

    @Test("columns stand straight under wide characters, numbers to the right")
    func alignment() {
        let text = Self.table.text(for: Console(language: .zh, width: nil))
        #expect(
            text == """
                指标           值  unit
                ────────  ───────  ────
                生产总值  3051.61  亿元
                R&D           3.4  %

                """
        )
    }

    @Test("on a narrow terminal text is cut, and numbers never are")
    func narrow() {
        let table = Table(
            headings: [
                .init(title: "indicator", isNumeric: false, isFlexible: true),
                .init(title: "value", isNumeric: true, isFlexible: false),
            ],
            rows: [[.init("规模以上工业增加值占生产总值比重"), .init("1234567890123")]]
        )
        let lines = table.text(for: Console(language: .zh, width: 30)).split(separator: "\n")
        #expect(lines.map(\.displayWidth) == [30, 30, 30])
        #expect(lines[2] == "规模以上工业增…  1234567890123")
        #expect(!table.text(for: Console(language: .zh, width: nil)).contains("…"))
    }

    @Test("a code is never cut either: half a code means nothing")
    func code() {
        let table = Table(
            headings: [
                .init(title: "lineage", isNumeric: false, isFlexible: false),
                .init(title: "indicator", isNumeric: false, isFlexible: true),
            ],
            rows: [[.init("O-4PEBEX.12"), .init("yuhang_original.economy.gdp")]]
        )
        #expect(table.widths(fitting: 24) == [11, 11])
    }

    @Test("a column is not narrowed to nothing, however narrow the terminal")
    func veryNarrow() {
        #expect(Self.table.widths(fitting: 1) == [8, 7, 4])
    }

    @Test("a cell cannot break out of its row")
    func hostile() {
        let cell = Table.Cell("a\nb\u{1B}[2J\u{202E}")
        #expect(cell.text == "a␊b␛[2J�")
    }

    @Test("colour surrounds the text and not the blanks")
    func colour() {
        let table = Table(
            headings: [
                .init(title: "a", isNumeric: false, isFlexible: true),
                .init(title: "b", isNumeric: false, isFlexible: true),
            ],
            rows: [[.init("x", style: .green), .init("y")], [.init("long"), .init("z")]]
        )
        let text = table.text(for: Console(language: .en, width: 80, outputHasColour: true))
        #expect(text.contains("\u{1B}[32mx\u{1B}[0m     y\n"))
    }

    @Test("a sheet puts the values into one column")
    func sheet() {
        var sheet = Sheet()
        sheet.add("代码", "330110")
        sheet.add("name", "余杭区")
        sheet.add("empty", "")
        sheet.add("absent", nil)
        #expect(sheet.text(for: Console(language: .zh, width: nil)) == "代码  330110\nname  余杭区\n")
    }

    @Test("a tree draws its branches beside every line")
    func tree() {
        var leaf = Tree("leaf")
        leaf.add("more")
        var middle = Tree("middle", children: [leaf, Tree("other")])
        middle.add("second line")
        let tree = Tree("root", children: [middle, Tree("last")])
        #expect(
            tree.text(for: Console(language: .en, width: nil)) == """
                root
                ├─ middle
                │  │  second line
                │  ├─ leaf
                │  │     more
                │  └─ other
                └─ last

                """
        )
    }
}
