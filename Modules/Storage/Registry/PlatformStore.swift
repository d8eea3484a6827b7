public import DomainModel
public import PostgresClient

/// Reads and writes innovation platforms.
public struct PlatformStore {
    private let source: any PostgresQuerying

    /// Uses a connection, whose transaction the caller decides on, or what only reads.
    public init(_ source: any PostgresQuerying) {
        self.source = source
    }

    /// Which platforms are asked for; absent members do not restrict.
    public struct Filter: Sendable {
        /// Term of the vocabulary `platform_type`.
        public var type: String?
        /// Code of the region that they lie in.
        public var region: String?

        /// Makes a filter of its parts.
        public init(type: String? = nil, region: String? = nil) {
            self.type = type
            self.region = region
        }
    }

    /// Platforms in the order of their codes.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - question: Which page, and in which order.
    /// - Returns: A page whose cursor is the code of its last item.
    /// - Throws: `PostgresError`.
    public func list(_ filter: Filter, _ question: ListQuestion) async throws -> DocumentPage<InnovationPlatform> {
        var conditions = ListConditions()
        conditions.equal("type", filter.type)
        conditions.equal("region_code", filter.region)
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
        marker: "registry.platform.list",
        columns: document.columns,
        tables: "registry.platform",
        key: [Listing.Key(column: "code", type: "text")],
        orders: [
            "name.zh": "name_zh",
            "name.en": "name_en",
            "type": "type",
            "region": "coalesce(region_code, '')",
        ]
    )

    /// A platform by its code, or `nil`.
    public func find(_ code: String) async throws -> Document<InnovationPlatform>? {
        let row = try await source.queryOne(
            """
            /* registry.platform.byCode */ SELECT \(unescaped: Self.document.columns) FROM registry.platform
            WHERE code = \(code)
            """
        )
        return try row.map(Self.document.document)
    }

    /// Makes the table say what the records say; records that the table has already are left as they are.
    ///
    /// - Parameters:
    ///   - records: Each code once; their regions stored.
    ///   - batch: The batch that brings them.
    /// - Returns: How many records were new, and how many differed.
    /// - Throws: `PostgresError`.
    public func merge(_ records: [Located<InnovationPlatform>], batch: Int64) async throws -> MergeCounts {
        let platforms = records.map(\.record)
        let row = try await source.queryOne(
            """
            /* registry.platform.merge */ WITH given AS (
                SELECT code, name_zh, name_en, type, host, region_code, research_focus,
                    status, source_file, source_locator, line
                FROM unnest(
                    \(platforms.map(\.code))::text[], \(platforms.map(\.name.zh))::text[],
                    \(platforms.map(\.name.en))::text[], \(platforms.map(\.type))::text[],
                    \(platforms.map(\.host))::text[], \(platforms.map(\.region))::text[],
                    \(platforms.map(\.researchFocus))::text[], \(platforms.map(\.status))::text[],
                    \(platforms.map(\.source.file))::text[], \(platforms.map(\.source.locator))::text[],
                    \(records.map { Int32($0.line) })::integer[]
                ) AS given (
                    code, name_zh, name_en, type, host, region_code, research_focus, status, source_file,
                    source_locator, line
                )
            ), merged AS (
                INSERT INTO registry.platform AS known (
                    code, name_zh, name_en, type, host, region_code, research_focus, status, source_file,
                    source_locator, batch_id, line
                )
                SELECT code, name_zh, name_en, type, host, region_code, research_focus, status, source_file,
                    source_locator, \(batch), line
                FROM given
                ON CONFLICT (code) DO UPDATE SET
                    name_zh = excluded.name_zh, name_en = excluded.name_en, type = excluded.type,
                    host = excluded.host, region_code = excluded.region_code,
                    research_focus = excluded.research_focus, status = excluded.status,
                    source_file = excluded.source_file, source_locator = excluded.source_locator,
                    batch_id = excluded.batch_id, line = excluded.line
                WHERE (
                    known.name_zh, known.name_en, known.type, known.host, known.region_code, known.research_focus,
                    known.status, known.source_file, known.source_locator
                ) IS DISTINCT FROM (
                    excluded.name_zh, excluded.name_en, excluded.type, excluded.host, excluded.region_code,
                    excluded.research_focus, excluded.status, excluded.source_file, excluded.source_locator
                )
                RETURNING code
            )
            -- A statement sees the table as it was before it began: what is not in it now is new.
            SELECT count(*) FILTER (WHERE platform.code IS NULL), count(platform.code)
            FROM merged LEFT JOIN registry.platform USING (code)
            """
        )
        return try MergeCounts(row)
    }

    private static let document = RowDocument<InnovationPlatform>([
        .text("code"),
        .localized("name"),
        .text("type"),
        .text("host"),
        .text("region", "region_code"),
        .text("researchFocus", "research_focus"),
        .text("status"),
        .source,
    ])
}
