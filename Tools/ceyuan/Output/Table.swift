import DomainModel

/// A table for people: columns aligned by what a terminal shows, not by counts of characters.
struct Table {
    /// A heading and how its column is set.
    struct Heading {
        let title: String
        /// Numbers stand right.
        let isNumeric: Bool
        /// Whether a narrow terminal may cut its cells: neither numbers nor codes.
        let isFlexible: Bool
    }

    /// A cell: text, and how it stands out.
    struct Cell {
        let text: String
        let style: Style?

        init(_ text: String, style: Style? = nil) {
            self.text = text.printable
            self.style = style
        }
    }

    /// Between columns.
    private static let gap = "  "
    /// The least that a column is narrowed to.
    private static let narrowest = 8

    let headings: [Heading]
    let rows: [[Cell]]

    /// The lines of the table, each ended by a newline; without a width of the console nothing is cut.
    func text(for console: Console) -> String {
        let widths = widths(fitting: console.width)
        var text = line(headings.map { Cell($0.title, style: .bold) }, widths, console)
        text +=
            console.styled(widths.map { String(repeating: "─", count: $0) }.joined(separator: Self.gap), .dim) + "\n"
        for row in rows { text += line(row, widths, console) }
        return text
    }

    private func line(_ cells: [Cell], _ widths: [Int], _ console: Console) -> String {
        var line = ""
        var pending = ""
        for (index, cell) in cells.enumerated() {
            let text = cell.text.truncated(toWidth: widths[index])
            let fill = String(repeating: " ", count: widths[index] - text.displayWidth)
            if index > 0 { pending += Self.gap }
            // Blanks are held back until something follows them: no line ends in blanks.
            if headings[index].isNumeric { pending += fill }
            if !text.isEmpty {
                line += pending + console.styled(text, cell.style)
                pending = ""
            }
            if !headings[index].isNumeric { pending += fill }
        }
        return line + "\n"
    }

    /// The widths of the columns: what the widest cell needs, and where that is too much, the widest text columns
    /// give way first.
    func widths(fitting limit: Int?) -> [Int] {
        var widths = headings.map(\.title.displayWidth)
        for row in rows {
            for (index, cell) in row.enumerated() { widths[index] = max(widths[index], cell.text.displayWidth) }
        }
        guard let limit else { return widths }
        let gaps = Self.gap.count * max(0, headings.count - 1)
        var excess = widths.reduce(gaps, +) - limit
        while excess > 0 {
            let flexible = widths.indices.filter { headings[$0].isFlexible && widths[$0] > Self.narrowest }
            guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }
}

/// Names and values below each other, for one thing rather than many.
struct Sheet {
    var rows: [(name: String, cell: Table.Cell)] = []

    mutating func add(_ name: String, _ value: String?, style: Style? = nil) {
        if let value, !value.isEmpty { rows.append((name, Table.Cell(value, style: style))) }
    }

    /// The lines, values standing in one column.
    func text(for console: Console) -> String {
        let width = rows.map(\.name.displayWidth).max() ?? 0
        return rows.map { name, cell in
            let fill = String(repeating: " ", count: width - name.displayWidth)
            return "\(console.styled(name, .dim))\(fill)  \(console.styled(cell.text, cell.style))\n"
        }.joined()
    }
}
