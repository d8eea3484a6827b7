import DomainModel
import PostgresClient

/// SQL about records that were written since an instant, with the last write up to it.
struct PastWrites {
    /// The instant.
    let asOf: Instant
    /// The lowest number of a write since: a bound that the planner knows.
    let lowest: Int64

    /// Records of a kind, as the table `record`.
    ///
    /// - Parameters:
    ///   - kind: The kind.
    ///   - chosen: What else is asked of the table `late`.
    ///   - wrote: What is asked of the last write, the column `recording_id` of the table `past`.
    ///   - conditions: Where values are bound.
    /// - Returns: The SQL.
    func records(
        _ kind: RegistryKind,
        among chosen: String = "",
        wrote: String = "",
        _ conditions: inout ListConditions
    ) -> String {
        """
        (
            SELECT * FROM (
                SELECT late.id, late.kind, late.key, late.state, \(lastWrite(&conditions)) AS recording_id
                FROM registry.record late WHERE \(isMoved(kind, &conditions)) \(chosen)
                -- What is asked of the past write is asked of these alone.
                OFFSET 0
            ) AS past \(wrote) OFFSET 0
        ) AS record
        """
    }

    /// Those whose last write was one of these.
    func records(of writes: [Int64], _ kind: RegistryKind, _ conditions: inout ListConditions) -> String {
        let given = "= ANY (\(conditions.bind(writes))::bigint[])"
        let chosen = "AND late.id = ANY (ARRAY(\(Self.touched(given))))"
        return records(kind, among: chosen, wrote: "WHERE past.recording_id \(given)", &conditions)
    }

    /// The numbers and keys of those whose last write was this one, in the order of their keys.
    ///
    /// It looks at no more records than it needs to find so many: only this is asked before anything is joined, since the
    /// planner takes them for few and would look at all.
    func numbers(
        of write: Int64,
        _ kind: RegistryKind,
        after key: String?,
        _ isDescending: Bool,
        limit: Int
    ) -> PostgresQuery {
        let (compare, order) = isDescending ? ("<", " DESC") : (">", "")
        var conditions = ListConditions()
        let rest = key.map { " AND late.key \(compare) \(conditions.bind($0))::text" } ?? ""
        let sql = """
            /* registry.record.wrote */ SELECT past.id, past.key FROM (
                SELECT late.id, late.key, \(lastWrite(&conditions)) AS recording_id
                FROM registry.record late WHERE \(isMoved(kind, &conditions))\(rest)
                ORDER BY late.key\(order) OFFSET 0
            ) AS past
            WHERE past.recording_id = \(conditions.bind(write)) ORDER BY past.key\(order) LIMIT \(limit)
            """
        return PostgresQuery(sql: sql, binds: conditions.binds)
    }

    /// The numbers of the records that writes have touched, some of them more than once.
    static func touched(_ writes: String) -> String {
        """
        SELECT v.record_id AS id FROM registry.record_version v WHERE v.recorded_by \(writes)
        UNION ALL SELECT v.record_id FROM registry.record_version v WHERE v.superseded_by \(writes)
        UNION ALL SELECT s.subject_id FROM registry.statement s WHERE s.recorded_by \(writes)
        UNION ALL SELECT s.subject_id FROM registry.statement s WHERE s.superseded_by \(writes)
        UNION ALL SELECT unnest(ARRAY[m.absorbed_id, m.survivor_id]) FROM registry.merge m
            WHERE m.recorded_by \(writes) OR m.undone_by \(writes)
        """
    }

    /// A record of the table `late` was written since.
    private func isMoved(_ kind: RegistryKind, _ conditions: inout ListConditions) -> String {
        """
        late.kind = \(conditions.bind(kind.rawValue))::text AND late.recording_id >= \(conditions.bind(lowest)) AND (
            SELECT write.recorded_at > \(conditions.bind(PostgresTimestamp(asOf)))
            FROM registry.recording write WHERE write.id = late.recording_id
        )
        """
    }

    /// The last write of a record of the table `late` up to the instant.
    private func lastWrite(_ conditions: inout ListConditions) -> String {
        """
        (
            SELECT max(write.id) FROM (
                SELECT v.recorded_by AS id FROM registry.record_version v WHERE v.record_id = late.id
                UNION ALL SELECT v.superseded_by FROM registry.record_version v WHERE v.record_id = late.id
                UNION ALL SELECT s.recorded_by FROM registry.statement s WHERE s.subject_id = late.id
                UNION ALL SELECT s.superseded_by FROM registry.statement s WHERE s.subject_id = late.id
                UNION ALL SELECT m.recorded_by FROM registry.merge m WHERE late.id IN (m.absorbed_id, m.survivor_id)
                UNION ALL SELECT m.undone_by FROM registry.merge m WHERE late.id IN (m.absorbed_id, m.survivor_id)
            ) AS said JOIN registry.recording write ON write.id = said.id
            WHERE write.recorded_at <= \(conditions.bind(PostgresTimestamp(asOf)))
        )
        """
    }
}
