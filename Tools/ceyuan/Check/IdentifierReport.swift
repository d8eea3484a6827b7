import DomainModel

/// Checks values one by one and prints what came out.
///
/// CSV and JSON are written as the values come, so that memory does not grow with them; a table waits for all of its
/// rows.
struct IdentifierReport {
    /// The number of values.
    private(set) var total = 0
    /// The number of values that are not valid.
    private(set) var invalid = 0

    private let kinds: [IdentifierKind]
    private let day: CivilDate
    private let console: Console
    private var isSingle = false
    private var rows: [CheckedValue] = []
    private var output = ByteOutput()

    init(_ kinds: [IdentifierKind], on day: CivilDate, to console: Console) {
        self.kinds = kinds
        self.day = day
        self.console = console
    }

    /// Begins the output; a single value is shown as a sheet with its parts.
    mutating func begin(isSingle: Bool) throws {
        self.isSingle = isSingle
        if console.format == .csv { try output.write("value,verdict,code,hint\r\n") }
        if console.format == .json { try output.write("{\n  \"items\" : [") }
    }

    /// Checks a value and prints it.
    mutating func add(_ value: [UInt8]) throws {
        total += 1
        switch console.format {
        case .csv: try addRecord(value)
        case .json:
            let checked = CheckedValue(value, kinds, on: day)
            if checked.code != nil { invalid += 1 }
            let item = try JSONText.text(checked).split(separator: "\n").joined(separator: "\n    ")
            try output.write((total == 1 ? "\n    " : ",\n    ") + item)
        case .table:
            rows.append(CheckedValue(value, kinds, on: day))
            if rows[rows.count - 1].code != nil { invalid += 1 }
        }
    }

    /// Ends the output.
    mutating func end() throws {
        switch console.format {
        case .csv: break
        case .json: try output.write(total == 0 ? "]\n}\n" : "\n  ]\n}\n")
        case .table where isSingle: try showSheet()
        case .table where rows.isEmpty: console.remark(console("没有要校验的值。", "There is nothing to check."))
        case .table: try console.table(rows)
        }
        try output.flush()
        if !isSingle, invalid > 0 {
            console.remark(console("\(total) 个值中有 \(invalid) 个无效。", "\(invalid) of \(total) values are invalid."))
        }
    }

    /// A record of CSV with the bytes of the value as they are. Source: RFC 4180 §2.
    private mutating func addRecord(_ value: [UInt8]) throws {
        // A valid value needs no words, and most are valid.
        if kinds.count == 1, let kind = kinds.first {
            let verdict = kind.check(utf8: value, on: day)
            try output.write(field: value)
            guard let fault = verdict.fault else { return try output.write(",valid,,\r\n") }
            invalid += 1
            return try end(record: fault.code, Self.told(fault.message, verdict.hint)[console.language])
        }
        let checked = CheckedValue(value, kinds, on: day)
        try output.write(field: value)
        if checked.code != nil {
            invalid += 1
            return try end(record: checked.code ?? "", checked.hint[console.language])
        }
        try output.write(",valid,,")
        try output.write(field: Array(checked.hint[console.language].utf8))
        try output.write("\r\n")
    }

    private mutating func end(record code: String, _ hint: String) throws {
        try output.write(",invalid,\(code),")
        try output.write(field: Array(hint.utf8))
        try output.write("\r\n")
    }

    /// The hint; where there is none, what is wrong.
    private static func told(_ message: LocalizedText, _ hint: LocalizedText) -> LocalizedText {
        hint.en.isEmpty ? message : hint
    }

    private func showSheet() throws {
        guard let row = rows.first else { return }
        var sheet = Sheet()
        for column in CheckedValue.listing where column.places.contains(.sheet) {
            sheet.add(column.title[console.language], column.text(row, console.language), style: column.style?(row))
        }
        for part in row.parts { sheet.add(part.name[console.language], part.value[console.language]) }
        try console.write(sheet.text(for: console))
    }
}
