import DomainModel
import PostgresClient

extension ApprovalStore {
    /// Approvals as they were at an instant, and their state: SQL in which each later step has not been taken.
    ///
    /// The state is what `registry.approval_state` says of the present.
    static func past(at asOf: Instant, _ conditions: inout ListConditions) -> (table: String, state: String) {
        let instant = conditions.bind(PostgresTimestamp(asOf))
        let decided = ["decided_by", "decided_at", "is_granted", "remark", "usable_until"].map { column in
            "CASE WHEN a.decided_at <= \(instant) THEN a.\(column) END AS \(column)"
        }
        let others = ["withdrawn_at", "used_at"].map { column in
            "CASE WHEN a.\(column) <= \(instant) THEN a.\(column) END AS \(column)"
        }
        let table = """
            (
                SELECT a.id, a.action, a.records, a.reason, a.terms, a.requested_by, a.requested_at, a.waits_until,
                    \((decided + others).joined(separator: ", "))
                FROM registry.approval a WHERE a.requested_at <= \(instant)
            ) approval
            """
        let state = """
            CASE
                WHEN approval.withdrawn_at IS NOT NULL THEN 'withdrawn'
                WHEN NOT approval.is_granted THEN 'refused'
                WHEN approval.used_at IS NOT NULL AND approval.action = 'erasure' THEN 'used'
                WHEN \(instant) >= coalesce(approval.usable_until, approval.waits_until) THEN 'expired'
                WHEN approval.is_granted THEN 'approved'
                ELSE 'waiting'
            END
            """
        return (table, state)
    }
}
