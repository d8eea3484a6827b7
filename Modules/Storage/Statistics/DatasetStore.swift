public import DomainModel
public import PostgresClient

/// Reads and writes the declarations of datasets.
public struct DatasetStore {
    private let source: any PostgresQuerying

    /// Uses a connection, whose transaction the caller decides on, or what only reads.
    public init(_ source: any PostgresQuerying) {
        self.source = source
    }

    /// Datasets in the order of their codes.
    ///
    /// - Parameters:
    ///   - provider: Only those of a submitter; `nil` does not restrict.
    ///   - question: Which page, and in which order.
    /// - Returns: A page whose cursor is the code of its last item.
    /// - Throws: `PostgresError`; ``StorageError`` when the database holds what this program does not know.
    public func list(provider: String?, _ question: ListQuestion) async throws -> Page<Dataset> {
        var conditions = ListConditions()
        conditions.equal("provider", provider)
        return try await Self.listing.page(
            question,
            where: conditions,
            on: source,
            cursor: \.code,
            read: Self.dataset
        )
    }

    /// The names that the list may be sorted by.
    public static var sortable: [String] { listing.sortable }

    private static let listing = Listing(
        marker: "statistics.dataset.list",
        columns: columns,
        tables: "statistics.dataset",
        key: [Listing.Key(column: "code", type: "text")],
        orders: [
            "name.zh": "name_zh",
            "name.en": "name_en",
            "provider": "provider",
        ]
    )

    /// A dataset by its code, or `nil`.
    public func find(_ code: String) async throws -> Dataset? {
        let row = try await source.queryOne(
            """
            /* statistics.dataset.byCode */ SELECT \(unescaped: Self.columns) FROM statistics.dataset
            WHERE code = \(code)
            """
        )
        return try row.map(Self.dataset)
    }

    /// Makes the table say what the records say; records that the table has already are left as they are.
    ///
    /// - Parameters:
    ///   - records: Each code once.
    ///   - batch: The batch that brings them.
    /// - Returns: How many records were new, and how many differed.
    /// - Throws: `PostgresError`.
    public func merge(_ records: [Located<Dataset>], batch: Int64) async throws -> MergeCounts {
        let datasets = records.map(\.record)
        let row = try await source.queryOne(
            """
            /* statistics.dataset.merge */ WITH given AS (
                SELECT code, name_zh, name_en, provider, allows_partial, columns::jsonb AS columns,
                    revision_mark, line
                FROM unnest(
                    \(datasets.map(\.code))::text[], \(datasets.map(\.name.zh))::text[],
                    \(datasets.map(\.name.en))::text[], \(datasets.map(\.provider))::text[],
                    \(datasets.map(\.allowsPartial))::boolean[],
                    \(try datasets.map { try CanonicalJSON.text($0.columns) })::text[],
                    \(datasets.map(\.revisionMark))::text[], \(records.map { Int32($0.line) })::integer[]
                ) AS given (code, name_zh, name_en, provider, allows_partial, columns, revision_mark, line)
            ), merged AS (
                INSERT INTO statistics.dataset AS known (
                    code, name_zh, name_en, provider, allows_partial, columns, revision_mark, batch_id, line
                )
                SELECT code, name_zh, name_en, provider, allows_partial, columns, revision_mark, \(batch), line
                FROM given
                ON CONFLICT (code) DO UPDATE SET
                    name_zh = excluded.name_zh, name_en = excluded.name_en, provider = excluded.provider,
                    allows_partial = excluded.allows_partial, columns = excluded.columns,
                    revision_mark = excluded.revision_mark, batch_id = excluded.batch_id, line = excluded.line
                WHERE (
                    known.name_zh, known.name_en, known.provider, known.allows_partial, known.columns,
                    known.revision_mark
                ) IS DISTINCT FROM (
                    excluded.name_zh, excluded.name_en, excluded.provider, excluded.allows_partial, excluded.columns,
                    excluded.revision_mark
                )
                RETURNING code
            )
            -- A statement sees the table as it was before it began: what is not in it now is new.
            SELECT count(*) FILTER (WHERE dataset.code IS NULL), count(dataset.code)
            FROM merged LEFT JOIN statistics.dataset USING (code)
            """
        )
        return try MergeCounts(row)
    }

    private static let columns = "code, name_zh, name_en, provider, allows_partial, columns::text, revision_mark"

    private static func dataset(_ row: PostgresRow) throws -> Dataset {
        let (code, nameZh, nameEn, provider, allowsPartial, columns, mark) = try row.decode(
            (String, String, String, String, Bool, String, String?).self
        )
        return Dataset(
            code: code,
            name: LocalizedText(zh: nameZh, en: nameEn),
            provider: provider,
            allowsPartial: allowsPartial,
            columns: try CanonicalJSON.decode(Dataset.Columns.self, from: columns),
            revisionMark: mark
        )
    }
}
