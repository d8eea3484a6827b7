public import DomainModel
import PostgresClient

extension RecordStaging {
    /// A row that the register cannot take, with what there is to know of it.
    public struct Fault: Sendable {
        /// The line of the row.
        public let line: Int
        /// The row as a spreadsheet counts it.
        public let row: Int
        /// The key that the file gives.
        public let key: String?
        /// The first day that the file gives.
        public let firstDay: CivilDate?
        /// The values, of a new record that lacks some.
        public let attributes: Attributes?
        /// The record of the key, where there is one.
        public let known: RelatedRecord?
        /// Whether the writer may see that record.
        public let isVisible: Bool
        /// The first day of that record.
        public let begins: CivilDate?
        /// Whether the row of the file that makes the record is refused.
        public let isLater: Bool
    }

    /// Takes out rows that the register cannot take.
    ///
    /// - Parameters:
    ///   - needsRegion: Whether each new record must lie in a region: the writer may not write all.
    ///   - today: The day that rows without one are about.
    ///   - body: Gets them in the order of the file.
    /// - Throws: What the body throws; `PostgresError`.
    public func removeFaults(
        needsRegion: Bool,
        today: CivilDate,
        _ body: (Fault) throws -> Void
    ) async throws {
        let condition = """
            (k.key IS NULL AND NOT s.is_later AND (s.is_lacking \(needsRegion ? "OR s.region_id IS NULL" : "")))
                OR (k.key IS NOT NULL AND (
                    NOT k.is_visible OR k.kind <> '\(kind.rawValue)' OR k.state NOT IN ('active', 'closed')
                    OR coalesce(s.first_day, '\(today.isoText)') < k.first_day
                ))
            """
        try await remove(condition, body)
        // A row that changes what another one was to make comes to nothing with it.
        try await remove(
            """
            k.key IS NULL AND s.is_later AND NOT EXISTS (
                SELECT FROM import_record maker WHERE maker.key = s.key AND NOT maker.is_later
            )
            """,
            body
        )
    }

    private func remove(_ condition: String, _ body: (Fault) throws -> Void) async throws {
        let rows = try await connection.query(
            """
            /* registry.import.faults */ WITH fault AS (
                SELECT s.ctid AS id, s.line, s.row, s.key, s.first_day, s.is_later,
                    CASE WHEN k.key IS NULL AND NOT s.is_later THEN s.attributes::text END AS attributes,
                    k.kind, k.state, k.merged_into, coalesce(k.is_visible, true) AS is_visible, k.first_day AS begins
                FROM import_record s LEFT JOIN import_known k ON k.key = s.key
                WHERE \(unescaped: condition)
            ), removed AS (
                DELETE FROM import_record USING fault WHERE import_record.ctid = fault.id
            )
            SELECT line, row, key, first_day::text, attributes, kind, state, merged_into, is_visible, begins::text,
                is_later
            FROM fault ORDER BY line
            """
        )
        for row in rows { try body(Self.fault(row)) }
    }

    private static func fault(_ row: PostgresRow) throws -> Fault {
        let (line, number, key, day, attributes, kind, state, merged, isVisible, begins, isLater) = try row.decode(
            (
                Int32, Int32, String?, String?, String?, String?, String?, String?, Bool, String?, Bool
            ).self
        )
        var known: RelatedRecord?
        if let key, let kind, let state {
            known = RelatedRecord(
                key: key,
                kind: try stored(RegistryKind.self, kind),
                state: try stored(RecordState.self, state),
                mergedInto: merged
            )
        }
        return Fault(
            line: Int(line),
            row: Int(number),
            key: key,
            firstDay: try day.flatMap { try CivilDate.stored(first: $0) },
            attributes: try attributes.map { try CanonicalJSON.decode(Attributes.self, from: $0) },
            known: known,
            isVisible: isVisible,
            begins: try begins.flatMap { try CivilDate.stored(first: $0) },
            isLater: isLater
        )
    }
}
