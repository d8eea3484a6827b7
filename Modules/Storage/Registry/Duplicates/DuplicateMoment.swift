import DomainModel
import PostgresClient

/// SQL over pairs as they are believed now, or were believed at an instant, of records that are kept on a day.
struct DuplicateMoment {
    /// The instant; now if absent.
    let asOf: Instant?
    /// Only pairs of which both are kept on this day, called as they are then.
    let validAt: CivilDate?

    /// What is believed of pairs, with both records, and the last decision as `d`.
    func tables(_ conditions: inout ListConditions) -> String {
        let instant = asOf.map { conditions.bind(PostgresTimestamp($0)) }
        let pairs =
            if let instant {
                """
                (
                    SELECT b.* FROM registry.duplicate_belief b
                        LEFT JOIN registry.duplicate_writing begun ON begun.id = b.begun_by
                        LEFT JOIN registry.duplicate_writing ended ON ended.id = b.ended_by
                    WHERE coalesce(begun.recorded_at, b.found_at) <= \(instant)
                        AND (b.ended_by IS NULL OR ended.recorded_at > \(instant))
                )
                """
            } else {
                "registry.duplicate_candidate"
            }
        let decided = instant.map { " AND coalesce(w.recorded_at, d.decided_at) <= \($0)" } ?? ""
        return """
            \(pairs) c
            JOIN registry.record one ON one.id = c.one_id
            JOIN registry.record other ON other.id = c.other_id
            LEFT JOIN LATERAL (
                SELECT verdict, facts, reason, principal, decided_at FROM registry.duplicate_decision d
                    LEFT JOIN registry.duplicate_writing w ON w.id = d.written_by
                WHERE d.one_id = c.one_id AND d.other_id = c.other_id\(decided) ORDER BY d.id DESC LIMIT 1
            ) AS d ON true
            """
    }

    /// Both are one.
    private func areMerged(_ conditions: inout ListConditions) -> String {
        guard let asOf else { return "(one.merged_into = other.id OR other.merged_into = one.id)" }
        let instant = conditions.bind(PostgresTimestamp(asOf))
        return """
            EXISTS (
                SELECT FROM registry.merge m
                    JOIN registry.recording made ON made.id = m.recorded_by AND made.recorded_at <= \(instant)
                    LEFT JOIN registry.recording undone ON undone.id = m.undone_by
                WHERE m.absorbed_id IN (one.id, other.id) AND m.survivor_id IN (one.id, other.id)
                    AND (m.undone_by IS NULL OR undone.recorded_at > \(instant))
            )
            """
    }

    /// Pairs of what was withdrawn or erased, or merged into a third, are no question any more.
    func kept(_ conditions: inout ListConditions) -> String {
        guard asOf != nil || validAt != nil else {
            return """
                ((one.state IN ('active', 'closed') AND other.state IN ('active', 'closed'))
                    OR \(areMerged(&conditions)))
                """
        }
        let both = ["one", "other"].map { table in "EXISTS (SELECT \(version(of: table, &conditions)))" }
        return """
            (one.state <> 'erased' AND other.state <> 'erased'
                AND ((\(both.joined(separator: " AND "))) OR \(areMerged(&conditions))))
            """
    }

    /// What was decided: a decision is about the facts of its time, of others nothing is decided.
    func state(_ conditions: inout ListConditions) -> String {
        """
        CASE
            WHEN \(areMerged(&conditions)) THEN 'merged'
            WHEN d.verdict IN ('different', 'later') AND d.facts = c.facts THEN d.verdict
            ELSE 'open'
        END
        """
    }

    /// What a record is called: on the day, or last of all.
    func name(_ table: String, _ conditions: inout ListConditions) -> String {
        """
        (SELECT coalesce(v.attributes->>'name_zh', v.attributes->>'name_foreign', v.attributes->>'name_en')
        \(version(of: table, &conditions)) ORDER BY v.valid_from DESC LIMIT 1)
        """
    }

    private func version(of table: String, _ conditions: inout ListConditions) -> String {
        let believed = conditions.believed("v", asOf: asOf)
        let day = validAt.map { " AND v.valid_from <= \(conditions.bind($0.isoText))::text::date" } ?? ""
        return "FROM registry.record_version v WHERE v.record_id = \(table).id AND \(believed)\(day)"
    }
}
