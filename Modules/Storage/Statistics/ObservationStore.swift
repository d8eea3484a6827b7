public import DomainModel
public import PostgresClient

/// Reads observations: current values, values as of an instant, and all revisions.
public struct ObservationStore {
    private let connection: PostgresConnection

    /// Uses a connection.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Which observations are asked for; absent members do not restrict.
    public struct Filter: Sendable {
        /// Code of the indicator.
        public var indicator: String?
        /// Code of the region.
        public var region: String?
        /// The period.
        public var period: Period?
        /// Code of the dataset.
        public var dataset: String?
        /// The batch that brought them.
        public var batch: Int64?
        /// Only what was recorded at this instant or before.
        public var asOf: Instant?
        /// All revisions instead of the newest of each value.
        public var includesHistory: Bool

        /// Makes a filter that lets everything through.
        public init() {
            includesHistory = false
        }
    }

    /// A place in the list of observations.
    public struct Position: Sendable, Hashable {
        /// Number of the series.
        public let series: Int64
        /// First day of the period.
        public let start: CivilDate
        /// The revision.
        public let revision: Int

        /// Makes a position of its parts.
        public init(series: Int64, start: CivilDate, revision: Int) {
            self.series = series
            self.start = start
            self.revision = revision
        }
    }

    /// Observations in the order of series, period and revision.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - question: Which page; its cursor is the lineage code of an observation, which holds the key.
    /// - Returns: A page whose cursor is the lineage code of its last observation.
    /// - Throws: `PostgresError`, or ``StorageError`` when the database holds what this program does not know.
    public func list(_ filter: Filter, _ question: ListQuestion) async throws -> Page<Observation> {
        var conditions = ListConditions()
        conditions.equal("i.code", filter.indicator)
        conditions.equal("r.code", filter.region)
        if let period = filter.period {
            conditions.equal("o.period", PostgresDate(daysSince1970: period.start.daysSince1970))
            conditions.add("s.frequency = #::\"char\"", period.frequency.rawValue)
        }
        conditions.equal("b.dataset", filter.dataset)
        conditions.equal("o.batch_id", filter.batch)
        let asOf = filter.asOf.map { conditions.bind(PostgresTimestamp($0)) }
        if let asOf { conditions.add("b.recorded_at <= \(asOf)") }
        if !filter.includesHistory {
            let known = asOf.map { "AND later_batch.recorded_at <= \($0)" } ?? ""
            conditions.add(
                """
                NOT EXISTS (
                    SELECT FROM statistics.observation later
                        JOIN collection.batch later_batch ON later_batch.id = later.batch_id
                    WHERE later.series_id = o.series_id AND later.period = o.period AND later.revision > o.revision \(known)
                )
                """
            )
        }
        return try await Self.listing.page(
            question,
            where: conditions,
            on: connection,
            keys: Self.keys,
            cursor: \.lineage,
            read: { try Self.observation($0).1 }
        )
    }

    private static let listing = Listing(
        marker: "statistics.observation.list",
        columns: columns,
        tables: "statistics.observation o \(joins)",
        key: [
            Listing.Key(column: "o.series_id", type: "bigint"), Listing.Key(column: "o.period", type: "date"),
            Listing.Key(column: "o.revision", type: "integer"),
        ]
    )

    private static func keys(_ code: String) -> [String] {
        guard case .observation(let series, let start, let revision) = LineageCode(code) else { return [] }
        let (year, month, day) = start.components
        return ["\(series)", "\(year)-\(month)-\(day)", "\(revision)"]
    }

    /// One observation by its key, or `nil`.
    public func find(_ position: Position) async throws -> Observation? {
        try await revisions(series: position.series, start: position.start)
            .first { $0.revision == position.revision }
    }

    /// All revisions of one value, oldest first.
    public func revisions(series: Int64, start: CivilDate) async throws -> [Observation] {
        try await connection.query(
            """
            /* statistics.observation.revisions */ SELECT \(unescaped: Self.columns)
            FROM statistics.observation o \(unescaped: Self.joins)
            WHERE o.series_id = \(series) AND o.period = \(PostgresDate(daysSince1970: start.daysSince1970))
            ORDER BY o.revision
            """
        ).map { try Self.observation($0).1 }
    }

    /// The values of some indicators in a region as known at an instant, by indicator and period.
    ///
    /// - Parameters:
    ///   - indicators: Codes of the indicators.
    ///   - region: Code of the region.
    ///   - asOf: Only what was recorded at this instant or before.
    /// - Returns: What was found.
    /// - Throws: `PostgresError`, or ``StorageError`` when the database holds what this program does not know.
    public func known(indicators: [String], region: String, asOf: Instant) async throws -> [Observation] {
        try await connection.query(
            """
            /* statistics.observation.known */ SELECT DISTINCT ON (i.code, s.frequency, o.period)
                \(unescaped: Self.columns)
            FROM statistics.observation o \(unescaped: Self.joins)
            WHERE i.code = ANY(\(indicators)) AND r.code = \(region)
                AND b.recorded_at <= \(PostgresTimestamp(asOf))
            ORDER BY i.code, s.frequency, o.period, o.revision DESC
            """
        ).map { try Self.observation($0).1 }
    }

    private static let columns = """
        o.series_id, i.code, r.code, s.frequency::text, o.period, o.revision, o.value, o.comparator::text,
        o.is_cumulative, o.status::text, o.printed, o.note, o.batch_id, o.line, b.recorded_at
        """

    private static let joins = """
        JOIN statistics.series s ON s.id = o.series_id
        JOIN statistics.indicator i ON i.id = s.indicator_id
        JOIN registry.region r ON r.id = s.region_id
        JOIN collection.batch b ON b.id = o.batch_id
        """

    private static func observation(_ row: PostgresRow) throws -> (Position, Observation) {
        let (
            series, indicator, region, frequency, period, revision, number, comparator, isCumulative, status, printed,
            note, batch, line, recordedAt
        ) = try row.decode(
            (
                Int64, String, String, String, PostgresDate, Int32, PostgresNumeric?, String, Bool, String, String?,
                String?, Int64, Int32, PostgresTimestamp
            ).self
        )
        guard let day = period.daysSince1970 else { throw StorageError.outOfRange("\(period)") }
        let start = CivilDate(daysSince1970: day)
        let value = try number.map { try ExactDecimal($0) }
        let code = LineageCode.observation(series: series, start: start, revision: Int(revision))
        let observation = Observation(
            lineage: code.description,
            indicator: indicator,
            region: region,
            period: Period(try stored(Frequency.self, frequency), containing: start),
            revision: Int(revision),
            value: value,
            comparator: try Comparator(storageCode: comparator),
            isCumulative: isCumulative,
            status: try stored(ObservationStatus.self, status),
            printed: printed ?? value?.description ?? "",
            note: note ?? "",
            batch: batch,
            line: Int(line),
            recordedAt: Instant(recordedAt)
        )
        return (Position(series: series, start: start, revision: Int(revision)), observation)
    }
}
