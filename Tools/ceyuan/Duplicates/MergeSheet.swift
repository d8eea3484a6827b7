import DomainModel

/// What becomes of two records, as a page: their fields side by side, the statements, and what is in the way.
struct MergeSheet {
    let merge: RecordMerge
    let words: RecordWords
    let console: Console

    /// The lines of the page.
    var text: String {
        let arrow = "\(merge.absorbed) → \(merge.survivor)"
        var text = "\(console.styled(arrow, .bold)) · \(merge.kind.title[console.language])"
        if merge.isRehearsal { text += " · \(console("预演", "rehearsal"))" }
        text += "\n"
        if !merge.fields.isEmpty {
            text += "\n\(console.styled(console("不同的字段", "Fields that differ"), .bold))\n"
            text += console.text(of: merge.fields.map { MergedFieldRow($0, merge.kind, words, console.language) })
        }
        if !merge.statements.isEmpty {
            text += "\n\(console.styled(console("陈述", "Statements"), .bold))\n"
            text += console.text(of: merge.statements.map { MergedStatementRow(merged: $0, words: words) })
        }
        if !merge.conflicts.isEmpty {
            text += "\n\(console.styled(console("冲突", "In the way"), .bold))\n"
            for conflict in merge.conflicts {
                let place =
                    conflict.field.map { words.label(of: $0, merge.kind)[console.language] + console("：", ": ") } ?? ""
                let expected = conflict.expected[console.language]
                let line = "\(place)\(conflict.message[console.language])" + (expected.isEmpty ? "" : " (\(expected))")
                text += "  \(line.printable)\n"
            }
        }
        text += console.styled("\n\(console("两条记录的版本", "seen")) \(merge.seen)\n", .dim)
        return text
    }
}
