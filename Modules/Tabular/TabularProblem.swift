public import DomainModel

/// One thing that is wrong with the form of a file, found while reading it.
///
/// Problems are values: reading goes on after them. They arrive in the order of the file, each before the record
/// that it belongs to.
public struct TabularProblem: Sendable, Hashable {
    /// What is wrong.
    public let code: ConflictCode
    /// The line that the record begins in, or the line of the fault where that says more; 1 is the first.
    public let line: Int?
    /// The row as a spreadsheet numbers it.
    public let row: Int?
    /// The column of the file; 0 is the first.
    public let column: Int?
    /// The column's name in the header.
    public let field: String?
    /// What the file says there.
    public let given: String?
    /// What was expected, where more is known than the code says.
    public let expected: LocalizedText?
    /// Allowed names that come nearest to the given one.
    public let nearest: [String]

    /// Makes a problem of its parts.
    public init(
        code: ConflictCode,
        line: Int? = nil,
        row: Int? = nil,
        column: Int? = nil,
        field: String? = nil,
        given: String? = nil,
        expected: LocalizedText? = nil,
        nearest: [String] = []
    ) {
        self.code = code
        self.line = line
        self.row = row
        self.column = column
        self.field = field
        self.given = given
        self.expected = expected
        self.nearest = nearest
    }

    /// The problem as a conflict of a submission.
    ///
    /// - Parameter key: What the row is about, as far as it could be read.
    /// - Returns: The conflict, with the text of its code.
    public func conflict(key: Conflict.Key? = nil) -> Conflict {
        Conflict(
            code: code,
            line: line,
            row: row,
            column: column,
            field: field,
            given: given,
            expected: expected,
            nearest: nearest,
            key: key
        )
    }

    func naming(_ field: String?) -> TabularProblem {
        TabularProblem(
            code: code,
            line: line,
            row: row,
            column: column,
            field: field,
            given: given,
            expected: expected,
            nearest: nearest
        )
    }
}
