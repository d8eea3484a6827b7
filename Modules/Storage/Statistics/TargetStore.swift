public import DomainModel
public import PostgresClient

/// Reads and writes targets. A corrected target is a new revision; the ones before it stay and answer `asOf`.
public struct TargetStore {
    let source: any PostgresQuerying

    /// Uses a connection, whose transaction the caller decides on, or what only reads.
    public init(_ source: any PostgresQuerying) {
        self.source = source
    }

    /// Which targets are asked for; absent members do not restrict.
    public struct Filter: Sendable {
        /// Code of the plan.
        public var plan: String?
        /// Code of the indicator.
        public var indicator: String?
        /// As known at this instant; absent for the newest revisions.
        public var asOf: Instant?

        /// Makes a filter of its parts.
        public init(plan: String? = nil, indicator: String? = nil, asOf: Instant? = nil) {
            self.plan = plan
            self.indicator = indicator
            self.asOf = asOf
        }
    }

    /// A target with the row of the file that it was read from.
    public struct Entry: Sendable, Equatable {
        /// The target.
        public let target: Target
        /// The batch that brought it.
        public let batch: Int64
        /// The line of the file that its row begins in.
        public let line: Int
    }

    /// Targets in the order of plan and line of the plan, each in its newest revision.
    ///
    /// - Parameters:
    ///   - filter: Which ones, and as of when.
    ///   - question: Which page.
    /// - Returns: A page whose cursor is the place of its last target.
    /// - Throws: `PostgresError`; ``StorageError`` when the database holds what this program does not know.
    public func list(_ filter: Filter, _ question: ListQuestion) async throws -> Page<Target> {
        var conditions = ListConditions()
        conditions.equal("target.plan_code", filter.plan)
        conditions.equal("indicator.code", filter.indicator)
        if let asOf = filter.asOf { conditions.add("batch.recorded_at <= #", PostgresTimestamp(asOf)) }
        let listing = Listing(
            marker: "statistics.target.list",
            columns: Self.known,
            tables: """
                (
                    SELECT DISTINCT ON (
                        target.plan_code, target.indicator_id, target.target_year, target.source_file,
                        target.source_locator
                    ) \(Self.columns)
                    FROM \(Self.tables) \(conditions.sql)
                    ORDER BY target.plan_code, target.indicator_id, target.target_year, target.source_file,
                        target.source_locator, target.revision DESC
                ) AS known
                """,
            key: [
                Listing.Key(column: "plan_code", type: "text"), Listing.Key(column: "ordinal", type: "integer"),
                Listing.Key(column: "id", type: "bigint"),
            ]
        )
        return try await listing.page(
            question,
            where: conditions.fulfilled,
            on: source,
            keys: { $0.split(separator: "/").map(String.init) },
            cursor: { "\($0.plan)/\($0.ordinal)/\($0.number)" },
            read: { try Self.entry($0).target }
        )
    }

    private static let known = """
        id, plan_code, indicator_code, baseline_year, baseline, baseline_printed, target_year, value, comparator,
        is_cumulative, printed, growth_printed, ordinal, source_file, source_locator, note, revision, batch_id, line,
        recorded_at
        """

    /// A revision of a target by its number, or `nil`.
    public func find(_ id: Int64) async throws -> Entry? {
        let row = try await source.queryOne(
            """
            /* statistics.target.byID */ SELECT \(unescaped: Self.columns) FROM \(unescaped: Self.tables)
            WHERE target.id = \(id)
            """
        )
        return try row.map(Self.entry)
    }

    private static let columns = """
        target.id, target.plan_code, indicator.code AS indicator_code, target.baseline_year, target.baseline,
        target.baseline_printed, target.target_year, target.value, target.comparator::text AS comparator,
        target.is_cumulative, target.printed, target.growth_printed, target.ordinal, target.source_file,
        target.source_locator, target.note, target.revision, target.batch_id, target.line, batch.recorded_at
        """

    private static let tables = """
        statistics.target
            JOIN statistics.indicator ON indicator.id = target.indicator_id
            JOIN collection.batch ON batch.id = target.batch_id
        """

    private static func entry(_ row: PostgresRow) throws -> Entry {
        let (
            id, plan, indicator, baselineYear, baseline, baselinePrinted, year, value, comparator, isCumulative,
            printed,
            growthPrinted, ordinal, file, locator, note, revision, batch, line, recordedAt
        ) = try row.decode(
            (
                Int64, String, String, Int32?, PostgresNumeric?, String, Int32, PostgresNumeric?, String?, Bool, String,
                String, Int32, String, String, String, Int32, Int64, Int32, PostgresTimestamp
            ).self
        )
        let target = Target(
            lineage: LineageCode.target(id: id).description,
            plan: plan,
            indicator: indicator,
            baselineYear: baselineYear.map { Int($0) },
            baseline: try baseline.map { try ExactDecimal($0) },
            baselinePrinted: baselinePrinted,
            year: Int(year),
            value: try value.map { try ExactDecimal($0) },
            comparator: try comparator.map { try Comparator(storageCode: $0) },
            isCumulative: isCumulative,
            printed: printed,
            growthPrinted: growthPrinted,
            ordinal: Int(ordinal),
            source: Source(file: file, locator: locator),
            note: note,
            revision: Int(revision),
            recordedAt: Instant(recordedAt)
        )
        return Entry(target: target, batch: batch, line: Int(line))
    }
}

extension Target {
    /// The number that its lineage code holds; 0 before it is stored.
    fileprivate var number: Int64 {
        guard let lineage, case .target(let id) = LineageCode(lineage) else { return 0 }
        return id
    }
}
