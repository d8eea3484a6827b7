public import DomainModel
public import PostgresClient

/// Reads and writes the terms of controlled vocabularies.
public struct ClassificationStore {
    private let source: any PostgresQuerying

    /// Uses a connection, whose transaction the caller decides on, or what only reads.
    public init(_ source: any PostgresQuerying) {
        self.source = source
    }

    /// What identifies a term.
    public struct Key: Sendable, Hashable {
        /// The vocabulary.
        public let vocabulary: String
        /// The term's code in it.
        public let code: String

        /// Makes a key of its parts.
        public init(vocabulary: String, code: String) {
            self.vocabulary = vocabulary
            self.code = code
        }
    }

    /// Which terms are asked for; absent members do not restrict.
    public struct Filter: Sendable {
        /// The vocabulary.
        public var vocabulary: String?
        /// Code of the broader term.
        public var parent: String?
        /// As they were after the last import by this instant.
        public var asOf: Instant?

        /// Makes a filter of its parts.
        public init(vocabulary: String? = nil, parent: String? = nil, asOf: Instant? = nil) {
            self.vocabulary = vocabulary
            self.parent = parent
            self.asOf = asOf
        }
    }

    /// Terms in the order of vocabulary and code.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - question: Which page, and in which order.
    /// - Returns: A page whose cursor is the key, `vocabulary/code`, of its last item.
    /// - Throws: `PostgresError`.
    public func list(_ filter: Filter, _ question: ListQuestion) async throws -> DocumentPage<Classification> {
        var conditions = ListConditions()
        let table = conditions.reference("classification", Self.columns, asOf: filter.asOf)
        conditions.equal("vocabulary", filter.vocabulary)
        conditions.equal("parent_code", filter.parent)
        return try await Self.listing(table).documents(
            question,
            where: conditions,
            on: source,
            keys: { $0.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init) },
            as: Self.document
        )
    }

    /// The names that the list may be sorted by.
    public static var sortable: [String] { listing("").sortable }

    private static let columns = [
        "vocabulary", "code", "parent_code", "name_zh", "name_en", "rank", "definition", "source_file",
        "source_locator",
    ]

    private static func listing(_ table: String) -> Listing {
        Listing(
            marker: "registry.classification.list",
            columns: document.columns,
            tables: table,
            key: [Listing.Key(column: "vocabulary", type: "text"), Listing.Key(column: "code", type: "text")],
            orders: [
                "name.zh": "name_zh",
                "name.en": "name_en",
            ]
        )
    }

    /// A term by its key, as it is or was at an instant; `nil` when there is none.
    public func find(_ key: Key, asOf: Instant? = nil) async throws -> Document<Classification>? {
        var conditions = ListConditions()
        let table = conditions.reference("classification", Self.columns, asOf: asOf)
        conditions.equal("vocabulary", key.vocabulary)
        conditions.equal("code", key.code)
        let sql = "/* registry.classification.byKey */ SELECT \(Self.document.columns) FROM \(table) \(conditions.sql)"
        return try await source.queryOne(PostgresQuery(sql: sql, binds: conditions.binds)).map(Self.document.document)
    }

    /// The keys of all terms, or of one vocabulary's, each with the code of its broader term.
    public func keys(vocabulary: String? = nil) async throws -> [(key: Key, parent: String?)] {
        try await source.query(
            """
            /* registry.classification.keys */ SELECT vocabulary, code, parent_code FROM registry.classification
            WHERE (\(vocabulary)::text IS NULL OR vocabulary = \(vocabulary))
            ORDER BY vocabulary, code
            """
        ).map { row in
            let (vocabulary, code, parent) = try row.decode((String, String, String?).self)
            return (Key(vocabulary: vocabulary, code: code), parent)
        }
    }

    /// Makes the table say what the records say; records that the table has already are left as they are.
    ///
    /// - Parameters:
    ///   - records: Each key once; broader terms among them or stored.
    ///   - batch: The batch that brings them.
    /// - Returns: How many records were new, and how many differed.
    /// - Throws: `PostgresError`.
    public func merge(_ records: [Located<Classification>], batch: Int64) async throws -> MergeCounts {
        let terms = records.map(\.record)
        let row = try await source.queryOne(
            """
            /* registry.classification.merge */ WITH given AS (
                SELECT vocabulary, code, parent_code, name_zh, name_en, rank, definition, source_file, source_locator, line
                FROM unnest(
                    \(terms.map(\.vocabulary))::text[], \(terms.map(\.code))::text[],
                    \(terms.map(\.parent))::text[], \(terms.map(\.name.zh))::text[],
                    \(terms.map(\.name.en))::text[], \(terms.map(\.rank))::text[],
                    \(terms.map(\.definition))::text[], \(terms.map(\.source.file))::text[],
                    \(terms.map(\.source.locator))::text[], \(records.map { Int32($0.line) })::integer[]
                ) AS given (
                    vocabulary, code, parent_code, name_zh, name_en, rank, definition, source_file, source_locator,
                    line
                )
            ), merged AS (
                INSERT INTO registry.classification AS known (
                    vocabulary, code, parent_code, name_zh, name_en, rank, definition, source_file, source_locator,
                    batch_id, line
                )
                SELECT vocabulary, code, parent_code, name_zh, name_en, rank, definition, source_file,
                    source_locator, \(batch), line
                FROM given
                ON CONFLICT (vocabulary, code) DO UPDATE SET
                    parent_code = excluded.parent_code, name_zh = excluded.name_zh, name_en = excluded.name_en,
                    rank = excluded.rank, definition = excluded.definition, source_file = excluded.source_file,
                    source_locator = excluded.source_locator, batch_id = excluded.batch_id, line = excluded.line
                WHERE (
                    known.parent_code, known.name_zh, known.name_en, known.rank, known.definition, known.source_file,
                    known.source_locator
                ) IS DISTINCT FROM (
                    excluded.parent_code, excluded.name_zh, excluded.name_en, excluded.rank, excluded.definition,
                    excluded.source_file, excluded.source_locator
                )
                RETURNING vocabulary, code
            )
            -- A statement sees the table as it was before it began: what is not in it now is new.
            SELECT count(*) FILTER (WHERE term.batch_id IS NULL), count(term.batch_id)
            FROM merged LEFT JOIN registry.classification AS term USING (vocabulary, code)
            """
        )
        return try MergeCounts(row)
    }

    private static let document = RowDocument<Classification>([
        .text("vocabulary"),
        .text("code"),
        .text("parent", "parent_code"),
        .localized("name"),
        .text("rank"),
        .text("definition"),
        .source,
    ])
}
