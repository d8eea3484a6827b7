import DomainModel
import Tabular

/// The records of a file, and what is wrong with it as far as the file alone tells.
struct RecordFile<Record: Sendable> {
    /// What was read.
    private(set) var contents = RecordSchema<Record>.Contents(records: [], refusedKeys: [])
    /// What is wrong, in the order of the file.
    private(set) var conflicts: [Conflict] = []
    /// Rows that hold, or should hold, a record of the kind.
    private(set) var rows: Int64 = 0
    /// Rows that say again what another row says.
    private(set) var duplicates: Int64 = 0

    private let schema: RecordSchema<Record>
    private var firstRows: [[String]: RecordRow] = [:]
    private var isReadable = true

    /// Reads a file.
    ///
    /// - Throws: `TabularReader.FileFailure` when the file system refuses.
    init(path: String, format: TabularFormat, schema: RecordSchema<Record>) throws {
        self.schema = schema
        let columns = TableColumns(required: schema.columns, optional: schema.kept)
        let reader = try TabularReader(path: path, format: format, columns: columns)
        try reader.readAll { record in
            guard let header = reader.header else { return }
            take(record, header)
        } problem: { problem in
            if problem.code.concernsWholeFile { isReadable = false }
            conflicts.append(problem.conflict())
        }
    }

    private mutating func take(_ record: borrowing TabularRecord, _ header: TableHeader) {
        // Without its columns a row says nothing; a damaged row has its conflict already.
        guard isReadable, !record.isDamaged else {
            rows += 1
            return
        }
        let cells = (0..<record.count).map { record.text($0) }
        var row = RecordRow(line: record.line, row: record.row, header: header, cells: cells)
        let reading = schema.read(&row)
        conflicts += row.conflicts
        switch reading {
        case .outside: return
        case .unreadable:
            rows += 1
            contents.refusedKeys.append(key(of: row))
        case .record(let record):
            rows += 1
            if row.conflicts.contains(where: { $0.severity == .error }) {
                contents.refusedKeys.append(key(of: row))
            } else if !isRepeated(row) {
                contents.records.append(RecordSchema.Settled(record: record, place: row.place))
            }
        }
    }

    private func key(of row: RecordRow) -> [String] {
        schema.keyColumns.map { row.optional($0) ?? "" }
    }

    private mutating func isRepeated(_ row: RecordRow) -> Bool {
        let key = key(of: row)
        guard let first = firstRows.updateValue(row, forKey: key) else { return false }
        firstRows[key] = first
        let differing = schema.columns.first { row.printed($0) != first.printed($0) }
        guard let differing else {
            duplicates += 1
            if schema.repetition == .isFault { note(.duplicateSame, schema.keyColumns[0], row, first) }
            return true
        }
        switch schema.repetition {
        case .isFault: note(.recordDuplicate, schema.keyColumns[0], row, first)
        case .isOrdinary: note(.definitionContradicts, differing, row, first)
        }
        return true
    }

    private mutating func note(_ code: ConflictCode, _ field: String, _ row: RecordRow, _ first: RecordRow) {
        let expected =
            code == .definitionContradicts
            ? LocalizedText(
                zh: "与第 \(first.line) 行相同：“\(first.printed(field))”",
                en: "as in line \(first.line): “\(first.printed(field))”"
            )
            : LocalizedText(
                zh: "每个代码一行；第 \(first.line) 行已有",
                en: "one row a code; line \(first.line) has it already"
            )
        conflicts.append(row.place.conflict(code, field, given: row.printed(field), expected: expected))
    }
}
