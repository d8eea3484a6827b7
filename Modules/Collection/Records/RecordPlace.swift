public import DomainModel
import Tabular

/// The row that a record was read from, for what is found to be wrong with it later.
public struct RecordPlace: Sendable {
    /// The line of the file that the row begins in; 1 is the first.
    public let line: Int
    /// The row as a spreadsheet counts it; 1 is the header.
    public let row: Int

    let header: TableHeader

    /// A conflict at a cell of the row.
    public func conflict(
        _ code: ConflictCode,
        _ field: String,
        given: String?,
        expected: LocalizedText? = nil,
        nearest: [String] = []
    ) -> Conflict {
        Conflict(
            code: code,
            line: line,
            row: row,
            column: header.index(of: field),
            field: field,
            given: given,
            expected: expected,
            nearest: nearest
        )
    }
}
