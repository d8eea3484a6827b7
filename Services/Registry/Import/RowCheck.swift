import Collection
import DomainModel
import Tabular

/// The row that a reader looks at: what its cells say, and what is wrong with them.
struct RowCheck {
    let cells: CellText
    /// Rows read, the header not counted.
    private(set) var rows: Int64 = 0
    /// Rows refused.
    private(set) var rejected: Int64 = 0
    /// What is wrong with the row.
    var found: [Conflict] = []

    private let conflicts: ConflictLog

    /// Keeps what is wrong with all rows in a log.
    init(isJSON: Bool, _ conflicts: ConflictLog) {
        cells = CellText(isJSON: isJSON)
        self.conflicts = conflicts
    }

    /// Begins with the next row.
    ///
    /// - Returns: Whether it can be read: behind a header that is wrong, rows are only counted.
    mutating func begin(_ record: borrowing TabularRecord) -> Bool {
        rows += 1
        found.removeAll(keepingCapacity: true)
        if !record.isDamaged, !conflicts.refusesWholeFile { return true }
        rejected += 1
        return false
    }

    /// Keeps what is wrong with the row.
    ///
    /// - Returns: Whether it may be staged.
    /// - Throws: An error of the file system.
    mutating func end() throws -> Bool {
        for conflict in found { try conflicts.append(conflict) }
        guard found.contains(where: { $0.severity == .error }) else { return true }
        rejected += 1
        return false
    }

    /// Says that something is wrong with a cell; with the row as a whole where the place is −1.
    mutating func note(_ conflict: Conflict, _ record: borrowing TabularRecord, _ place: Int) {
        found.append(conflict.at(line: record.line, row: record.row, column: place < 0 ? nil : place))
    }

    /// The day in a cell; one that is none is a conflict.
    mutating func day(_ field: String, _ record: borrowing TabularRecord, _ place: Int) -> CivilDate? {
        guard let text = cells.read(record[place]) else { return nil }
        if let day = CivilDate(written: text) { return day }
        let expected = FieldType.date.expected
        note(Conflict(code: .fieldType, field: field, given: text, expected: expected), record, place)
        return nil
    }

    /// Checks a cell that must say what the whole file is about, or nothing.
    mutating func expect(_ word: String, in field: String, _ record: borrowing TabularRecord, _ place: Int) {
        guard let given = cells.read(record[place]), given != word else { return }
        let expected = LocalizedText(zh: word, en: word)
        note(Conflict(code: .fieldInvalid, field: field, given: given, expected: expected), record, place)
    }
}
