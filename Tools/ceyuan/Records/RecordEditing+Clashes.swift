import DomainModel

extension RecordEditing {
    /// What both changed, side by side.
    static func table(of clashes: [ThreeWayMerge.Clash], for console: Console) -> String {
        let titles = [
            console("字段", "field"), console("原为", "base"), console("对方", "theirs"), console("我方", "ours"),
        ]
        let table = Table(
            headings: titles.enumerated().map { index, title in
                Table.Heading(title: title, isNumeric: false, isFlexible: index > 0)
            },
            rows: clashes.map { clash in
                [Table.Cell(clash.code)]
                    + [clash.base, clash.theirs, clash.ours].map { Table.Cell($0.joined(separator: "; ")) }
            }
        )
        return table.text(for: console.plain)
    }
}

extension Conflict {
    /// What is wrong and what was expected, in a sentence.
    func sentence(in language: Language) -> String {
        var text = "\(code.rawValue): \(message[language])"
        if !expected[language].isEmpty { text += language == .zh ? "；应为：" : "; expected: " }
        text += expected[language]
        if !nearest.isEmpty { text += (language == .zh ? "；相近：" : "; near: ") + nearest.joined(separator: ", ") }
        return text
    }
}
