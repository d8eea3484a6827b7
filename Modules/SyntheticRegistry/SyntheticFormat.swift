public import DomainModel

/// The forms in which a made-up population is written.
public enum SyntheticFormat: String, Sendable, CaseIterable {
    /// An object a line: `key`, `kind`, `from`, `attributes`; of statements `type`, `subject`, `object`, `term`, `share`,
    /// `from`, `until`, `attributes`. What is absent is left out.
    case ndjson
    /// A row a record, with a header: `key`, `from` and the fields of its kind; of statements `subject`, `object`, `term`,
    /// `share`, `from`, `until` and the fields of their kind. Several values stand with `; ` between them.
    case csv

    /// The name of the file of a kind of record.
    public func file(of kind: RegistryKind) -> String { "\(kind.rawValue).\(rawValue)" }

    /// The name of the file of a kind of statement.
    public func file(ofStatement type: String) -> String { "statement.\(type).\(rawValue)" }

    /// The first line of a file of records; empty where there is none.
    func header(of kind: RegistryKind, _ model: RecordModel) -> [UInt8] {
        header(["key", "from"] + model.fields(of: kind).map(\.code))
    }

    /// The first line of a file of statements; empty where there is none.
    func header(ofStatement type: String, _ model: RecordModel) -> [UInt8] {
        // A field may be called as a column is: then it stands as in the object of an NDJSON line.
        let fixed = ["subject", "object", "term", "share", "from", "until"]
        let fields = model.statement(type)?.fields.map(\.code) ?? []
        return header(fixed + fields.map { fixed.contains($0) ? "attributes.\($0)" : $0 })
    }

    private func header(_ columns: [String]) -> [UInt8] {
        self == .csv ? Array((columns.joined(separator: ",") + "\n").utf8) : []
    }

    /// Writes a record as one line.
    func write(_ entry: SyntheticEntry, _ fields: [FieldDefinition], to bytes: inout [UInt8]) {
        switch self {
        case .ndjson:
            bytes +=
                "{\"key\":\"\(entry.key)\",\"kind\":\"\(entry.kind.rawValue)\",\"from\":\"\(entry.from.isoText)\",".utf8
            JSONLine.write(entry.values, to: &bytes)
        case .csv:
            bytes += "\(entry.key),\(entry.from.isoText)".utf8
            CSVLine.write(entry.values, fields, to: &bytes)
        }
    }

    /// Writes a statement as one line.
    func write(_ statement: SyntheticStatement, _ fields: [FieldDefinition], to bytes: inout [UInt8]) {
        let others = [
            ("object", statement.object), ("term", statement.term), ("share", statement.share),
            ("from", statement.from?.isoText), ("until", statement.until?.isoText),
        ]
        switch self {
        case .ndjson:
            bytes += "{\"type\":\"\(statement.type)\",\"subject\":\"\(statement.subject)\",".utf8
            for case (let name, let value?) in others { bytes += "\"\(name)\":\"\(value)\",".utf8 }
            JSONLine.write(statement.values, to: &bytes)
        case .csv:
            bytes += statement.subject.utf8
            for (_, value) in others { bytes += ("," + (value ?? "")).utf8 }
            CSVLine.write(statement.values, fields, to: &bytes)
        }
    }
}

/// Values as the member `attributes` of an object, and its end.
private enum JSONLine {
    static func write(_ values: SyntheticValues, to bytes: inout [UInt8]) {
        bytes += "\"attributes\":{".utf8
        for (place, value) in values.enumerated() {
            bytes += "\(place == 0 ? "" : ",")\"\(value.code)\":".utf8
            write(value.value, to: &bytes)
        }
        bytes += "}}\n".utf8
    }

    private static func write(_ value: AttributeValue, to bytes: inout [UInt8]) {
        switch value {
        case .text(let text): JSONString.append(text, to: &bytes)
        case .integer(let number): bytes += String(number).utf8
        case .boolean(let isTrue): bytes += (isTrue ? "true" : "false").utf8
        case .list(let values):
            bytes.append(UInt8(ascii: "["))
            for (place, value) in values.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                write(value, to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        }
    }
}

/// Values in the columns of fields, and the end of the row. Source: RFC 4180 §2.
private enum CSVLine {
    static func write(_ values: SyntheticValues, _ fields: [FieldDefinition], to bytes: inout [UInt8]) {
        for field in fields {
            bytes.append(UInt8(ascii: ","))
            guard let value = values.first(where: { $0.code == field.code })?.value.spelling else { continue }
            if value.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A }) {
                bytes += ("\"" + value.replacing("\"", with: "\"\"") + "\"").utf8
            } else {
                bytes += value.utf8
            }
        }
        bytes.append(0x0A)
    }
}
