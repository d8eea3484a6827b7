import DomainModel

/// A record's page as a person likes to read it.
struct RecordSheet {
    let page: RecordPage
    let model: RecordModel
    let words: RecordWords
    let console: Console

    /// In place of what is shown for a named purpose alone.
    static let mask = "•••"

    /// The lines of the page; nothing but texts without blanks is wider than the console.
    var text: String {
        var text = head
        let fields = fieldGroups
        let width = fields.flatMap(\.rows).map(\.name.displayWidth).max() ?? 0
        for group in fields {
            text += "\n\(console.styled(group.title, .bold))\n"
            for row in group.rows { text += line(row, width) }
        }
        text += derivedFacts + statementTables
        for note in notes { text += "\n\(console.styled(note, .dim))\n" }
        return text
    }

    private var head: String {
        let record = page.record
        let names = record.names
        let title = names.first ?? record.key
        var lines = [console.styled(title.printable, .bold)]
        if names.count > 1 { lines[0] += "  " + names.dropFirst().joined(separator: " · ").printable }
        var about = [
            "\(record.kind.title[console.language]) \(record.key)",
            console.styled(record.state.title[console.language], record.state.style),
        ]
        if let key = record.mergedInto { about.append("→ \(key)") }
        if let day = record.from { about.append(console("自 \(day.isoText)", "since \(day.isoText)")) }
        if let day = record.until { about.append(console("至 \(day.isoText)", "until \(day.isoText)")) }
        lines.append(about.joined(separator: " · "))
        let recorded = record.recorded
        let source = recorded.source.map { " [\($0.file) \($0.locator)]" } ?? ""
        let reason = recorded.reason.isEmpty ? "" : console("：", ": ") + recorded.reason
        let said = console(
            "\(recorded.at.shortDescription) 由 \(recorded.principal) 记录\(reason)\(source)",
            "recorded \(recorded.at.shortDescription) by \(recorded.principal)\(reason)\(source)"
        )
        lines += said.printable.wrapped(toWidth: console.width ?? .max).map { console.styled($0, .dim) }
        return lines.joined(separator: "\n") + "\n"
    }

    private typealias Row = (name: String, value: String)

    private var fieldGroups: [(title: String, rows: [Row])] {
        var groups: [(title: String, rows: [Row])] = []
        for group in FieldGroup.allCases {
            let fields = model.fields(of: page.record.kind).filter { FieldGroup($0) == group }
            let rows = fields.compactMap(row)
            if !rows.isEmpty { groups.append((group.title[console.language], rows)) }
        }
        return groups
    }

    private func row(_ field: FieldDefinition) -> Row? {
        let label = field.label[console.language]
        if page.record.masked.contains(field.code) {
            return (label, RecordWords.mask(page.record.masks[field.code], console.language))
        }
        guard let value = page.record.attributes[field.code] else { return nil }
        return (label, words.spelling(of: value, field, console.language))
    }

    private func line(_ row: Row, _ width: Int) -> String {
        let fill = String(repeating: " ", count: width - row.name.displayWidth)
        let room = console.width.map { max(16, $0 - width - 4) } ?? .max
        let lines = row.value.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { String($0).printable.wrapped(toWidth: room) }
        let indent = "\n" + String(repeating: " ", count: width + 4)
        return "  \(console.styled(row.name, .dim))\(fill)  \(lines.joined(separator: indent))\n"
    }

    private var notes: [String] {
        let key = page.record.key
        var notes: [String] = []
        let masked = page.record.masked + (page.statements + page.incoming).flatMap(\.masked)
        if !page.record.masked.isEmpty {
            notes.append(
                console(
                    "\(Self.mask) 与 * 处须以 --purpose 注明目的方可显示",
                    "What stands behind \(Self.mask) and * is shown for a purpose: --purpose TEXT"
                )
            )
        } else if !masked.isEmpty {
            notes.append(console("\(Self.mask) 为个人信息，此处不显示", "\(Self.mask) is personal and not shown here"))
        }
        if page.isPartial {
            notes.append(
                console(
                    "此处未列全：ceyuan statement list --subject \(key)，或 --object \(key)",
                    "There is more: ceyuan statement list --subject \(key), or --object \(key)"
                )
            )
        }
        return notes
    }
}
