import DomainModel

/// What becomes of two records, as a page: their fields side by side, the statements, and what is in the way.
struct MergeSheet {
    let merge: RecordMerge
    let console: Console

    /// The lines of the page.
    var text: String {
        let arrow = "\(merge.absorbed) → \(merge.survivor)"
        var text = "\(console.styled(arrow, .bold)) · \(merge.kind.title[console.language])"
        if merge.isRehearsal { text += " · \(console("预演", "rehearsal"))" }
        text += "\n"
        if !merge.fields.isEmpty {
            text += "\n\(console.styled(console("不同的字段", "Fields that differ"), .bold))\n"
            text += console.text(of: merge.fields)
        }
        if !merge.statements.isEmpty {
            text += "\n\(console.styled(console("陈述", "Statements"), .bold))\n"
            text += console.text(of: merge.statements)
        }
        if !merge.conflicts.isEmpty {
            text += "\n\(console.styled(console("冲突", "In the way"), .bold))\n"
            for conflict in merge.conflicts {
                let place = conflict.field.map { "\($0): " } ?? ""
                let expected = conflict.expected[console.language]
                let line = "\(place)\(conflict.message[console.language])" + (expected.isEmpty ? "" : " (\(expected))")
                text += "  \(line.printable)\n"
            }
        }
        text += console.styled("\nseen \(merge.seen)\n", .dim)
        return text
    }
}
