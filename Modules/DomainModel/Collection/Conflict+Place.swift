extension Conflict {
    /// The same conflict at a cell of a file.
    ///
    /// - Parameters:
    ///   - line: The line that the row begins in.
    ///   - row: The row as a spreadsheet counts it.
    ///   - column: The column, 0 the first; `nil` where the file does not have it.
    /// - Returns: The conflict with its place.
    public func at(line: Int, row: Int, column: Int?) -> Conflict {
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
}
