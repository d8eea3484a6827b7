public import DomainModel
public import PostgresClient

/// Keeps editions of reports and their renderings. What is kept is never changed.
public struct EditionStore {
    private let source: any PostgresQuerying

    /// Uses a connection, whose transaction the caller decides on, or what only reads.
    public init(_ source: any PostgresQuerying) {
        self.source = source
    }

    /// A rendering with its bytes.
    public struct Content: Sendable {
        /// Format, size and hash.
        public let rendering: Edition.Rendering
        /// The bytes.
        public let bytes: [UInt8]

        /// Makes a rendering with its bytes.
        public init(rendering: Edition.Rendering, bytes: [UInt8]) {
            self.rendering = rendering
            self.bytes = bytes
        }
    }

    /// Keeps an edition, unless the same one is kept already.
    ///
    /// - Parameters:
    ///   - edition: The edition; its number and creation time are given by the database.
    ///   - fingerprint: SHA-256 over the document and the versions of what rendered it, hexadecimal.
    ///   - contents: The renderings.
    ///   - figures: The lineage codes that it prints.
    /// - Returns: The edition as kept, and whether it is new.
    /// - Throws: `PostgresError`, or ``StorageError`` when the database holds what this program does not know.
    public func create(
        _ edition: Edition,
        fingerprint: String,
        contents: [Content],
        figures: [String]
    ) async throws -> (edition: Edition, isNew: Bool) {
        let period = edition.request.period?.description ?? ""
        let row = try await source.queryOne(
            """
            /* reports.edition.create */ INSERT INTO reports.edition
                (name, title, template, plan_code, period, language, as_of, assessment_id, fingerprint, notices)
            VALUES (\(edition.name), \(edition.title), \(edition.request.template.rawValue), \(edition.request.plan),
                \(period), \(edition.request.language.rawValue), \(PostgresTimestamp(edition.asOf)),
                \(edition.assessment), \(fingerprint), \(edition.notices))
            ON CONFLICT (name, as_of, fingerprint) DO NOTHING
            RETURNING id
            """
        )
        guard let row else {
            let known = try await source.queryOne(
                """
                /* reports.edition.same */ SELECT id FROM reports.edition
                WHERE name = \(edition.name) AND as_of = \(PostgresTimestamp(edition.asOf))
                    AND fingerprint = \(fingerprint)
                """
            )
            guard let id = try known?.decode(Int64.self), let kept = try await find(id) else {
                throw StorageError.missing("edition \(edition.name)")
            }
            return (kept, false)
        }
        let id = try row.decode(Int64.self)
        for content in contents {
            try await source.query(
                """
                /* reports.rendering.create */ INSERT INTO reports.rendering (edition_id, format, content, sha256)
                VALUES (\(id), \(content.rendering.format.rawValue), \(content.bytes), \(content.rendering.sha256))
                """
            )
        }
        try await source.query(
            """
            /* reports.figure.create */ INSERT INTO reports.figure (edition_id, code)
            SELECT \(id), code FROM unnest(\(figures)::text[]) AS printed (code) ON CONFLICT DO NOTHING
            """
        )
        guard let kept = try await find(id) else { throw StorageError.missing("edition \(id)") }
        return (kept, true)
    }

    /// An edition by its number.
    public func find(_ id: Int64) async throws -> Edition? {
        let row = try await source.queryOne(
            """
            /* reports.edition.byID */ SELECT \(unescaped: Self.columns) FROM reports.edition e WHERE e.id = \(id)
            """
        )
        return try row.map(Self.edition)
    }

    /// Editions, newest first.
    ///
    /// - Parameters:
    ///   - plan: Only those of a plan.
    ///   - question: Which page, and in which order.
    /// - Returns: A page whose cursor is the number of its last item.
    /// - Throws: `PostgresError`; ``StorageError`` when the database holds what this program does not know.
    public func list(plan: String?, _ question: ListQuestion) async throws -> Page<Edition> {
        var conditions = ListConditions()
        conditions.equal("e.plan_code", plan)
        return try await Self.listing.page(
            question,
            where: conditions,
            on: source,
            cursor: { String($0.id) },
            read: Self.edition
        )
    }

    /// The names that the list may be sorted by.
    public static var sortable: [String] { listing.sortable }

    private static let listing = Listing(
        marker: "reports.edition.list",
        columns: columns,
        tables: "reports.edition e",
        key: [Listing.Key(column: "e.id", type: "bigint")],
        isDescending: true,
        orders: [
            "id": "e.id"
        ]
    )

    /// The bytes of a rendering.
    public func content(of edition: Int64, format: ReportFormat) async throws -> Content? {
        let row = try await source.queryOne(
            """
            /* reports.rendering.get */ SELECT content, sha256 FROM reports.rendering
            WHERE edition_id = \(edition) AND format = \(format.rawValue)
            """
        )
        guard let row else { return nil }
        let (bytes, sha256) = try row.decode(([UInt8], String).self)
        let rendering = Edition.Rendering(format: format, bytes: bytes.count, sha256: sha256)
        return Content(rendering: rendering, bytes: bytes)
    }

    /// Names of the editions that print a lineage code, oldest first, with their numbers.
    public func printing(_ code: String) async throws -> [String] {
        try await source.query(
            """
            /* reports.figure.editions */ SELECT e.id, e.name FROM reports.figure f
                JOIN reports.edition e ON e.id = f.edition_id
            WHERE f.code = \(code) ORDER BY e.id
            """
        ).map { row in
            let (id, name) = try row.decode((Int64, String).self)
            return "\(name) #\(id)"
        }
    }

    private static let columns = """
        e.id, e.name, e.title, e.template, e.plan_code, e.period, e.language, e.as_of, e.assessment_id, e.notices,
        e.created_at, ARRAY(
            SELECT format || ' ' || octet_length(content) || ' ' || sha256 FROM reports.rendering
            WHERE edition_id = e.id ORDER BY format
        )
        """

    private static func edition(_ row: PostgresRow) throws -> Edition {
        let (
            id, name, title, template, plan, period, language, asOf, assessment, notices, createdAt, renderings
        ) = try row.decode(
            (
                Int64, String, String, String, String, String, String, PostgresTimestamp, Int64, [String],
                PostgresTimestamp, [String]
            ).self
        )
        return Edition(
            id: id,
            name: name,
            title: title,
            request: EditionRequest(
                template: try stored(ReportTemplate.self, template),
                plan: plan,
                period: Period(period),
                language: try stored(Language.self, language),
                asOf: Instant(asOf)
            ),
            assessment: assessment,
            asOf: Instant(asOf),
            createdAt: Instant(createdAt),
            renderings: try renderings.map { text in
                let parts = text.split(separator: " ")
                guard parts.count == 3, let bytes = Int(parts[1]) else { throw StorageError.unknownCode(text) }
                let format = try stored(ReportFormat.self, String(parts[0]))
                return Edition.Rendering(format: format, bytes: bytes, sha256: String(parts[2]))
            },
            notices: notices
        )
    }
}
