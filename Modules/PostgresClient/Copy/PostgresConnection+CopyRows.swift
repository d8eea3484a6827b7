extension PostgresConnection {
    /// Loads typed rows with a binary COPY, the fastest way in.
    ///
    /// ```swift
    /// let count = try await connection.copyRows(into: "region", columns: ["code", "name", "area"]) { writer in
    ///     for region in regions {
    ///         try await writer.write(region.code, region.name, region.area)
    ///     }
    /// }
    /// ```
    ///
    /// The types are checked before anything wrong is sent: a value must be of its column's very type (`Int32` for
    /// `integer`, `Int` for `bigint`, ``PostgresNumeric`` for `numeric`); texts go into text columns and enums. When the
    /// body throws, the COPY is aborted, no row of it stays, and the connection is usable again.
    ///
    /// - Parameters:
    ///   - table: The table's name as SQL takes it, with its schema and quotes if need be. SQL: never data.
    ///   - columns: The columns' names, without quotes.
    ///   - body: Writes the rows.
    /// - Returns: The number of rows loaded.
    /// - Throws: What the body throws, or ``PostgresError``: `encoding` for unknown columns.
    @discardableResult
    public nonisolated func copyRows(
        into table: String,
        columns: [String],
        _ body: (inout PostgresRowWriter) async throws -> Void
    ) async throws -> Int {
        let target = try await CopyTarget(table: table, columns: columns, format: "binary", on: self)
        return try await copyIn(target.sql) { raw in
            var writer = PostgresRowWriter(target, raw)
            try await body(&writer)
            try await writer.finish()
        }
    }

    /// Reads the rows of a query with a binary COPY, which come in pieces of 64 KB rather than one by one.
    ///
    /// ```swift
    /// for try await row in try await connection.copyRows(of: "SELECT code, name FROM region") {
    ///     let (code, name) = try row.decode((String, String).self)
    /// }
    /// ```
    ///
    /// The rules of ``stream(_:)`` about order, memory and leaving early hold here too. The types of the columns are
    /// asked for just before; where tables may change meanwhile, use a transaction.
    ///
    /// - Parameter query: A `SELECT`, `VALUES` or `TABLE` without binds (COPY takes none) and without a semicolon.
    /// - Returns: The rows, to be read once.
    /// - Throws: ``PostgresError``, `encoding` when the query has binds.
    public nonisolated func copyRows(of query: PostgresQuery) async throws -> PostgresCopyRowSequence {
        let sql = try Self.withoutBinds(query)
        // One row of NULLs: the server plans the query but does not run it.
        let probe = try await self.query(
            PostgresQuery(
                sql: """
                    /* postgres_client.copy.types */
                    SELECT asked.* FROM (SELECT) AS one LEFT JOIN (\(sql)
                    ) AS asked ON false
                    """
            )
        )
        let columns = (probe.first.map { row in (0..<row.count).map(row.cell(at:)) } ?? []).map {
            RowBuilder.Column(name: $0.columnName, typeOID: $0.typeOID)
        }
        return PostgresCopyRowSequence(
            chunks: try await copyOut("COPY (\(sql)\n) TO STDOUT (FORMAT binary)"),
            template: try RowBuilder.template(columns, query: sql)
        )
    }

    /// Loads rows of texts with a text COPY: where the server is to read the values, as it reads literals.
    ///
    /// ```swift
    /// try await connection.copyTexts(into: "region", columns: ["code", "area"]) { writer in
    ///     try await writer.write(["330110", "942.27"])
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - table: The table's name as SQL takes it, with its schema and quotes if need be. SQL: never data.
    ///   - columns: The columns' names, without quotes.
    ///   - body: Writes the rows.
    /// - Returns: The number of rows loaded.
    /// - Throws: What the body throws, or ``PostgresError``: `encoding` for unknown columns, and what the server says
    ///   of a text that it cannot read.
    @discardableResult
    public nonisolated func copyTexts(
        into table: String,
        columns: [String],
        _ body: (inout PostgresTextRowWriter) async throws -> Void
    ) async throws -> Int {
        let target = try await CopyTarget(table: table, columns: columns, format: "text", on: self)
        return try await copyIn(target.sql) { raw in
            var writer = PostgresTextRowWriter(target, raw)
            try await body(&writer)
            try await writer.flush()
        }
    }

    /// Reads the rows of a query as texts, with a text COPY.
    ///
    /// - Parameter query: A query without binds (COPY takes none) and without a semicolon.
    /// - Returns: The rows, to be read once.
    /// - Throws: ``PostgresError``, `encoding` when the query has binds.
    public nonisolated func copyTexts(of query: PostgresQuery) async throws -> PostgresCopyTextSequence {
        let sql = try Self.withoutBinds(query)
        return PostgresCopyTextSequence(chunks: try await copyOut("COPY (\(sql)\n) TO STDOUT"))
    }

    private static func withoutBinds(_ query: PostgresQuery) throws -> String {
        guard query.binds.isEmpty else {
            throw PostgresError(
                .encoding,
                query: query.sql,
                reason: "COPY takes no binds; put the values into a temporary table, or use stream"
            )
        }
        return query.sql
    }
}
