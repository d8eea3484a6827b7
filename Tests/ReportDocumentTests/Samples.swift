import DomainModel
import ReportDocument

/// Documents that the tests render.
enum Samples {
    /// Text that tries to break out of every format.
    static let hostile =
        "<script>alert('x')</script> | `a``b` \\| [l](javascript:x) *b* _i_ & \"q\" \u{202E}1234\u{202C}\n# h"

    static let plain = Figure(text: "3,051.61", value: "3051.61", lineage: "O-4M2XYZ3")

    static func document(_ blocks: [Block], title: String = "评估") -> Document {
        Document(
            language: .zh,
            title: title,
            subtitle: "副题",
            edition: "sample-zh",
            asOf: Instant(microsecondsSince1970: 1_600_000_000_000_000),
            facts: [Document.Fact("规划", "“十三五”规划")],
            blocks: blocks
        )
    }

    /// One block of every kind, with figures in every place that has running text.
    static func everything(_ text: String = "文字") -> Document {
        var number = 0
        func figure(_ tone: Tone? = nil) -> Inline {
            number += 1
            return .figure(Figure(text: "\(number).50", value: "\(number).5", lineage: "F-\(number)A", tone: tone))
        }
        let table = Table(
            caption: text,
            columns: [Table.Column(text), Table.Column("值", .end), Table.Column("状态", .center)],
            sections: [
                Table.Section(title: text, [Table.Row([[.text(text)], [figure(), .note(text)], [figure(.good)]])]),
                Table.Section([Table.Row([[.code(text)], [figure(), .lineBreak, figure()], []], anchor: "row-2")]),
            ]
        )
        let chart = Chart(caption: [.text(text), figure(.bad)], alternative: text, spec: ["mark": "bar"])
        return document(
            [
                .heading(Heading(text, anchor: "one")), .paragraph([.text(text), .strong(text), figure()]),
                .list(List([[.text(text), figure()], [.link(text, to: "#one")]])),
                .list(List(isOrdered: true, [[.link(text, to: "javascript:alert(1)")]])),
                .callout(Callout(.watch, [.text(text), figure()])),
                .tiles([Tile(label: text, value: "28", note: text, tone: .good)]), .table(table), .charts([chart]),
            ],
            title: text
        )
    }
}
