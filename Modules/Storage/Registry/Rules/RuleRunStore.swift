public import DomainModel
public import PostgresClient

/// Keeps runs of rules, and what they conclude.
public struct RuleRunStore {
    let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// What is known of a run when it begins.
    public struct Beginning: Sendable {
        /// What it is for.
        public let purpose: RuleRun.Purpose
        /// The day.
        public let day: CivilDate
        /// The instant.
        public let asOf: Instant
        /// The rules with their versions.
        public let rules: [String]
        /// The row number of the only record.
        public let record: Int64?
        /// In whose name.
        public let principal: String
        /// When.
        public let now: Instant

        /// Makes a beginning of its parts.
        public init(
            purpose: RuleRun.Purpose,
            day: CivilDate,
            asOf: Instant,
            rules: [String],
            record: Int64?,
            principal: String,
            now: Instant
        ) {
            self.purpose = purpose
            self.day = day
            self.asOf = asOf
            self.rules = rules
            self.record = record
            self.principal = principal
            self.now = now
        }
    }

    /// Waits for its turn to change the facts that stand; it lasts until the transaction ends.
    ///
    /// - Returns: The latest instant of a run that stands; `nil` before the first.
    /// - Throws: `PostgresError`.
    public func takeTurn() async throws -> Instant? {
        try await connection.queryOne("/* registry.ruleTurn.take */ SELECT single FROM registry.rule_turn FOR UPDATE")
        let row = try await connection.queryOne(
            "/* registry.ruleRun.latest */ SELECT max(as_of) FROM registry.rule_run WHERE purpose = 'standing'"
        )
        return try row?.decode(PostgresTimestamp?.self).map { Instant($0) }
    }

    /// Begins a run.
    ///
    /// - Returns: Its number.
    /// - Throws: `PostgresError`.
    public func begin(_ run: Beginning) async throws -> Int64 {
        let row = try await connection.queryOne(
            """
            /* registry.ruleRun.begin */ INSERT INTO registry.rule_run (
                purpose, day, as_of, rules, record_id, principal, started_at
            ) VALUES (
                \(run.purpose.rawValue), \(run.day.isoText)::text::date, \(PostgresTimestamp(run.asOf)),
                \(run.rules)::text[], \(run.record), \(run.principal), \(PostgresTimestamp(run.now))
            ) RETURNING id
            """
        )
        guard let row else { throw StorageError.missing("the new run") }
        return try row.decode(Int64.self)
    }

    /// Keeps the facts of the records with numbers after one and up to another: all that there are of them.
    ///
    /// A run that stands ends what it no longer comes to, and leaves alone what it comes to again on the same grounds.
    ///
    /// - Throws: `PostgresError`; `EncodingError`.
    public func keep(
        _ facts: [(record: Int64, fact: DerivedFact)],
        after: Int64,
        upTo: Int64,
        of run: Int64,
        _ purpose: RuleRun.Purpose
    ) async throws {
        let (records, sorts) = (facts.map(\.record), facts.map(\.fact.sort.rawValue))
        let (terms, rules) = (facts.map(\.fact.term), facts.map(\.fact.rule))
        let grounds = try facts.map { try CanonicalJSON.text($0.fact.grounds) }
        if purpose == .standing {
            try await connection.execute(
                """
                /* registry.derivedFact.end */ UPDATE registry.derived_fact known SET until_run = \(run)
                WHERE known.until_run IS NULL AND known.record_id > \(after) AND known.record_id <= \(upTo)
                    AND NOT EXISTS (
                        SELECT FROM unnest(
                            \(records)::bigint[], \(sorts)::text[], \(terms)::text[], \(rules)::text[], \(grounds)::text[]
                        ) AS given (record_id, sort, term, rule, grounds)
                        WHERE given.record_id = known.record_id AND given.sort = known.sort AND given.term = known.term
                            AND given.rule = known.rule AND given.grounds::jsonb = known.grounds
                    )
                """
            )
        }
        if facts.isEmpty { return }
        try await connection.execute(
            """
            /* registry.derivedFact.keep */ INSERT INTO registry.derived_fact (
                first_run, until_run, record_id, sort, term, rule, grounds
            )
            SELECT \(run), CASE WHEN \(purpose == .trial) THEN \(run) END, record_id, sort, term, rule, grounds::jsonb
            FROM unnest(
                \(records)::bigint[], \(sorts)::text[], \(terms)::text[], \(rules)::text[], \(grounds)::text[]
            ) AS given (record_id, sort, term, rule, grounds)
            WHERE \(purpose == .trial) OR NOT EXISTS (
                SELECT FROM registry.derived_fact known
                WHERE known.until_run IS NULL AND known.record_id = given.record_id AND known.sort = given.sort
                    AND known.term = given.term
            )
            """
        )
    }

    /// Ends a run.
    public func finish(_ id: Int64, records: Int, facts: Int, digest: String) async throws {
        try await connection.execute(
            """
            /* registry.ruleRun.finish */ UPDATE registry.rule_run
            SET records = \(Int64(records)), facts = \(Int64(facts)), digest = \(digest) WHERE id = \(id)
            """
        )
    }

    /// Forgets trials that began before an instant, with their facts.
    public func forgetTrials(before instant: Instant) async throws {
        try await connection.execute(
            """
            /* registry.ruleRun.forget */ DELETE FROM registry.rule_run
            WHERE purpose = 'trial' AND started_at < \(PostgresTimestamp(instant))
            """
        )
    }

    /// A record of which a run has raised warnings that did not stand before.
    public struct Warned: Sendable, Hashable {
        /// Its key.
        public let key: String
        /// What it is.
        public let kind: RegistryKind
        /// The terms of the new warnings, in their order.
        public let terms: [String]
    }

    /// Records with new warnings, in the order of their keys.
    public func warned(by run: Int64) async throws -> [Warned] {
        try await connection.query(
            """
            /* registry.derivedFact.warned */ SELECT record.key, record.kind, array_agg(fact.term ORDER BY fact.term)
            FROM registry.derived_fact fact JOIN registry.record ON record.id = fact.record_id
            WHERE fact.first_run = \(run) AND fact.until_run IS NULL AND fact.sort = 'warning' AND NOT EXISTS (
                SELECT FROM registry.derived_fact known WHERE known.until_run = \(run)
                    AND known.record_id = fact.record_id AND known.sort = fact.sort AND known.term = fact.term
            )
            GROUP BY record.key, record.kind ORDER BY record.key
            """
        ).map { row in
            let (key, kind, terms) = try row.decode((String, String, [String]).self)
            return Warned(key: key, kind: try stored(RegistryKind.self, kind), terms: terms)
        }
    }
}
