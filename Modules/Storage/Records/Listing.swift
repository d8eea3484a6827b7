import DomainModel
import PostgresClient

/// A list as SQL: what is read, what tells rows apart, and the orders it may be asked for in.
///
/// Pages follow one another by the key of their last row, so that rows which come in between neither repeat nor hide
/// others.
struct Listing {
    /// A column that tells rows apart, together with the others.
    struct Key {
        let column: String
        let type: String
    }

    /// The mark of the statement: `registry.region.list`.
    let marker: String
    let columns: String
    let tables: String
    let key: [Key]
    /// Whether the list's own order begins with the greatest key.
    var isDescending = false
    /// SQL by the names that `sort` may have; never NULL, of one type each.
    var orders: [String: String] = [:]
    /// The types of orders whose places have the value that the list was sorted by, before the key.
    var orderTypes: [String: String] = [:]

    /// The names that a list may be sorted by.
    var sortable: [String] { orders.keys.sorted() }

    /// Reads a page.
    ///
    /// - Parameters:
    ///   - question: Which page, and in which order.
    ///   - conditions: What rows must fulfil.
    ///   - source: Where it is read.
    ///   - keys: The parts of the key in ``ListQuestion/after``.
    ///   - cursor: What a record is called when the next page is asked for.
    ///   - read: Makes a record of a row.
    /// - Returns: The page.
    /// - Throws: `PostgresError`, and what `read` throws.
    func page<Record>(
        _ question: ListQuestion,
        where conditions: ListConditions,
        on source: any PostgresQuerying,
        keys: (String) -> [String] = { [$0] },
        cursor: (Record) -> String,
        read: (PostgresRow) throws -> Record
    ) async throws -> Page<Record> {
        let total = question.counts ? try await count(conditions, on: source) : nil
        let query = query(question, conditions, after: question.after.map(keys))
        let records = try await source.query(query).map(read)
        let kept = Array(records.prefix(question.limit))
        let next = records.count > question.limit ? kept.last.map(cursor) : nil
        return Page(items: kept, next: next, total: total)
    }

    /// Reads a page as bytes.
    ///
    /// - Parameters:
    ///   - question: Which page, and in which order.
    ///   - conditions: What rows must fulfil.
    ///   - source: Where it is read.
    ///   - keys: The parts of the key in ``ListQuestion/after``.
    ///   - document: Writes the rows; it has the columns of the key, which are texts.
    /// - Returns: The page; its cursor is the key of its last item, with `/` between the parts.
    /// - Throws: `PostgresError`; ``StorageError`` for what the domain cannot hold.
    func documents<Record>(
        _ question: ListQuestion,
        where conditions: ListConditions,
        on source: any PostgresQuerying,
        keys: (String) -> [String] = { [$0] },
        as document: RowDocument<Record>
    ) async throws -> DocumentPage<Record> {
        let total = question.counts ? try await count(conditions, on: source) : nil
        let rows = try await source.query(query(question, conditions, after: question.after.map(keys)))
        let kept = rows.prefix(question.limit)
        let next = try rows.count > question.limit ? kept.last.map(place(of:)) : nil
        return DocumentPage(items: try document.array(kept), next: next, total: total)
    }

    private func place(of row: PostgresRow) throws -> String {
        try key.map { try row.decode(column: $0.column, as: String.self) }.joined(separator: "/")
    }

    private func count(_ conditions: ListConditions, on source: any PostgresQuerying) async throws -> Int64 {
        let query = PostgresQuery(
            sql: "/* \(marker).count */ SELECT count(*) FROM \(tables) \(conditions.sql)",
            binds: conditions.binds
        )
        return try await source.queryOne(query)?.decode(Int64.self) ?? 0
    }

    private func query(_ question: ListQuestion, _ given: ListConditions, after: [String]?) -> PostgresQuery {
        let order = question.sorting.flatMap { orders[$0.key] }
        let descends = order == nil ? isDescending : question.sorting?.isDescending ?? false
        let columns = key.map(\.column)
        var conditions = given
        if let after, let order, let type = question.sorting.flatMap({ orderTypes[$0.key] }),
            after.count == key.count + 1
        {
            let values = zip([type] + key.map(\.type), after).map { "\(conditions.bind($1))::text::\($0)" }
            let terms = ([order] + columns).joined(separator: ", ")
            conditions.add("(\(terms)) \(descends ? "<" : ">") (\(values.joined(separator: ", ")))")
        } else if let after, after.count == key.count {
            let values = zip(key, after).map { "\(conditions.bind($1))::text::\($0.type)" }
            let place = values.joined(separator: ", ")
            let compare = descends ? "<" : ">"
            if let order {
                let terms = ([order] + columns).joined(separator: ", ")
                let own = zip(columns, values).map { "\($0) = \($1)" }.joined(separator: " AND ")
                conditions.add("(\(terms)) \(compare) (SELECT \(terms) FROM \(tables) WHERE \(own))")
            } else {
                conditions.add("(\(columns.joined(separator: ", "))) \(compare) (\(place))")
            }
        }
        let direction = descends ? " DESC" : ""
        let sorted = ((order.map { [$0] } ?? []) + columns).map { $0 + direction }.joined(separator: ", ")
        let sql = """
            /* \(marker) */ SELECT \(self.columns) FROM \(tables) \(conditions.sql)
            ORDER BY \(sorted) LIMIT \(question.limit + 1)
            """
        return PostgresQuery(sql: sql, binds: conditions.binds)
    }
}
