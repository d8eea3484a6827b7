public import DomainModel
public import PostgresClient

/// Keeps the pairs of records that may be one, and what was decided about them.
public struct DuplicateStore {
    let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// A pair that was found.
    public struct Pair: Sendable {
        /// The row numbers of both, the smaller first, and of their regions.
        public let one: (record: Int64, region: Int32?)
        /// The other.
        public let other: (record: Int64, region: Int32?)
        /// How likely they are one.
        public let probability: Double
        /// Why.
        public let reasons: [DuplicateReason]
        /// A digest of what was compared.
        public let facts: Int64

        /// Makes a pair of its parts, in either order.
        public init(
            _ one: (record: Int64, region: Int32?),
            _ other: (record: Int64, region: Int32?),
            probability: Double,
            reasons: [DuplicateReason],
            facts: Int64
        ) {
            (self.one, self.other) = one.record < other.record ? (one, other) : (other, one)
            self.probability = probability
            self.reasons = reasons
            self.facts = facts
        }
    }

    /// Keeps pairs; one that is known keeps its number, and the time when it was found with the same facts.
    ///
    /// - Parameters:
    ///   - pairs: Each pair once.
    ///   - kind: What they are.
    ///   - search: The search that saw them.
    ///   - now: When.
    /// - Throws: `PostgresError`.
    public func put(_ pairs: [Pair], of kind: RegistryKind, search: Int64?, now: Instant) async throws {
        if pairs.isEmpty { return }
        try await connection.execute(
            """
            /* registry.duplicate.put */ INSERT INTO registry.duplicate_candidate AS known (
                kind, one_id, other_id, one_region, other_region, probability, reasons, facts, found_at, search_id
            )
            SELECT \(kind.rawValue)::text, one_id, other_id, one_region, other_region, probability, reasons::jsonb, facts,
                \(PostgresTimestamp(now))::timestamptz, \(search)::bigint
            FROM unnest(
                \(pairs.map(\.one.record))::bigint[], \(pairs.map(\.other.record))::bigint[],
                \(pairs.map(\.one.region))::integer[], \(pairs.map(\.other.region))::integer[],
                \(pairs.map(\.probability))::double precision[],
                \(try pairs.map { try CanonicalJSON.text($0.reasons) })::text[], \(pairs.map(\.facts))::bigint[]
            ) AS given (one_id, other_id, one_region, other_region, probability, reasons, facts)
            -- In one order always: two that keep the same pairs would wait for each other.
            ORDER BY one_id, other_id
            ON CONFLICT (one_id, other_id) DO UPDATE SET
                one_region = excluded.one_region, other_region = excluded.other_region,
                probability = excluded.probability, reasons = excluded.reasons, facts = excluded.facts,
                found_at = CASE WHEN known.facts = excluded.facts THEN known.found_at ELSE excluded.found_at END,
                search_id = coalesce(excluded.search_id, known.search_id)
            """
        )
    }

    /// Takes out the pairs of a kind that a search did not see again: their facts make them likely no longer.
    ///
    /// What was decided about them stays.
    public func removeUnseen(_ kind: RegistryKind, by search: Int64) async throws {
        try await connection.execute(
            """
            /* registry.duplicate.unseen */ DELETE FROM registry.duplicate_candidate c
            WHERE c.kind = \(kind.rawValue) AND c.search_id IS DISTINCT FROM \(search) AND NOT EXISTS (
                SELECT FROM registry.merge m WHERE m.undone_by IS NULL
                    AND m.absorbed_id IN (c.one_id, c.other_id) AND m.survivor_id IN (c.one_id, c.other_id)
            )
            """
        )
    }

    /// Takes out the pairs of a record, but for these others and those that were merged.
    public func remove(of record: Int64, keeping others: [Int64]) async throws {
        try await connection.execute(
            """
            /* registry.duplicate.remove */ DELETE FROM registry.duplicate_candidate c
            WHERE ((one_id = \(record) AND other_id <> ALL (\(others)::bigint[]))
                    OR (other_id = \(record) AND one_id <> ALL (\(others)::bigint[])))
                AND NOT EXISTS (
                    SELECT FROM registry.merge m WHERE m.undone_by IS NULL
                        AND m.absorbed_id IN (c.one_id, c.other_id) AND m.survivor_id IN (c.one_id, c.other_id)
                )
            """
        )
    }

    /// The pairs of records that a write has brought, as they stand.
    public func pairs(
        of arrivals: LinkageArrivals,
        _ kind: RegistryKind
    ) async throws -> [(id: Int64, one: Int64, other: Int64)] {
        try await connection.query(
            """
            /* registry.duplicate.ofArrivals */ SELECT c.id, c.one_id, c.other_id FROM registry.duplicate_candidate c
            WHERE c.kind = \(kind.rawValue)
                AND (\(unescaped: arrivals.contains("c.one_id")) OR \(unescaped: arrivals.contains("c.other_id")))
            """
        ).map { row in
            let (id, one, other) = try row.decode((Int64, Int64, Int64).self)
            return (id, one, other)
        }
    }

    /// Takes out pairs by their numbers, but for those that were merged.
    public func remove(_ pairs: [Int64]) async throws {
        if pairs.isEmpty { return }
        try await connection.execute(
            """
            /* registry.duplicate.removePairs */ DELETE FROM registry.duplicate_candidate c
            WHERE c.id = ANY (\(pairs)::bigint[]) AND NOT EXISTS (
                SELECT FROM registry.merge m WHERE m.undone_by IS NULL
                    AND m.absorbed_id IN (c.one_id, c.other_id) AND m.survivor_id IN (c.one_id, c.other_id)
            )
            """
        )
    }

    /// Gives what was written of pairs its instant now instead of at the commit.
    ///
    /// Call it last in a write that makes no recording: whoever takes the clock after the head of the audit trail could
    /// wait for one who has taken them the other way round.
    public func seal() async throws {
        try await connection.execute("SET CONSTRAINTS registry.duplicate_writing_sealed IMMEDIATE")
    }

    /// Keeps a decision about a pair as it is now.
    public func decide(
        _ candidate: Int64,
        _ decision: DuplicateDecision,
        activity: String
    ) async throws {
        try await connection.execute(
            """
            /* registry.duplicate.decide */ INSERT INTO registry.duplicate_decision (
                one_id, other_id, facts, verdict, reason, principal, activity, decided_at
            )
            SELECT one_id, other_id, facts, \(decision.verdict.rawValue), \(decision.reason), \(decision.principal),
                \(activity), \(PostgresTimestamp(decision.at))
            FROM registry.duplicate_candidate WHERE id = \(candidate)
            """
        )
    }
}
