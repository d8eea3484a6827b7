public import DomainModel
import Tabular

/// A row of a file of records, read column by column; what cannot be read is noted as a conflict.
///
/// Reading goes on after a conflict, so that a row tells all that is wrong with it at once.
public struct RecordRow: Sendable {
    /// The line of the file that the row begins in; 1 is the first.
    public let line: Int
    /// The row as a spreadsheet counts it; 1 is the header.
    public let row: Int
    /// What is wrong with the row.
    public private(set) var conflicts: [Conflict] = []

    let header: TableHeader
    let cells: [String]

    init(line: Int, row: Int, header: TableHeader, cells: [String]) {
        self.line = line
        self.row = row
        self.header = header
        self.cells = cells
    }

    /// A cell exactly as it stands; empty when the file does not have the column.
    public func printed(_ field: String) -> String {
        guard let column = header.index(of: field), column < cells.count else { return "" }
        return cells[column]
    }

    /// A cell without blanks around it, or `nil` when it is empty.
    public func optional(_ field: String) -> String? {
        let text = printed(field)
        guard text.first?.isWhitespace == true || text.last?.isWhitespace == true else {
            return text.isEmpty ? nil : text
        }
        var trimmed = text[...].drop(while: \.isWhitespace)
        while trimmed.last?.isWhitespace == true { trimmed.removeLast() }
        return trimmed.isEmpty ? nil : String(trimmed)
    }

    /// A cell that must not be empty.
    public mutating func required(_ field: String) -> String? {
        let text = optional(field)
        if text == nil { note(.fieldMissing, field) }
        return text
    }

    /// A code that must not be empty: letters and digits of ASCII, dots, hyphens and underscores, at most 100.
    public mutating func code(_ field: String) -> String? {
        guard let text = required(field) else { return nil }
        let isCode =
            text.utf8.count <= 100
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
        if isCode { return text }
        let expected = LocalizedText(
            zh: "至多 100 个英文字母、数字、“.”“-”“_”",
            en: "at most 100 letters and digits of ASCII, dots, hyphens and underscores"
        )
        note(.fieldInvalid, field, expected: expected)
        return nil
    }

    /// A decimal number, or `nil` when the cell is empty.
    public mutating func decimal(_ field: String) -> ExactDecimal? {
        guard let text = optional(field) else { return nil }
        if let value = ExactDecimal(text) { return value }
        let digits = text.drop { $0 == "-" || $0 == "+" }
        let isLong =
            digits.count > ExactDecimal.maximumScale && digits.allSatisfy { $0.isASCII && $0.isNumber || $0 == "." }
        note(isLong ? .valueOutOfRange : .valueNotNumber, field)
        return nil
    }

    /// A year from 1900 to 2200, or `nil` when the cell is empty.
    public mutating func optionalYear(_ field: String) -> Int? {
        guard let text = optional(field) else { return nil }
        if text.utf8.count == 4, let year = Int(text), (1900...2200).contains(year) { return year }
        note(.fieldInvalid, field, expected: LocalizedText(zh: "四位年份，1900 至 2200", en: "a year from 1900 to 2200"))
        return nil
    }

    /// A year from 1900 to 2200.
    public mutating func year(_ field: String) -> Int? {
        required(field) == nil ? nil : optionalYear(field)
    }

    /// One of the values of an enumeration, or `nil` when the cell is empty.
    public mutating func optionalChoice<Value>(_ field: String, _ type: Value.Type) -> Value?
    where Value: CaseIterable & RawRepresentable<String> {
        choice(field, among: type.allCases.map { ($0.rawValue, $0) })
    }

    /// One of the values of an enumeration.
    public mutating func choice<Value>(_ field: String, _ type: Value.Type) -> Value?
    where Value: CaseIterable & RawRepresentable<String> {
        required(field) == nil ? nil : optionalChoice(field, type)
    }

    /// `yes` or `no`.
    public mutating func flag(_ field: String) -> Bool? {
        required(field) == nil ? nil : choice(field, among: [("yes", true), ("no", false)])
    }

    /// One of some named values, or `nil` when the cell is empty.
    public mutating func choice<Value>(_ field: String, among allowed: [(name: String, value: Value)]) -> Value? {
        guard let text = optional(field) else { return nil }
        if let found = allowed.first(where: { $0.name == text }) { return found.value }
        let names = allowed.map(\.name)
        let expected = LocalizedText(
            zh: names.joined(separator: "、") + " 之一",
            en: "one of " + names.joined(separator: ", ")
        )
        note(.fieldInvalid, field, expected: expected, nearest: nearestNames(to: text, among: names))
        return nil
    }

    /// The parts of a cell between semicolons, blanks around them taken away, empty ones left out.
    public func list(_ field: String) -> [String] {
        printed(field).split(separator: ";").compactMap { part in
            var text = part.drop(while: \.isWhitespace)
            while text.last?.isWhitespace == true { text.removeLast() }
            return text.isEmpty ? nil : String(text)
        }
    }

    /// Where the record stands that is read from the row.
    public var place: RecordPlace { RecordPlace(line: line, row: row, header: header) }

    /// Notes that a cell is not as it should be.
    public mutating func note(
        _ code: ConflictCode,
        _ field: String,
        expected: LocalizedText? = nil,
        nearest: [String] = []
    ) {
        let text = printed(field)
        conflicts.append(
            place.conflict(code, field, given: text.isEmpty ? nil : text, expected: expected, nearest: nearest)
        )
    }
}
