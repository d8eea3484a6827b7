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

    /// Ends a run.
    public func finish(_ id: Int64, records: Int, facts: Int, digest: String) async throws {
        try await connection.execute(
            """
            /* registry.ruleRun.finish */ UPDATE registry.rule_run
            SET records = \(Int64(records)), facts = \(Int64(facts)), digest = \(digest) WHERE id = \(id)
            """
        )
    }

    /// Gives a run its instant, which follows every one before it.
    ///
    /// Call it last in the transaction: from here to the commit, recordings wait for their instant.
    public func seal(_ id: Int64) async throws {
        try await connection.execute(
            """
            /* registry.ruleRun.seal */ WITH clock AS (
                UPDATE collection.vintage_clock
                SET newest = greatest(clock_timestamp(), newest + interval '1 microsecond')
                RETURNING newest
            )
            UPDATE registry.rule_run SET recorded_at = clock.newest FROM clock WHERE id = \(id)
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
