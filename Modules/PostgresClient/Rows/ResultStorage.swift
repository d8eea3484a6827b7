import CLibPQ

/// Owns one `PGresult`, which rows share.
///
/// Unchecked: a `PGresult` is read-only after libpq has handed it out and may be read from any thread (libpq
/// documentation, "Behavior in Threaded Programs"); it is freed once, at the last reference.
final class ResultStorage: @unchecked Sendable {
    let pointer: OpaquePointer
    /// The statement, for error messages.
    let query: String
    let rowCount: Int
    let columnCount: Int

    init(_ pointer: OpaquePointer, query: String) {
        self.pointer = pointer
        self.query = query
        rowCount = Int(PQntuples(pointer))
        columnCount = Int(PQnfields(pointer))
    }

    deinit {
        PQclear(pointer)
    }

    var rows: [PostgresRow] { (0..<rowCount).map { PostgresRow(storage: self, index: $0) } }

    /// The row, or nil when there is none; several are an error with SQLSTATE 21000.
    func onlyRow() throws -> PostgresRow? {
        guard rowCount <= 1 else {
            throw PostgresError(
                .decoding,
                sqlState: .cardinalityViolation,
                query: query,
                reason: "\(rowCount) rows where at most one was expected"
            )
        }
        return rowCount == 0 ? nil : PostgresRow(storage: self, index: 0)
    }

    /// Rows that the command wrote, moved or returned; 0 for commands that do not count.
    var affectedRows: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

    /// The command's name, such as `SET` or `INSERT 0 1`.
    var commandTag: String { String(cString: PQcmdStatus(pointer)) }

    func name(of column: Int) -> String { PQfname(pointer, CInt(column)).map { String(cString: $0) } ?? "" }

    func index(of name: String) -> Int? { (0..<columnCount).first { self.name(of: $0) == name } }

    func typeOID(of column: Int) -> UInt32 { PQftype(pointer, CInt(column)) }

    /// The value's bytes, valid as long as the result; nil for NULL.
    func bytes(row: Int, column: Int) -> UnsafeRawBufferPointer? {
        guard PQgetisnull(pointer, CInt(row), CInt(column)) == 0 else {
            return nil
        }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(pointer, CInt(row), CInt(column)),
            count: Int(PQgetlength(pointer, CInt(row), CInt(column)))
        )
    }
}
