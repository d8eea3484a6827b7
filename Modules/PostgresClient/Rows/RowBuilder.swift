import CLibPQ

/// Makes rows that come another way than as a query's result: those of a binary COPY.
struct RowBuilder: ~Copyable {
    /// The name and type of a column.
    struct Column: Sendable {
        let name: String
        let typeOID: UInt32
    }

    private let template: ResultStorage
    private var result: OpaquePointer?
    /// The rows begun.
    private var rowCount: CInt = 0

    /// A builder for rows with the columns of the template.
    ///
    /// - Throws: ``PostgresError`` when no memory is left.
    init(like template: ResultStorage) throws {
        self.template = template
        result = PQcopyResult(template.pointer, PG_COPYRES_ATTRS)
        guard result != nil else {
            throw Self.outOfMemory(template.query)
        }
    }

    deinit {
        PQclear(result)
    }

    mutating func startRow() { rowCount += 1 }

    /// Copies a value into the row begun last; nil is NULL. Columns go from 0, in order.
    mutating func set(_ column: Int, to value: UnsafeRawBufferPointer?) throws {
        // libpq copies the bytes. It takes a null pointer for NULL, which a part of a larger value never has.
        let isSet = PQsetvalue(
            result,
            rowCount - 1,
            CInt(column),
            value?.baseAddress.map { UnsafeMutablePointer(mutating: $0.assumingMemoryBound(to: CChar.self)) },
            value.map { CInt($0.count) } ?? -1
        )
        guard isSet != 0 else {
            throw Self.outOfMemory(template.query)
        }
    }

    /// The rows; the builder is empty afterwards and takes no more.
    mutating func finish() -> [PostgresRow] {
        guard let result, rowCount > 0 else {
            return []
        }
        self.result = nil
        return ResultStorage(result, query: template.query).rows
    }

    private static func outOfMemory(_ query: String) -> PostgresError {
        PostgresError(.protocolState, query: query, reason: "no memory is left for rows")
    }

    /// A result with columns and without rows.
    ///
    /// - Throws: ``PostgresError`` when no memory is left.
    static func template(_ columns: [Column], query: String) throws -> ResultStorage {
        guard let result = PQmakeEmptyPGresult(nil, PGRES_TUPLES_OK) else {
            throw outOfMemory(query)
        }
        let names = columns.map { Array($0.name.utf8CString) }
        var flat = names.flatMap { $0 }
        let isSet = flat.withUnsafeMutableBufferPointer { bytes in
            var offset = 0
            var attributes: [PGresAttDesc] = []
            for (column, name) in zip(columns, names) {
                var attribute = PGresAttDesc()
                // libpq copies the name.
                attribute.name = bytes.baseAddress.map { $0 + offset }
                attribute.format = 1
                attribute.typid = column.typeOID
                attributes.append(attribute)
                offset += name.count
            }
            return attributes.isEmpty || PQsetResultAttrs(result, CInt(attributes.count), &attributes) != 0
        }
        guard isSet else {
            PQclear(result)
            throw outOfMemory(query)
        }
        return ResultStorage(result, query: query)
    }
}
