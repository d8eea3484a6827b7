import Tabular

/// What a cell of a file says, as a text.
struct CellText {
    /// Whether several values of a cell stand as JSON lists do, and not with semicolons between them.
    let isJSON: Bool

    /// The text of a cell without blanks at its ends; `nil` when nothing is left.
    ///
    /// An apostrophe that keeps a spreadsheet from taking a text for a formula is no part of it.
    func read(_ cell: UnsafeBufferPointer<UInt8>) -> String? {
        var cell = cell[...]
        if !isJSON, cell.first == UInt8(ascii: "'"), Self.isFormula(cell.dropFirst()) { cell = cell.dropFirst() }
        let text = String(decoding: cell, as: UTF8.self)
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return nil }
        return String(text[first...last])
    }

    /// The values of a cell that holds several: in JSON a list, elsewhere parts between semicolons, a backslash before one
    /// that is part of a value.
    func values(_ text: String) -> [String] {
        if isJSON {
            return text.unicodeScalars.split { $0.value == UInt32(TableColumns.listSeparator) }.map { String($0) }
        }
        var values: [String] = []
        var value = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                if character != ";", character != "；", character != "\\" { value.append("\\") }
                value.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == ";" || character == "；" {
                values.append(value)
                value = ""
            } else {
                value.append(character)
            }
        }
        if isEscaped { value.append("\\") }
        values.append(value)
        return values.compactMap { value in
            var value = value
            return value.withUTF8 { CellText(isJSON: true).read($0) }
        }
    }

    /// Several values as one cell that ``values(_:)`` reads again.
    static func joined(_ values: [String]) -> String {
        values.map { value in
            value.replacing("\\", with: "\\\\").replacing(";", with: "\\;").replacing("；", with: "\\；")
        }
        .joined(separator: "; ")
    }

    /// Whether a spreadsheet takes a text for a formula, as CSVWriter has it.
    private static func isFormula(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = String(decoding: text.prefix(4), as: UTF8.self).unicodeScalars.first else { return false }
        return "=+-@\t\r＝＋－＠".unicodeScalars.contains(first)
    }
}
