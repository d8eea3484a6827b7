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
        /// As it was believed at this instant.
        public var asOf: Instant?
        /// Only pairs of which both are kept on this day.
        public var validAt: CivilDate?

        /// Makes a filter of its parts.
        public init(
            kind: RegistryKind? = nil,
            state: DuplicateCandidate.State? = nil,
            region: String? = nil,
            record: String? = nil,
            minimum: Double? = nil,
            asOf: Instant? = nil,
            validAt: CivilDate? = nil
        ) {
            self.kind = kind
            self.state = state
            self.region = region
            self.record = record
            self.minimum = minimum
            self.asOf = asOf
            self.validAt = validAt
        }
    }

    /// Pairs, the likeliest first.
    public func list(_ filter: Filter, _ question: ListQuestion) async throws -> Page<DuplicateCandidate> {
        let moment = DuplicateMoment(asOf: filter.asOf, validAt: filter.validAt)
        var conditions = ListConditions()
        let tables = moment.tables(&conditions)
        let columns = Self.columns(at: moment, &conditions)
        conditions.add(moment.kept(&conditions))
        conditions.equal("c.kind", filter.kind?.rawValue)
        if let state = filter.state { conditions.equal("(\(moment.state(&conditions)))", state.rawValue) }
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
            columns: columns,
            tables: tables,
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
    ///
    /// - Parameters:
    ///   - id: The number.
    ///   - asOf: As it was believed at this instant.
    ///   - validAt: Only when both records are kept on this day.
    /// - Returns: The pair; `nil` when there is none, or it is not to be seen.
    /// - Throws: `PostgresError`; ``StorageError``.
    public func find(
        _ id: Int64,
        asOf: Instant? = nil,
        validAt: CivilDate? = nil
    ) async throws -> DuplicateCandidate? {
        let moment = DuplicateMoment(asOf: asOf, validAt: validAt)
        var conditions = ListConditions()
        let tables = moment.tables(&conditions)
        let columns = Self.columns(at: moment, &conditions)
        conditions.add(moment.kept(&conditions))
        conditions.equal("c.id", id)
        return try await connection.queryOne(
            PostgresQuery(
                sql: """
                    /* registry.duplicate.byNumber */ SELECT \(columns) FROM \(tables) \(conditions.sql)
                    """,
                binds: conditions.binds
            )
        ).map(Self.candidate)
    }

    private static func columns(at moment: DuplicateMoment, _ conditions: inout ListConditions) -> String {
        """
        c.id, c.kind, one.key, other.key, \(moment.name("one", &conditions)), \(moment.name("other", &conditions)),
        c.probability, c.reasons::text, \(moment.state(&conditions)), c.found_at, d.verdict, d.reason, d.principal,
        d.decided_at
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
