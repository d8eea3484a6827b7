public import DomainModel
public import PostgresClient

/// Reads and writes policy programmes.
public struct ProgrammeStore {
    private let source: any PostgresQuerying

    /// Uses a connection, whose transaction the caller decides on, or what only reads.
    public init(_ source: any PostgresQuerying) {
        self.source = source
    }

    /// Which programmes are asked for; absent members do not restrict.
    public struct Filter: Sendable {
        /// What they are about.
        public var subject: String?
        /// Who runs them.
        public var owner: String?

        /// Makes a filter of its parts.
        public init(subject: String? = nil, owner: String? = nil) {
            self.subject = subject
            self.owner = owner
        }
    }

    /// Programmes in the order of their codes.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - question: Which page, and in which order.
    /// - Returns: A page whose cursor is the code of its last item.
    /// - Throws: `PostgresError`.
    public func list(_ filter: Filter, _ question: ListQuestion) async throws -> DocumentPage<Programme> {
        var conditions = ListConditions()
        conditions.equal("subject", filter.subject)
        conditions.equal("owner", filter.owner)
        return try await Self.listing.documents(
            question,
            where: conditions,
            on: source,
            as: Self.document
        )
    }

    /// The names that the list may be sorted by.
    public static var sortable: [String] { listing.sortable }

    private static let listing = Listing(
        marker: "registry.programme.list",
        columns: document.columns,
        tables: "registry.programme",
        key: [Listing.Key(column: "code", type: "text")],
        orders: [
            "name.zh": "name_zh",
            "name.en": "name_en",
            "subject": "subject",
            "owner": "owner",
        ]
    )

    /// A programme by its code, or `nil`.
    public func find(_ code: String) async throws -> Document<Programme>? {
        let row = try await source.queryOne(
            """
            /* registry.programme.byCode */ SELECT \(unescaped: Self.document.columns) FROM registry.programme
            WHERE code = \(code)
            """
        )
        return try row.map(Self.document.document)
    }

    /// Makes the table say what the records say; records that the table has already are left as they are.
    ///
    /// - Parameters:
    ///   - records: Each code once.
    ///   - batch: The batch that brings them.
    /// - Returns: How many records were new, and how many differed.
    /// - Throws: `PostgresError`.
    public func merge(_ records: [Located<Programme>], batch: Int64) async throws -> MergeCounts {
        let programmes = records.map(\.record)
        let row = try await source.queryOne(
            """
            /* registry.programme.merge */ WITH given AS (
                SELECT code, name_zh, name_en, subject, owner, quantified_goals, period,
                    string_to_array(indicator_codes, ';') AS indicator_codes, source_file, source_locator, line
                FROM unnest(
                    \(programmes.map(\.code))::text[], \(programmes.map(\.name.zh))::text[],
                    \(programmes.map(\.name.en))::text[], \(programmes.map(\.subject))::text[],
                    \(programmes.map(\.owner))::text[], \(programmes.map(\.quantifiedGoals))::text[],
                    \(programmes.map(\.period))::text[],
                    \(programmes.map { $0.indicators.joined(separator: ";") })::text[],
                    \(programmes.map(\.source.file))::text[], \(programmes.map(\.source.locator))::text[],
                    \(records.map { Int32($0.line) })::integer[]
                ) AS given (
                    code, name_zh, name_en, subject, owner, quantified_goals, period, indicator_codes, source_file,
                    source_locator, line
                )
            ), merged AS (
                INSERT INTO registry.programme AS known (
                    code, name_zh, name_en, subject, owner, quantified_goals, period, indicator_codes, source_file,
                    source_locator, batch_id, line
                )
                SELECT code, name_zh, name_en, subject, owner, quantified_goals, period, indicator_codes,
                    source_file, source_locator, \(batch), line
                FROM given
                ON CONFLICT (code) DO UPDATE SET
                    name_zh = excluded.name_zh, name_en = excluded.name_en, subject = excluded.subject,
                    owner = excluded.owner, quantified_goals = excluded.quantified_goals, period = excluded.period,
                    indicator_codes = excluded.indicator_codes, source_file = excluded.source_file,
                    source_locator = excluded.source_locator, batch_id = excluded.batch_id, line = excluded.line
                WHERE (
                    known.name_zh, known.name_en, known.subject, known.owner, known.quantified_goals, known.period,
                    known.indicator_codes, known.source_file, known.source_locator
                ) IS DISTINCT FROM (
                    excluded.name_zh, excluded.name_en, excluded.subject, excluded.owner, excluded.quantified_goals,
                    excluded.period, excluded.indicator_codes, excluded.source_file, excluded.source_locator
                )
                RETURNING code
            )
            -- A statement sees the table as it was before it began: what is not in it now is new.
            SELECT count(*) FILTER (WHERE programme.code IS NULL), count(programme.code)
            FROM merged LEFT JOIN registry.programme USING (code)
            """
        )
        return try MergeCounts(row)
    }

    private static let document = RowDocument<Programme>([
        .text("code"),
        .localized("name"),
        .text("subject"),
        .text("owner"),
        .text("quantifiedGoals", "quantified_goals"),
        .text("period"),
        .texts("indicators", "indicator_codes"),
        .source,
    ])
}
