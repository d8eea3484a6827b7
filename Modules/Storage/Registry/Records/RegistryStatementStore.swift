public import DomainModel
public import PostgresClient

/// Reads and writes statements: one store for all kinds.
public struct RegistryStatementStore {
    let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// A checked statement with the numbers of its records.
    public struct Entry: Sendable {
        /// Its number; absent for a new one.
        public var number: Int64?
        /// The record that it is about.
        public var subject: Int64
        /// The record that it leads to.
        public var object: Int64?
        /// What it says.
        public var draft: StatementDraft
        /// What may be said once a day.
        public var slot: StatementDefinition.Slot

        /// Makes an entry of its parts.
        public init(
            number: Int64? = nil,
            subject: Int64,
            object: Int64?,
            draft: StatementDraft,
            slot: StatementDefinition.Slot
        ) {
            self.number = number
            self.subject = subject
            self.object = object
            self.draft = draft
            self.slot = slot
        }

        /// What tells the slot from others of the same subject and kind; the database compares it with its own.
        var slotKey: String? {
            let object = object.map { String($0) } ?? ""
            return switch slot {
            case .none: nil
            case .subject: ""
            case .term: draft.term ?? ""
            case .object: object
            case .pair: "\(object) \(draft.term ?? "")"
            }
        }
    }

    /// Adds a statement, or says an ended one anew under its number.
    ///
    /// - Parameters:
    ///   - entry: What it says.
    ///   - recording: The write that it is part of.
    ///   - line: The line of the file that brings it.
    /// - Returns: Its number.
    /// - Throws: `PostgresError`: an exclusion violation of `statement_overlap`, a check violation of `statement_shares`.
    public func add(_ entry: Entry, recording: Int64, line: Int? = nil) async throws -> Int64 {
        let draft = entry.draft
        let row = try await connection.queryOne(
            """
            /* registry.statement.add */ INSERT INTO registry.statement (
                number, type, subject_id, object_id, term, share, valid, attributes, slot, recorded_by, line
            ) VALUES (
                coalesce(\(entry.number), nextval('registry.statement_number')), \(draft.type), \(entry.subject),
                \(entry.object), \(draft.term), \(draft.share.map { PostgresNumeric($0) }),
                daterange(\(draft.from?.isoText)::text::date, \(draft.until?.isoText)::text::date),
                \(try CanonicalJSON.text(draft.attributes ?? [:]))::text::jsonb, \(entry.slotKey), \(recording),
                \(line.map { Int32($0) })::integer
            ) RETURNING number
            """
        )
        guard let row else { throw StorageError.missing("the new statement") }
        return try row.decode(Int64.self)
    }

    /// Ends the belief in a statement.
    ///
    /// - Returns: Whether it was believed.
    public func end(_ number: Int64, recording: Int64) async throws -> Bool {
        try await connection.execute(
            """
            /* registry.statement.end */ UPDATE registry.statement SET superseded_by = \(recording)
            WHERE number = \(number) AND superseded_by IS NULL
            """
        ) > 0
    }

    /// Ends the belief in all statements about a record.
    public func endAll(about subject: Int64, recording: Int64) async throws {
        _ = try await connection.execute(
            """
            /* registry.statement.endAll */ UPDATE registry.statement SET superseded_by = \(recording)
            WHERE subject_id = \(subject) AND superseded_by IS NULL
            """
        )
    }

    /// Which statements are asked for; absent members do not restrict.
    public struct Filter: Sendable {
        /// The key of the record that they are about.
        public var subject: String?
        /// The key of the record that they lead to.
        public var object: String?
        /// The kind of statement.
        public var type: String?
        /// As they hold on this day; all days if absent.
        public var validAt: CivilDate?
        /// As they were believed at this instant; now if absent.
        public var asOf: Instant?

        /// Makes a filter of its parts.
        public init(
            subject: String? = nil,
            object: String? = nil,
            type: String? = nil,
            validAt: CivilDate? = nil,
            asOf: Instant? = nil
        ) {
            self.subject = subject
            self.object = object
            self.type = type
            self.validAt = validAt
            self.asOf = asOf
        }
    }

    /// Statements in the order of their numbers.
    public func list(_ filter: Filter, _ question: ListQuestion) async throws -> Page<RegistryStatement> {
        var conditions = Self.conditions(filter)
        return try await Listing(
            marker: "registry.statement.list",
            columns: Self.columns(asOf: filter.asOf, &conditions),
            tables: Self.tables,
            key: [Listing.Key(column: "statement.number", type: "bigint")]
        ).page(
            question,
            where: conditions,
            on: connection,
            cursor: { String($0.number) },
            read: Self.statement
        )
    }

    /// A statement that is believed, by its number.
    public func find(_ number: Int64) async throws -> RegistryStatement? {
        var conditions = Self.conditions(Filter())
        conditions.equal("statement.number", number)
        let columns = Self.columns(asOf: nil, &conditions)
        return try await connection.queryOne(
            PostgresQuery(
                sql: """
                    /* registry.statement.byNumber */ SELECT \(columns) FROM \(Self.tables) \(conditions.sql)
                    """,
                binds: conditions.binds
            )
        ).map(Self.statement)
    }

    /// What a recording said about some records, whether or not it is still believed.
    public func said(by recording: Int64, about subjects: [Int64]) async throws -> [RegistryStatement] {
        var conditions = ListConditions()
        conditions.add("statement.subject_id = ANY (#::bigint[])", subjects)
        conditions.equal("statement.recorded_by", recording)
        return try await said(conditions, marker: "registry.statement.saidBy")
    }

    /// What a recording said no longer about some records; relations lead where they led at an instant.
    public func ended(
        by recording: Int64,
        about subjects: [Int64],
        asOf: Instant
    ) async throws -> [RegistryStatement] {
        var conditions = ListConditions()
        conditions.add("statement.subject_id = ANY (#::bigint[])", subjects)
        conditions.equal("statement.superseded_by", recording)
        return try await said(conditions, marker: "registry.statement.endedBy", asOf: asOf)
    }

    /// All statements about a record that are believed now.
    public func believed(about subject: Int64) async throws -> [RegistryStatement] {
        var conditions = ListConditions()
        conditions.equal("statement.subject_id", subject)
        conditions.add("statement.superseded_by IS NULL")
        return try await said(conditions, marker: "registry.statement.about")
    }

    func said(
        _ given: ListConditions,
        marker: String,
        asOf: Instant? = nil
    ) async throws -> [RegistryStatement] {
        var conditions = given
        let columns = Self.columns(asOf: asOf, &conditions)
        return try await connection.query(
            PostgresQuery(
                sql: """
                    /* \(marker) */ SELECT \(columns) FROM \(Self.tables) \(conditions.sql)
                    ORDER BY statement.number, recording.recorded_at, statement.id
                    """,
                binds: conditions.binds
            )
        ).map(Self.statement)
    }

    static func conditions(_ filter: Filter) -> ListConditions {
        var conditions = ListConditions()
        add(filter, to: &conditions)
        return conditions
    }

    /// Adds what statements must fulfil.
    static func add(_ filter: Filter, to conditions: inout ListConditions) {
        conditions.add("subject.state <> 'erased'")
        conditions.add(conditions.believed("statement", asOf: filter.asOf))
        conditions.equal("subject.key", filter.subject)
        if let object = filter.object {
            // What leads to a merged record leads to its successor.
            let at = conditions.bind(filter.asOf.map { PostgresTimestamp($0) })
            let numbers = "registry.numbers_of(\(conditions.bind(object))::text, \(at)::timestamptz)"
            conditions.add("statement.object_id = ANY ((SELECT \(numbers))::bigint[])")
        }
        conditions.equal("statement.type", filter.type)
        if let day = filter.validAt { conditions.add("statement.valid @> #::text::date", day.isoText) }
    }

    /// The columns of a statement; a relation leads to what its record was merged into by the instant.
    private static func columns(asOf: Instant?, _ conditions: inout ListConditions) -> String {
        """
        statement.number, statement.type, subject.key, \(object(asOf: asOf, &conditions)), statement.term,
            statement.share, lower(statement.valid)::text, upper(statement.valid)::text, statement.attributes::text,
            \(Recording.columns("recording"))
        """
    }

    /// The key of the record that a statement leads to.
    static func object(asOf: Instant?, _ conditions: inout ListConditions) -> String {
        if let asOf {
            return "registry.led_to(statement.object_id, \(conditions.bind(PostgresTimestamp(asOf)))::timestamptz)"
        }
        // Asking a function for each of a thousand statements takes longer than all else.
        return """
            CASE WHEN statement.object_id IS NOT NULL THEN coalesce(
                (SELECT o.key FROM registry.record o WHERE o.id = statement.object_id AND o.merged_into IS NULL),
                registry.led_to(statement.object_id, NULL)
            ) END
            """
    }

    static let tables = """
        registry.statement
        JOIN registry.record subject ON subject.id = statement.subject_id
        JOIN registry.recording ON recording.id = statement.recorded_by
        """

    private static func statement(_ row: PostgresRow) throws -> RegistryStatement {
        let (
            number, type, subject, object, term, share, from, until, attributes, at, principal, reason, file, locator,
            batch
        ) = try row.decode(
            (
                Int64, String, String, String?, String?, PostgresNumeric?, String?, String?, String, PostgresTimestamp?,
                String, String, String?, String?, Int64?
            ).self
        )
        return RegistryStatement(
            number: number,
            type: type,
            subject: subject,
            object: object,
            term: term,
            share: try share.map { try ExactDecimal($0).normalized },
            from: try from.map { try CivilDate.stored($0) },
            until: try until.map { try CivilDate.stored($0) },
            recorded: Recording(at, principal, reason, file, locator, batch),
            attributes: try Attributes.stored(attributes)
        )
    }
}
