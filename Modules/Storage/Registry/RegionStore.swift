public import DomainModel
public import PostgresClient

/// Reads and writes regions.
public struct RegionStore {
    private let source: any PostgresQuerying

    /// Uses a connection, whose transaction the caller decides on, or what only reads.
    public init(_ source: any PostgresQuerying) {
        self.source = source
    }

    /// Which regions are asked for; absent members do not restrict.
    public struct Filter: Sendable {
        /// What kind of area.
        public var level: String?
        /// Code of the region that they are part of.
        public var parent: String?
        /// As they were after the last import by this instant.
        public var asOf: Instant?

        /// Makes a filter of its parts.
        public init(level: String? = nil, parent: String? = nil, asOf: Instant? = nil) {
            self.level = level
            self.parent = parent
            self.asOf = asOf
        }
    }

    /// Regions in the order of their codes.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - question: Which page, and in which order.
    /// - Returns: A page whose cursor is the code of its last item.
    /// - Throws: `PostgresError`; ``StorageError`` for what the domain cannot hold.
    public func list(_ filter: Filter, _ question: ListQuestion) async throws -> DocumentPage<Region> {
        var conditions = ListConditions()
        let table = conditions.reference("region", Self.columns, asOf: filter.asOf)
        conditions.equal("level", filter.level)
        conditions.equal("parent_code", filter.parent)
        return try await Self.listing(table).documents(
            question,
            where: conditions,
            on: source,
            as: Self.document
        )
    }

    /// The names that the list may be sorted by.
    public static var sortable: [String] { listing("").sortable }

    private static let columns = [
        "code", "name_zh", "name_en", "level", "parent_code", "area_km2", "roles", "focus_industries", "source_file",
        "source_locator",
    ]

    private static func listing(_ table: String) -> Listing {
        Listing(
            marker: "registry.region.list",
            columns: document.columns,
            tables: table,
            key: [Listing.Key(column: "code", type: "text")],
            orders: [
                "name.zh": "name_zh",
                "name.en": "name_en",
                "level": "level",
                "areaSquareKilometres": "coalesce(area_km2, 0)",
            ]
        )
    }

    /// A region by its code, as it is or was at an instant; `nil` when there is none.
    public func find(_ code: String, asOf: Instant? = nil) async throws -> Document<Region>? {
        var conditions = ListConditions()
        let table = conditions.reference("region", Self.columns, asOf: asOf)
        conditions.equal("code", code)
        let sql = "/* registry.region.byCode */ SELECT \(Self.document.columns) FROM \(table) \(conditions.sql)"
        return try await source.queryOne(PostgresQuery(sql: sql, binds: conditions.binds)).map(Self.document.document)
    }

    /// The codes of all regions.
    public func codes() async throws -> [String] {
        try await source.query("/* registry.region.codes */ SELECT code FROM registry.region ORDER BY code")
            .map { try $0.decode(String.self) }
    }

    /// The code of each region by its row number.
    public func codesByNumber() async throws -> [Int32: String] {
        let rows = try await source.query("/* registry.region.numbers */ SELECT id, code FROM registry.region")
        return Dictionary(uniqueKeysWithValues: try rows.map { try $0.decode((Int32, String).self) })
    }

    /// Each region's code and its parent's, for those that have one.
    public func parents() async throws -> [(code: String, parent: String)] {
        try await source.query(
            """
            /* registry.region.parents */ SELECT code, parent_code FROM registry.region
            WHERE parent_code IS NOT NULL ORDER BY code
            """
        ).map { try $0.decode((String, String).self) }
    }

    /// Makes the table say what the records say; records that the table has already are left as they are.
    ///
    /// - Parameters:
    ///   - records: Each code once; parents among them or stored.
    ///   - batch: The batch that brings them.
    /// - Returns: How many records were new, and how many differed.
    /// - Throws: `PostgresError`.
    public func merge(_ records: [Located<Region>], batch: Int64) async throws -> MergeCounts {
        let regions = records.map(\.record)
        let row = try await source.queryOne(
            """
            /* registry.region.merge */ WITH given AS (
                SELECT code, name_zh, name_en, level, parent_code, area_km2, roles, focus_industries, source_file, source_locator,
                    line
                FROM unnest(
                    \(regions.map(\.code))::text[], \(regions.map(\.name.zh))::text[],
                    \(regions.map(\.name.en))::text[], \(regions.map(\.level))::text[],
                    \(regions.map(\.parent))::text[],
                    \(regions.map { $0.areaSquareKilometres.map { PostgresNumeric($0) } })::numeric[],
                    \(regions.map(\.roles))::text[], \(regions.map(\.focusIndustries))::text[],
                    \(regions.map(\.source.file))::text[], \(regions.map(\.source.locator))::text[],
                    \(records.map { Int32($0.line) })::integer[]
                ) AS given (
                    code, name_zh, name_en, level, parent_code, area_km2, roles, focus_industries, source_file,
                    source_locator, line
                )
            ), merged AS (
                INSERT INTO registry.region AS known (
                    code, name_zh, name_en, level, parent_code, area_km2, roles, focus_industries, source_file,
                    source_locator, batch_id, line
                )
                SELECT code, name_zh, name_en, level, parent_code, area_km2, roles, focus_industries, source_file,
                    source_locator, \(batch), line
                FROM given
                ON CONFLICT (code) DO UPDATE SET
                    name_zh = excluded.name_zh, name_en = excluded.name_en, level = excluded.level,
                    parent_code = excluded.parent_code, area_km2 = excluded.area_km2, roles = excluded.roles,
                    focus_industries = excluded.focus_industries, source_file = excluded.source_file,
                    source_locator = excluded.source_locator, batch_id = excluded.batch_id, line = excluded.line
                WHERE (
                    known.name_zh, known.name_en, known.level, known.parent_code, known.area_km2, known.roles,
                    known.focus_industries, known.source_file, known.source_locator
                ) IS DISTINCT FROM (
                    excluded.name_zh, excluded.name_en, excluded.level, excluded.parent_code, excluded.area_km2,
                    excluded.roles, excluded.focus_industries, excluded.source_file, excluded.source_locator
                )
                RETURNING code
            )
            -- A statement sees the table as it was before it began: what is not in it now is new.
            SELECT count(*) FILTER (WHERE region.code IS NULL), count(region.code)
            FROM merged LEFT JOIN registry.region USING (code)
            """
        )
        return try MergeCounts(row)
    }

    private static let document = RowDocument<Region>([
        .text("code"),
        .localized("name"),
        .text("level"),
        .text("parent", "parent_code"),
        .decimal("areaSquareKilometres", "area_km2"),
        .text("roles"),
        .text("focusIndustries", "focus_industries"),
        .source,
    ])
}
