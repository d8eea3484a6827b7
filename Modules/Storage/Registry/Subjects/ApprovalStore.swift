public import DomainModel
public import PostgresClient

/// Keeps what one person asks for and another one approves.
public struct ApprovalStore {
    let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction, whose regions bound what is seen.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Asks for something, in the name of the transaction's principal.
    ///
    /// - Parameters:
    ///   - action: What.
    ///   - records: The keys of the records.
    ///   - reason: Why, or what for.
    ///   - terms: What is taken out, of an export.
    ///   - activity: On what occasion.
    /// - Returns: The number of the approval.
    /// - Throws: `PostgresError`; ``StorageError`` when a record is not to be seen.
    public func ask(
        _ action: Approval.Action,
        for records: [String],
        reason: String,
        terms: ExportTerms?,
        activity: String
    ) async throws -> Int64 {
        let content = try terms.map { try CanonicalJSON.text($0) }
        let row = try await connection.queryOne(
            """
            /* registry.approval.ask */ INSERT INTO registry.approval (
                action, records, regions, is_beyond, reason, terms, requested_by, activity, waits_until
            )
            SELECT \(action.rawValue)::text, array_agg(r.id ORDER BY given.place),
                coalesce(array_agg(DISTINCT r.region_id) FILTER (WHERE r.region_id IS NOT NULL), '{}'),
                bool_or(r.region_id IS NULL), \(reason)::text, \(content)::text::jsonb, identity.principal_id(),
                \(activity)::text, clock_timestamp() + \(Approval.waitsFor) * interval '1 second'
            FROM unnest(\(records)::text[]) WITH ORDINALITY AS given (key, place)
                JOIN registry.record r ON r.key = given.key
            HAVING count(*) = \(Int64(records.count))
            RETURNING id
            """
        )
        guard let row else { throw StorageError.missing("a record of the approval") }
        return try row.decode(Int64.self)
    }

    /// Says what a second person has decided, in the name of the transaction's principal.
    ///
    /// - Returns: Whether it waited for a decision.
    /// - Throws: `PostgresError`, also when the first person decides.
    public func decide(_ number: Int64, isGranted: Bool, remark: String?) async throws -> Bool {
        try await connection.queryOne(
            """
            /* registry.approval.decide */ UPDATE registry.approval SET decided_by = identity.principal_id(),
                decided_at = clock_timestamp(), is_granted = \(isGranted), remark = \(remark)::text,
                usable_until = CASE WHEN \(isGranted) THEN
                    clock_timestamp() + \(Approval.usableFor) * interval '1 second' END
            WHERE id = \(number) AND registry.approval_state(approval) = 'waiting' RETURNING id
            """
        ) != nil
    }

    /// Says that who asked wants it no longer.
    ///
    /// - Returns: Whether it waited or was approved.
    public func withdraw(_ number: Int64) async throws -> Bool {
        try await connection.queryOne(
            """
            /* registry.approval.withdraw */ UPDATE registry.approval SET withdrawn_at = clock_timestamp()
            WHERE id = \(number) AND registry.approval_state(approval) IN ('waiting', 'approved') RETURNING id
            """
        ) != nil
    }

    /// Says that it is being done; an erasure is done once.
    ///
    /// - Returns: Whether it was approved, and still is.
    public func use(_ number: Int64) async throws -> Bool {
        try await connection.queryOne(
            """
            /* registry.approval.use */ UPDATE registry.approval SET used_at = coalesce(used_at, clock_timestamp())
            WHERE id = \(number) AND registry.approval_state(approval) = 'approved' RETURNING id
            """
        ) != nil
    }

    /// Takes an approval, so that nobody withdraws it before the transaction ends.
    ///
    /// - Returns: Whether there is one of this number that is to be seen.
    public func hold(_ number: Int64) async throws -> Bool {
        try await connection.queryOne(
            "/* registry.approval.hold */ SELECT id FROM registry.approval WHERE id = \(number) FOR UPDATE"
        ) != nil
    }

    /// An approval by its number, or `nil` when there is none, or it is not to be seen.
    ///
    /// - Parameters:
    ///   - number: The number.
    ///   - asOf: As it was at this instant; `nil` also when nobody had asked by then.
    /// - Returns: The approval.
    /// - Throws: `PostgresError`; ``StorageError``.
    public func find(_ number: Int64, asOf: Instant? = nil) async throws -> Approval? {
        var conditions = ListConditions()
        conditions.equal("approval.id", number)
        return try await approvals(conditions, asOf: asOf, marker: "registry.approval.byNumber", limit: 1).first
    }

    /// Approvals, the newest first.
    ///
    /// - Parameters:
    ///   - action: Only those for this.
    ///   - state: Only those in this state.
    ///   - after: Only those older than this one.
    ///   - limit: At most so many.
    ///   - asOf: As they were at this instant.
    /// - Returns: A page whose cursor is the number of its last item.
    /// - Throws: `PostgresError`; ``StorageError``.
    public func list(
        _ action: Approval.Action?,
        in state: Approval.State?,
        after: Int64?,
        limit: Int,
        asOf: Instant? = nil
    ) async throws -> Page<Approval> {
        var conditions = ListConditions()
        conditions.equal("approval.action", action?.rawValue)
        if let after { conditions.add("approval.id < #", after) }
        let marker = "registry.approval.list"
        let items = try await approvals(conditions, in: state, asOf: asOf, marker: marker, limit: limit + 1)
        return Page(items, limit: limit) { String($0.number) }
    }

    private func approvals(
        _ given: ListConditions,
        in state: Approval.State? = nil,
        asOf: Instant?,
        marker: String,
        limit: Int
    ) async throws -> [Approval] {
        var conditions = given
        var (table, present) = ("registry.approval", "registry.approval_state(approval)")
        if let asOf { (table, present) = Self.past(at: asOf, &conditions) }
        conditions.equal("(\(present))", state?.rawValue)
        let sql = """
            /* \(marker) */ SELECT approval.id, approval.action, \(present), (
                    SELECT array_agg(registry.key_of(one.id) ORDER BY one.place)
                    FROM unnest(approval.records) WITH ORDINALITY AS one (id, place)
                ), approval.reason, approval.terms::text, approval.requested_by, approval.requested_at,
                approval.waits_until, approval.decided_by, approval.decided_at, approval.remark, approval.usable_until,
                approval.used_at
            FROM \(table) \(conditions.sql) ORDER BY approval.id DESC LIMIT \(limit)
            """
        return try await connection.query(PostgresQuery(sql: sql, binds: conditions.binds)).map(Self.approval)
    }

    private static func approval(_ row: PostgresRow) throws -> Approval {
        let (
            number, action, state, records, reason, terms, requestedBy, requestedAt, waitsUntil, decidedBy, decidedAt,
            remark, usableUntil, usedAt
        ) = try row.decode(
            (
                Int64, String, String, [String], String, String?, String, PostgresTimestamp, PostgresTimestamp, String?,
                PostgresTimestamp?, String?, PostgresTimestamp?, PostgresTimestamp?
            ).self
        )
        var decision: Approval.Decision?
        if let decidedBy, let decidedAt {
            decision = Approval.Decision(by: decidedBy, at: Instant(decidedAt), remark: remark)
        }
        return Approval(
            number: number,
            action: try stored(Approval.Action.self, action),
            state: try stored(Approval.State.self, state),
            records: records,
            reason: reason,
            export: try terms.map { try CanonicalJSON.decode(ExportTerms.self, from: $0) },
            requestedBy: requestedBy,
            requestedAt: Instant(requestedAt),
            waitsUntil: Instant(waitsUntil),
            decision: decision,
            usableUntil: usableUntil.map { Instant($0) },
            usedAt: usedAt.map { Instant($0) }
        )
    }
}
