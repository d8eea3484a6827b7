public import DomainModel
public import PostgresClient

/// Reads and makes series: the pairs of indicator and region, by frequency, that observations belong to.
public struct SeriesStore {
    private let connection: PostgresConnection

    /// Uses a connection.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// A series by its key.
    public struct Entry: Sendable {
        /// Number of the series.
        public let id: Int64
        /// Number of the indicator.
        public let indicator: Int32
        /// Number of the region.
        public let region: Int32
        /// The frequency.
        public let frequency: Frequency

        /// Makes an entry of its parts.
        public init(id: Int64, indicator: Int32, region: Int32, frequency: Frequency) {
            self.id = id
            self.indicator = indicator
            self.region = region
            self.frequency = frequency
        }
    }

    /// An indicator's or region's number and code; for an indicator also its unit.
    public struct Term: Sendable {
        /// Number in the database.
        public let id: Int32
        /// The code.
        public let code: String
        /// The unit of measure as printed; empty for regions.
        public let unit: String
    }

    /// All indicators.
    public func indicators() async throws -> [Term] {
        try await connection.query(
            "/* statistics.indicator.terms */ SELECT id, code, unit FROM statistics.indicator ORDER BY id"
        ).map(Self.term)
    }

    /// All regions.
    public func regions() async throws -> [Term] {
        try await connection.query(
            "/* registry.region.terms */ SELECT id, code, '' AS unit FROM registry.region ORDER BY id"
        ).map(Self.term)
    }

    /// Calls the body with every series.
    ///
    /// Cost: reads the whole table, row by row; about a second for a million series.
    public func readAll(_ body: (Entry) throws -> Void) async throws {
        let rows = try await connection.stream(
            "/* statistics.series.all */ SELECT id, indicator_id, region_id, frequency FROM statistics.series"
        )
        for try await row in rows {
            let (id, indicator, region, frequency) = try row.decode((Int64, Int32, Int32, String).self)
            let known = try stored(Frequency.self, frequency)
            try body(Entry(id: id, indicator: indicator, region: region, frequency: known))
        }
    }

    /// Takes numbers for new series. Numbers that stay unused are lost, which does no harm.
    public func takeNumbers(_ count: Int) async throws -> [Int64] {
        let rows = try await connection.query(
            """
            /* statistics.series.numbers */
            SELECT nextval(pg_get_serial_sequence('statistics.series', 'id')) FROM generate_series(1, \(count))
            """
        )
        return try rows.map { try $0.decode(Int64.self) }
    }

    /// Makes series.
    ///
    /// - Throws: `PostgresError` with a unique violation when somebody else made one of them in the meantime.
    public func insert(_ entries: [Entry]) async throws {
        guard !entries.isEmpty else { return }
        _ = try await connection.execute(
            """
            /* statistics.series.insert */
            INSERT INTO statistics.series (id, indicator_id, region_id, frequency)
            SELECT id, indicator_id, region_id, frequency::"char"
            FROM unnest(\(entries.map(\.id))::bigint[], \(entries.map(\.indicator))::integer[],
                \(entries.map(\.region))::integer[], \(entries.map(\.frequency.rawValue))::text[])
                AS made (id, indicator_id, region_id, frequency)
            """
        )
    }

    private static func term(_ row: PostgresRow) throws -> Term {
        let (id, code, unit) = try row.decode((Int32, String, String).self)
        return Term(id: id, code: code, unit: unit)
    }
}
