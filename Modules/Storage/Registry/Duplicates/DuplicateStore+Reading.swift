public import DomainModel
import PostgresClient

extension DuplicateStore {
    /// Which pairs are asked for; absent members do not restrict.
    public struct Filter: Sendable {
        /// What they are.
        public var kind: RegistryKind?
        /// What was decided; all if absent.
        public var state: DuplicateCandidate.State?
        /// The code of the region that either lies in.
        public var region: String?
        /// The key of one of the two.
        public var record: String?
        /// The least probability.
        public var minimum: Double?

        /// Makes a filter of its parts.
        public init(
            kind: RegistryKind? = nil,
            state: DuplicateCandidate.State? = nil,
            region: String? = nil,
            record: String? = nil,
            minimum: Double? = nil
        ) {
            self.kind = kind
            self.state = state
            self.region = region
            self.record = record
            self.minimum = minimum
        }
    }

    /// Pairs, the likeliest first.
    public func list(_ filter: Filter, _ question: ListQuestion) async throws -> Page<DuplicateCandidate> {
        var conditions = Self.kept
        conditions.equal("c.kind", filter.kind?.rawValue)
        if let state = filter.state { conditions.equal("(\(Self.state))", state.rawValue) }
        if let region = filter.region {
            conditions.add(
                "(SELECT g.id FROM registry.region g WHERE g.code = #) IN (c.one_region, c.other_region)",
                region
            )
        }
        if let record = filter.record { conditions.add("# IN (one.key, other.key)", record) }
        if let minimum = filter.minimum { conditions.add("c.probability >= #", minimum) }
        return try await Listing(
            marker: "registry.duplicate.list",
            columns: Self.columns,
            tables: Self.tables,
            key: [
                Listing.Key(column: "c.probability", type: "double precision"),
                Listing.Key(column: "c.id", type: "bigint"),
            ],
            isDescending: true
        ).page(
            question,
            where: conditions,
            on: connection,
            keys: { $0.split(separator: "/").map(String.init) },
            cursor: { "\($0.probability)/\($0.id)" },
            read: Self.candidate
        )
    }

    /// One pair, by its number.
    public func find(_ id: Int64) async throws -> DuplicateCandidate? {
        var conditions = Self.kept
        conditions.equal("c.id", id)
        return try await connection.queryOne(
            PostgresQuery(
                sql: """
                    /* registry.duplicate.byNumber */ SELECT \(Self.columns) FROM \(Self.tables) \(conditions.sql)
                    """,
                binds: conditions.binds
            )
        ).map(Self.candidate)
    }

    /// Pairs of what was withdrawn or erased, or merged into a third, are no question any more.
    private static var kept: ListConditions {
        var conditions = ListConditions()
        conditions.add(
            """
            ((one.state IN ('active', 'closed') AND other.state IN ('active', 'closed'))
                OR one.merged_into = other.id OR other.merged_into = one.id)
            """
        )
        return conditions
    }

    /// A decision is about the facts of its time: of others nothing is decided.
    private static let state = """
        CASE
            WHEN one.merged_into = other.id OR other.merged_into = one.id THEN 'merged'
            WHEN d.verdict IN ('different', 'later') AND d.facts = c.facts THEN d.verdict
            ELSE 'open'
        END
        """

    private static let columns = """
        c.id, c.kind, one.key, other.key, \(name("one")), \(name("other")), c.probability, c.reasons::text,
        \(state), c.found_at, d.verdict, d.reason, d.principal, d.decided_at
        """

    private static let tables = """
        registry.duplicate_candidate c
        JOIN registry.record one ON one.id = c.one_id
        JOIN registry.record other ON other.id = c.other_id
        LEFT JOIN LATERAL (
            SELECT verdict, facts, reason, principal, decided_at FROM registry.duplicate_decision d
            WHERE d.one_id = c.one_id AND d.other_id = c.other_id ORDER BY d.id DESC LIMIT 1
        ) AS d ON true
        """

    /// What a record is called last of all.
    private static func name(_ table: String) -> String {
        """
        (SELECT coalesce(v.attributes->>'name_zh', v.attributes->>'name_foreign', v.attributes->>'name_en')
        FROM registry.record_version v WHERE v.record_id = \(table).id AND v.superseded_by IS NULL
        ORDER BY v.valid_from DESC LIMIT 1)
        """
    }

    private static func candidate(_ row: PostgresRow) throws -> DuplicateCandidate {
        let (
            id, kind, oneKey, otherKey, oneName, otherName, probability, reasons, state, found, verdict, reason,
            principal, at
        ) = try row.decode(
            (
                Int64, String, String, String, String?, String?, Double, String, String, PostgresTimestamp, String?,
                String?, String?, PostgresTimestamp?
            ).self
        )
        let of = try stored(RegistryKind.self, kind)
        var decision: DuplicateDecision?
        if let verdict, let at {
            decision = DuplicateDecision(
                verdict: try stored(DuplicateDecision.Verdict.self, verdict),
                reason: reason ?? "",
                principal: principal ?? "",
                at: Instant(at)
            )
        }
        return DuplicateCandidate(
            id: id,
            kind: of,
            one: RelatedName(key: oneKey, kind: of, name: oneName),
            other: RelatedName(key: otherKey, kind: of, name: otherName),
            probability: probability,
            reasons: try CanonicalJSON.decode([DuplicateReason].self, from: reasons),
            state: try stored(DuplicateCandidate.State.self, state),
            foundAt: Instant(found),
            decision: decision
        )
    }
}
