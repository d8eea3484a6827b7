/// A row of a result. Rows of one result share its memory; nothing is copied until a value is decoded.
public struct PostgresRow: Sendable {
    let storage: ResultStorage
    let index: Int

    /// The number of columns.
    public var count: Int { storage.columnCount }

    /// The names of the columns, in order.
    public var columnNames: [String] { (0..<count).map(storage.name(of:)) }

    /// Decodes all columns, in order.
    ///
    /// ```swift
    /// let (id, name, closedOn) = try row.decode((Int, String, PostgresDate?).self)
    /// let total = try row.decode(Int.self)
    /// ```
    ///
    /// - Throws: ``PostgresError`` with code `decoding` when the number of columns differs, or a value is NULL, of
    ///   another type or out of range; it names the column, the types asked for and the statement's marker, and its
    ///   ``PostgresError/debugDescription`` has the SQL. The data are in neither.
    public func decode<each T: PostgresDecodable>(
        _ type: (repeat each T).Type = (repeat each T).self
    ) throws -> (repeat each T) {
        var expected = 0
        for _ in repeat (each T).self {
            expected += 1
        }
        guard expected == count else {
            throw PostgresError(
                .decoding,
                query: storage.query,
                reason:
                    "\(expected) columns asked for as \(type), \(count) returned (\(columnNames.joined(separator: ", ")))"
            )
        }
        var column = -1
        func next<U: PostgresDecodable>(_: U.Type) throws -> U {
            column += 1
            return try U(from: cell(at: column))
        }
        do {
            return (repeat try next((each T).self))
        } catch let error as PostgresError where error.code == .decoding {
            throw error.explained("column \(column + 1) of a row decoded as \(type)")
        }
    }

    /// Decodes the only column.
    ///
    /// - Throws: ``PostgresError`` with code `decoding`, also when there are several columns.
    public func decode<T: PostgresDecodable>(_ type: T.Type = T.self) throws -> T {
        guard count == 1 else {
            throw PostgresError(
                .decoding,
                query: storage.query,
                reason: "1 column asked for as \(type), \(count) returned"
            )
        }
        return try T(from: cell(at: 0))
    }

    /// Decodes the column of a name (the first one, when several have it).
    ///
    /// - Throws: ``PostgresError`` with code `decoding`, also when there is no such column.
    public func decode<T: PostgresDecodable>(column name: String, as type: T.Type = T.self) throws -> T {
        guard let cell = self[name] else {
            throw PostgresError(
                .decoding,
                query: storage.query,
                reason: "no column \(name) among \(columnNames.joined(separator: ", "))"
            )
        }
        return try T(from: cell)
    }

    /// The cell of the column of a name, or nil when there is no such column.
    public subscript(name: String) -> PostgresCell? { storage.index(of: name).map(cell(at:)) }

    /// The cell at a position, from 0 to ``count`` - 1; another position ends the process.
    public func cell(at column: Int) -> PostgresCell {
        precondition((0..<count).contains(column), "no such column")
        return PostgresCell(
            storage: storage,
            column: column,
            typeOID: storage.typeOID(of: column),
            value: storage.bytes(row: index, column: column)
        )
    }
}
