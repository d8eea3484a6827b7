public import DomainModel
public import PostgresClient

/// Reads and writes plans.
public struct PlanStore {
    private let source: any PostgresQuerying

    /// Uses a connection, whose transaction the caller decides on, or what only reads.
    public init(_ source: any PostgresQuerying) {
        self.source = source
    }

    /// Which plans are asked for; absent members do not restrict.
    public struct Filter: Sendable {
        /// Code of the region that they are for.
        public var region: String?
        /// The scope of the indicators that they set targets for.
        public var scope: String?

        /// Makes a filter of its parts.
        public init(region: String? = nil, scope: String? = nil) {
            self.region = region
            self.scope = scope
        }
    }

    /// Plans in the order of their codes.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - question: Which page, and in which order.
    /// - Returns: A page whose cursor is the code of its last item.
    /// - Throws: `PostgresError`.
    public func list(_ filter: Filter, _ question: ListQuestion) async throws -> DocumentPage<Plan> {
        var conditions = ListConditions()
        conditions.equal("region_code", filter.region)
        conditions.equal("scope", filter.scope)
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
        marker: "statistics.plan.list",
        columns: document.columns,
        tables: "statistics.plan",
        key: [Listing.Key(column: "code", type: "text")],
        orders: [
            "name.zh": "name_zh",
            "name.en": "name_en",
            "startYear": "start_year",
            "endYear": "end_year",
        ]
    )

    /// A plan by its code, or `nil`.
    public func find(_ code: String) async throws -> Document<Plan>? {
        let row = try await source.queryOne(
            """
            /* statistics.plan.byCode */ SELECT \(unescaped: Self.document.columns) FROM statistics.plan
            WHERE code = \(code)
            """
        )
        return try row.map(Self.document.document)
    }

    /// All plans, in the order of their codes.
    public func all() async throws -> [Plan] {
        try await source.query(
            "/* statistics.plan.all */ SELECT \(unescaped: Self.document.columns) FROM statistics.plan ORDER BY code"
        ).map { try Self.document.document($0).record() }
    }

    /// Makes the table say what the records say; records that the table has already are left as they are.
    ///
    /// - Parameters:
    ///   - records: Each code once; their regions stored; no two plans of a scope for the same year.
    ///   - batch: The batch that brings them.
    /// - Returns: How many records were new, and how many differed.
    /// - Throws: `PostgresError`.
    public func merge(_ records: [Located<Plan>], batch: Int64) async throws -> MergeCounts {
        let plans = records.map(\.record)
        let row = try await source.queryOne(
            """
            /* statistics.plan.merge */ WITH given AS (
                SELECT code, name_zh, name_en, region_code, scope, baseline_year, start_year, end_year, line
                FROM unnest(
                    \(plans.map(\.code))::text[], \(plans.map(\.name.zh))::text[], \(plans.map(\.name.en))::text[],
                    \(plans.map(\.region))::text[], \(plans.map(\.scope))::text[],
                    \(plans.map { Int32($0.baselineYear) })::integer[],
                    \(plans.map { Int32($0.startYear) })::integer[], \(plans.map { Int32($0.endYear) })::integer[],
                    \(records.map { Int32($0.line) })::integer[]
                ) AS given (
                    code, name_zh, name_en, region_code, scope, baseline_year, start_year, end_year, line
                )
            ), merged AS (
                INSERT INTO statistics.plan AS known (
                    code, name_zh, name_en, region_code, scope, baseline_year, start_year, end_year, batch_id, line
                )
                SELECT code, name_zh, name_en, region_code, scope, baseline_year, start_year, end_year, \(batch), line
                FROM given
                ON CONFLICT (code) DO UPDATE SET
                    name_zh = excluded.name_zh, name_en = excluded.name_en, region_code = excluded.region_code,
                    scope = excluded.scope, baseline_year = excluded.baseline_year,
                    start_year = excluded.start_year, end_year = excluded.end_year, batch_id = excluded.batch_id,
                    line = excluded.line
                WHERE (
                    known.name_zh, known.name_en, known.region_code, known.scope, known.baseline_year,
                    known.start_year, known.end_year
                ) IS DISTINCT FROM (
                    excluded.name_zh, excluded.name_en, excluded.region_code, excluded.scope, excluded.baseline_year,
                    excluded.start_year, excluded.end_year
                )
                RETURNING code
            )
            -- A statement sees the table as it was before it began: what is not in it now is new.
            SELECT count(*) FILTER (WHERE plan.code IS NULL), count(plan.code)
            FROM merged LEFT JOIN statistics.plan USING (code)
            """
        )
        return try MergeCounts(row)
    }

    private static let document = RowDocument<Plan>([
        .text("code"),
        .localized("name"),
        .text("region", "region_code"),
        .text("scope"),
        .integer("baselineYear", "baseline_year"),
        .integer("startYear", "start_year"),
        .integer("endYear", "end_year"),
    ])
}
