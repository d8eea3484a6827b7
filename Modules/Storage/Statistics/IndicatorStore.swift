public import DomainModel
public import PostgresClient

/// Reads and writes the definitions of indicators.
public struct IndicatorStore {
    private let source: any PostgresQuerying

    /// Uses a connection, whose transaction the caller decides on, or what only reads.
    public init(_ source: any PostgresQuerying) {
        self.source = source
    }

    /// Which indicators are asked for; absent members do not restrict.
    public struct Filter: Sendable {
        /// The area that the definition is made for.
        public var scope: String?
        /// Domain of the plan.
        public var domain: String?

        /// Makes a filter of its parts.
        public init(scope: String? = nil, domain: String? = nil) {
            self.scope = scope
            self.domain = domain
        }
    }

    /// Indicators in the order of their codes.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - question: Which page, and in which order.
    /// - Returns: A page whose cursor is the code of its last item.
    /// - Throws: `PostgresError`.
    public func list(_ filter: Filter, _ question: ListQuestion) async throws -> DocumentPage<Indicator> {
        var conditions = ListConditions()
        conditions.equal("scope", filter.scope)
        conditions.equal("domain", filter.domain)
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
        marker: "statistics.indicator.list",
        columns: document.columns,
        tables: "statistics.indicator",
        key: [Listing.Key(column: "code", type: "text")],
        orders: [
            "name.zh": "name_zh",
            "name.en": "name_en",
            "domain": "domain",
        ]
    )

    /// An indicator by its code, or `nil`.
    public func find(_ code: String) async throws -> Document<Indicator>? {
        let row = try await source.queryOne(
            """
            /* statistics.indicator.byCode */ SELECT \(unescaped: Self.document.columns) FROM statistics.indicator
            WHERE code = \(code)
            """
        )
        return try row.map(Self.document.document)
    }

    /// The codes of all indicators.
    public func codes() async throws -> [String] {
        try await source.query(
            "/* statistics.indicator.codes */ SELECT code FROM statistics.indicator ORDER BY code"
        )
        .map { try $0.decode(String.self) }
    }

    /// Makes the table say what the records say; records that the table has already are left as they are.
    ///
    /// - Parameters:
    ///   - records: Each code once.
    ///   - batch: The batch that brings them.
    /// - Returns: How many records were new, and how many differed.
    /// - Throws: `PostgresError`.
    public func merge(_ records: [Located<Indicator>], batch: Int64) async throws -> MergeCounts {
        let indicators = records.map(\.record)
        let row = try await source.queryOne(
            """
            /* statistics.indicator.merge */ WITH given AS (
                SELECT code, name_zh, name_en, scope, domain, unit, unit_code, kind, aggregation, direction,
                    nature, line
                FROM unnest(
                    \(indicators.map(\.code))::text[], \(indicators.map(\.name.zh))::text[],
                    \(indicators.map(\.name.en))::text[], \(indicators.map(\.scope))::text[],
                    \(indicators.map(\.domain))::text[], \(indicators.map(\.unit))::text[],
                    \(indicators.map(\.unitCode))::text[], \(indicators.map(\.kind.rawValue))::text[],
                    \(indicators.map(\.aggregation.rawValue))::text[],
                    \(indicators.map(\.direction.rawValue))::text[],
                    \(indicators.map { $0.nature?.rawValue })::text[],
                    \(records.map { Int32($0.line) })::integer[]
                ) AS given (
                    code, name_zh, name_en, scope, domain, unit, unit_code, kind, aggregation, direction, nature, line
                )
            ), merged AS (
                INSERT INTO statistics.indicator AS known (
                    code, name_zh, name_en, scope, domain, unit, unit_code, kind, aggregation, direction, nature,
                    batch_id, line
                )
                SELECT code, name_zh, name_en, scope, domain, unit, unit_code, kind, aggregation, direction, nature,
                    \(batch), line
                FROM given
                ON CONFLICT (code) DO UPDATE SET
                    name_zh = excluded.name_zh, name_en = excluded.name_en, scope = excluded.scope,
                    domain = excluded.domain, unit = excluded.unit, unit_code = excluded.unit_code,
                    kind = excluded.kind, aggregation = excluded.aggregation, direction = excluded.direction,
                    nature = excluded.nature, batch_id = excluded.batch_id, line = excluded.line
                WHERE (
                    known.name_zh, known.name_en, known.scope, known.domain, known.unit, known.unit_code, known.kind,
                    known.aggregation, known.direction, known.nature
                ) IS DISTINCT FROM (
                    excluded.name_zh, excluded.name_en, excluded.scope, excluded.domain, excluded.unit,
                    excluded.unit_code, excluded.kind, excluded.aggregation, excluded.direction, excluded.nature
                )
                RETURNING code
            )
            -- A statement sees the table as it was before it began: what is not in it now is new.
            SELECT count(*) FILTER (WHERE indicator.code IS NULL), count(indicator.code)
            FROM merged LEFT JOIN statistics.indicator USING (code)
            """
        )
        return try MergeCounts(row)
    }

    private static let document = RowDocument<Indicator>([
        .text("code"),
        .localized("name"),
        .text("scope"),
        .text("domain"),
        .text("unit"),
        .text("unitCode", "unit_code"),
        .text("kind"),
        .text("aggregation"),
        .text("direction"),
        .text("nature"),
    ])
}
