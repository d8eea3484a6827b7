/// The columns that a typed COPY writes to, and whether a value of a Swift type may go there.
struct CopyTarget: Sendable {
    struct Column: Sendable {
        let name: String
        let typeOID: UInt32
        let typeName: String
        /// True when the binary format of the type is its text: `text`, `varchar`, enums, `citext`, …
        let takesText: Bool
        let isComposite: Bool
        let isArrayOfComposite: Bool

        func takes(_ type: PostgresType) -> Bool {
            switch type.kind {
            case .named: type.oid == typeOID
            case .inferredText: takesText
            case .composite: isComposite
            case .arrayOfComposite: isArrayOfComposite
            }
        }
    }

    let sql: String
    let columns: [Column]

    /// Asks the server for the columns' types, domains being what they are made of.
    ///
    /// - Throws: ``PostgresError``: `encoding` for a column that the table does not have, 42P01 for a table that is not
    ///   there.
    init(
        table: String,
        columns names: [String],
        format: String,
        on connection: PostgresConnection
    ) async throws {
        let list = names.map(PostgresQuery.identifier).joined(separator: ", ")
        let sql = "COPY \(table) (\(list)) FROM STDIN (FORMAT \(format))"
        let rows = try await connection.query(
            """
            /* postgres_client.copy.columns */
            WITH RECURSIVE resolved AS (
                SELECT asked.name, asked.position, attribute.atttypid AS type
                FROM unnest(\(names)) WITH ORDINALITY AS asked (name, position)
                LEFT JOIN pg_catalog.pg_attribute AS attribute
                ON attribute.attrelid = \(table)::regclass AND attribute.attname = asked.name
                    AND attribute.attnum > 0 AND NOT attribute.attisdropped
                UNION ALL
                SELECT resolved.name, resolved.position, domain.typbasetype
                FROM resolved JOIN pg_catalog.pg_type AS domain ON domain.oid = resolved.type
                WHERE domain.typtype = 'd'
            )
            SELECT resolved.name, resolved.type, pg_catalog.format_type(resolved.type, NULL),
                found.typreceive::text IN
                    ('textrecv', 'varcharrecv', 'bpcharrecv', 'namerecv', 'json_recv', 'xml_recv', 'enum_recv'),
                found.typtype = 'c', found.typcategory = 'A' AND element.typtype IS NOT DISTINCT FROM 'c'
            FROM resolved LEFT JOIN pg_catalog.pg_type AS found ON found.oid = resolved.type
            LEFT JOIN pg_catalog.pg_type AS element ON element.oid = found.typelem
            WHERE found.typtype IS DISTINCT FROM 'd' ORDER BY resolved.position
            """
        )
        self.sql = sql
        columns = try rows.map { row in
            let (name, type, typeName, takesText, isComposite, isArrayOfComposite) = try row.decode(
                (String, Int64?, String?, Bool?, Bool?, Bool?).self
            )
            guard let type, let typeName, let takesText, let isComposite, let isArrayOfComposite else {
                throw PostgresError(.encoding, reason: "\(table) has no column \(name)").about(sql)
            }
            return Column(
                name: name,
                typeOID: UInt32(type),
                typeName: typeName,
                takesText: takesText,
                isComposite: isComposite,
                isArrayOfComposite: isArrayOfComposite
            )
        }
    }

    /// Refuses a value whose bytes the column would not understand, or would understand wrongly.
    func check<T: PostgresEncodable>(_ type: T.Type, at index: Int) throws {
        guard index < columns.count else {
            throw wrongCount(more: true)
        }
        let column = columns[index]
        guard column.takes(T.postgresType) else {
            throw PostgresError(
                .encoding,
                query: sql,
                reason: "column \(column.name) is \(column.typeName), which \(T.self) is not sent as;"
                    + " give the Swift type for it, or COPY into a staging table"
            )
        }
    }

    func wrongCount(more: Bool) -> PostgresError {
        PostgresError(
            .encoding,
            query: sql,
            reason: "a row has \(columns.count) columns, \(more ? "more" : "fewer") values were given"
        )
    }
}

extension PostgresQuery {
    /// A name as SQL takes it whatever its characters: in double quotes, with those inside doubled.
    ///
    /// For `\(unescaped:)`, where a name is data: `SELECT * FROM \(unescaped: PostgresQuery.identifier(name))`.
    public static func identifier(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
