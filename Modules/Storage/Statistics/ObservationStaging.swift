import DomainModel
public import PostgresClient

/// The rows of one file on their way into the table of observations.
///
/// A temporary table without indexes takes them by binary COPY; one statement for each kind of row moves them on.
/// All of it runs in one transaction of one connection, so that a rehearsal is the same thing rolled back.
public struct ObservationStaging {
    private let connection: PostgresConnection

    /// Uses a connection that is in a transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Takes the rows: columns as in ``columnCount``, in the order of the table that ``prepare()`` makes.
    public static let copy = "COPY load_row FROM STDIN (FORMAT binary)"
    /// The number of columns of a staged row.
    public static let columnCount: Int16 = 13

    /// Makes the table empty and ready.
    public func prepare() async throws {
        // Names of columns, in the order that the loader writes them:
        //   rank        0 for an original figure, 1 for a revision of a row of the same file
        //   is_fresh    the series was not known before this file, so nothing can be there already
        //   is_repeated an earlier row of the file has the same key and rank
        try await connection.execute(
            script: """
                CREATE TEMPORARY TABLE IF NOT EXISTS load_row (
                    series_id bigint, period date, line integer, row integer, rank smallint,
                    comparator "char", status "char", is_cumulative boolean, is_fresh boolean, is_repeated boolean,
                    value numeric, printed text, note text
                ) ON COMMIT DELETE ROWS;
                TRUNCATE load_row;
                """
        )
    }

    /// A row that says again, or otherwise, what an earlier row of the file says.
    public struct Repetition: Sendable {
        /// The line of the row.
        public let line: Int
        /// The row as a spreadsheet counts it.
        public let row: Int
        /// The line of the first row with the key.
        public let firstLine: Int
        /// Whether all rows with the key say the same.
        public let isSame: Bool
        /// The value as text.
        public let value: String?
        /// Code of the indicator.
        public let indicator: String
        /// Code of the region.
        public let region: String
        /// The period, in its SDMX spelling.
        public let period: String
    }

    /// Takes out rows that repeat a key: all but the first where they agree, all of them where they do not.
    ///
    /// The series must have been made. Cost: a sort of the repeated keys only.
    ///
    /// - Returns: The rows taken out, in the order of the file.
    public func removeRepetitions() async throws -> [Repetition] {
        try await connection.query(
            """
            /* statistics.load.repetitions */ WITH repeated AS (
                SELECT DISTINCT series_id, period, rank FROM load_row WHERE is_repeated
            ), member AS (
                SELECT l.ctid AS id, l.series_id, l.period, l.rank, l.line, l.row, l.value,
                    first_value(l.line) OVER same_key AS first_line,
                    (l.value, l.status, l.comparator, l.is_cumulative) IS NOT DISTINCT FROM (
                        first_value(l.value) OVER same_key, first_value(l.status) OVER same_key,
                        first_value(l.comparator) OVER same_key, first_value(l.is_cumulative) OVER same_key
                    ) AS is_as_first
                FROM load_row l JOIN repeated USING (series_id, period, rank)
                WINDOW same_key AS (PARTITION BY series_id, period, rank ORDER BY l.line)
            ), judged AS (
                SELECT *, bool_and(is_as_first) OVER (PARTITION BY series_id, period, rank) AS is_same FROM member
            ), removed AS (
                DELETE FROM load_row USING judged
                WHERE load_row.ctid = judged.id AND NOT (judged.is_same AND judged.line = judged.first_line)
            )
            SELECT j.line, j.row, j.first_line, j.is_same, j.value::text, i.code, r.code, s.frequency::text, j.period
            FROM judged j
                JOIN statistics.series s ON s.id = j.series_id
                JOIN statistics.indicator i ON i.id = s.indicator_id
                JOIN registry.region r ON r.id = s.region_id
            WHERE NOT (j.is_same AND j.line = j.first_line) ORDER BY j.line
            """
        ).map { row in
            let (line, number, firstLine, isSame, value, indicator, region, frequency, period) = try row.decode(
                (Int32, Int32, Int32, Bool, String?, String, String, String, PostgresDate).self
            )
            return Repetition(
                line: Int(line),
                row: Int(number),
                firstLine: Int(firstLine),
                isSame: isSame,
                value: value,
                indicator: indicator,
                region: region,
                period: try Self.period(frequency, period)
            )
        }
    }

    private static func period(_ frequency: String, _ start: PostgresDate) throws -> String {
        guard let days = start.daysSince1970 else { throw StorageError.outOfRange("\(start)") }
        let frequency = try stored(Frequency.self, frequency)
        return Period(frequency, containing: CivilDate(daysSince1970: days)).description
    }

    /// What became of the staged rows.
    public struct Outcome: Sendable {
        /// Values that were not known before.
        public var created: Int64 = 0
        /// Values that differ from the one known before.
        public var revised: Int64 = 0
        /// Values that were known already.
        public var unchanged: Int64 = 0
    }

    /// Moves the staged rows into the table of observations.
    ///
    /// - Parameters:
    ///   - batch: The batch that brings them.
    ///   - fresh: Whether there are rows of series that were not known before.
    ///   - known: Whether there are rows of series that were.
    ///   - isOrdered: Whether the fresh rows were staged in the order of series and period.
    ///   - revisions: Whether there are rows that revise other rows of the file.
    /// - Throws: `PostgresError` with a unique violation when another batch revised the same value in the meantime;
    ///   the whole transaction must be tried again.
    /// - Returns: What was found.
    public func merge(
        batch: Int64,
        fresh: Bool,
        known: Bool,
        isOrdered: Bool,
        revisions: Bool
    ) async throws -> Outcome {
        var outcome = Outcome()
        if fresh {
            outcome.created += Int64(try await insertFresh(batch: batch, isOrdered: isOrdered))
        }
        if known || revisions {
            _ = try await connection.execute(script: "ANALYZE load_row")
        }
        if known {
            let unsaid = revisions ? Self.unlessRecordedBefore : ""
            try await append(batch: batch, rows: "l.rank = 0 AND NOT l.is_fresh", unless: unsaid, to: &outcome)
        }
        if revisions {
            try await append(batch: batch, rows: "l.rank = 1", unless: "", to: &outcome)
        }
        return outcome
    }

    private func insertFresh(batch: Int64, isOrdered: Bool) async throws -> Int {
        // In key order, each insertion lands beside the one before it.
        try await connection.execute(
            """
            /* statistics.load.fresh */ INSERT INTO statistics.observation
                (series_id, batch_id, period, revision, line, comparator, status, is_cumulative, value, printed, note)
            SELECT series_id, \(batch), period, 1, line, comparator, status, is_cumulative, value, printed, note
            FROM load_row WHERE is_fresh AND rank = 0
            \(unescaped: isOrdered ? "" : "ORDER BY series_id, period")
            """
        )
    }

    // A file that prints an original figure and its revision says nothing new when both are recorded already, though
    // the original is not the current value.
    private static let unlessRecordedBefore = """
        AND NOT (
            EXISTS (
                SELECT FROM load_row later
                WHERE later.series_id = l.series_id AND later.period = l.period AND later.rank > l.rank
            ) AND EXISTS (
                SELECT FROM statistics.observation o
                WHERE o.series_id = l.series_id AND o.period = l.period
                    AND (o.value, o.status, o.comparator, o.is_cumulative)
                        IS NOT DISTINCT FROM (l.value, l.status, l.comparator, l.is_cumulative)
            )
        )
        """

    private func append(batch: Int64, rows: String, unless: String, to outcome: inout Outcome) async throws {
        let row = try await connection.queryOne(
            """
            /* statistics.load.append */ WITH current AS (
                SELECT DISTINCT ON (o.series_id, o.period)
                    o.series_id, o.period, o.revision, o.value, o.status, o.comparator, o.is_cumulative
                FROM statistics.observation o
                WHERE o.series_id IN (SELECT l.series_id FROM load_row l WHERE \(unescaped: rows))
                ORDER BY o.series_id, o.period, o.revision DESC
            ), added AS (
                INSERT INTO statistics.observation
                    (series_id, batch_id, period, revision, line, comparator, status, is_cumulative, value, printed,
                     note)
                SELECT l.series_id, \(batch), l.period, coalesce(c.revision, 0) + 1, l.line, l.comparator, l.status,
                    l.is_cumulative, l.value, l.printed, l.note
                FROM load_row l LEFT JOIN current c ON c.series_id = l.series_id AND c.period = l.period
                WHERE \(unescaped: rows) AND (
                    c.revision IS NULL OR (l.value, l.status, l.comparator, l.is_cumulative)
                        IS DISTINCT FROM (c.value, c.status, c.comparator, c.is_cumulative)
                ) \(unescaped: unless)
                RETURNING revision
            )
            SELECT (SELECT count(*) FILTER (WHERE revision = 1) FROM added),
                (SELECT count(*) FILTER (WHERE revision > 1) FROM added),
                (SELECT count(*) FROM load_row l WHERE \(unescaped: rows))
            """
        )
        guard let row else { throw StorageError.missing("the counts of the load") }
        let (created, revised, total) = try row.decode((Int64, Int64, Int64).self)
        outcome.created += created
        outcome.revised += revised
        outcome.unchanged += total - created - revised
    }
}
