/// Writes comma-separated values.
///
/// Fields with a comma, a quote, a line end, or blanks at an end are put in quotes; lines end with CRLF.
///
/// Source: RFC 4180 §2.
public struct CSVWriter: Sendable {
    /// What has been written.
    public private(set) var text = ""
    private let isFormulaSafe: Bool

    /// Makes an empty table.
    ///
    /// - Parameter formulaSafe: Whether a spreadsheet must not take a cell for a formula: cells that begin with
    ///   `=`, `+`, `-`, `@`, their full-width forms, a tab or a carriage return get an apostrophe in front, unless they
    ///   are plain numbers. Source: OWASP, "CSV Injection".
    public init(formulaSafe: Bool = false) {
        isFormulaSafe = formulaSafe
    }

    /// Writes a row.
    public mutating func append(_ cells: some Sequence<String>) {
        var isFirst = true
        for cell in cells {
            if !isFirst { text.append(",") }
            isFirst = false
            append(cell: isFormulaSafe ? Self.withoutFormula(cell) : cell)
        }
        text.append("\r\n")
    }

    /// Takes away what has been written so far, so that long tables can be written in parts.
    public mutating func take() -> String {
        let written = text
        text = ""
        return written
    }

    private mutating func append(cell: String) {
        let needsQuotes =
            cell.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
            || cell.first == " " || cell.last == " "
        guard needsQuotes else { return text.append(cell) }
        text.append("\"")
        for scalar in cell.unicodeScalars {
            if scalar == "\"" { text.append("\"") }
            text.unicodeScalars.append(scalar)
        }
        text.append("\"")
    }

    private static func withoutFormula(_ cell: String) -> String {
        guard let first = cell.unicodeScalars.first, "=+-@\t\r＝＋－＠".unicodeScalars.contains(first) else { return cell }
        return isPlainNumber(cell) ? cell : "'" + cell
    }

    private static func isPlainNumber(_ cell: String) -> Bool {
        var digits = 0
        var points = 0
        for byte in cell.utf8.dropFirst() {
            if byte == UInt8(ascii: ".") { points += 1 } else if byte &- 0x30 <= 9 { digits += 1 } else { return false }
        }
        return digits > 0 && points <= 1 && (cell.hasPrefix("-") || cell.hasPrefix("+"))
    }
}
