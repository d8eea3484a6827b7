public import DomainModel
public import PostgresClient

/// Keeps the ledger of consents: on what ground data about a person may be used, and for what.
public struct ConsentStore {
    let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction, whose regions bound what is seen.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Who writes a line, and when.
    public struct Entry: Sendable {
        /// In whose name.
        public let principal: String
        /// On what occasion.
        public let activity: String
        /// When.
        public let at: Instant

        /// Names who writes.
        public init(principal: String, activity: String, at: Instant) {
            self.principal = principal
            self.activity = activity
            self.at = at
        }
    }

    /// Adds a ground.
    ///
    /// - Parameters:
    ///   - ground: What it says.
    ///   - record: The row number of the person's record.
    ///   - entry: Who writes it down.
    /// - Returns: The number of the line.
    /// - Throws: `PostgresError`.
    public func add(_ ground: ConsentGround, about record: Int64, by entry: Entry) async throws -> Int64 {
        let row = try await connection.queryOne(
            """
            /* registry.consent.add */ INSERT INTO registry.consent (
                record_id, purpose, basis, form, fields, given_at, until, channel, document, sha256, note, recorded_at,
                principal, activity
            ) VALUES (\(record), \(ground.purpose), \(ground.basis.rawValue), \(ground.form?.rawValue)::text,
                \(ground.fields)::text[], \(PostgresTimestamp(ground.givenAt)),
                \(ground.until.map { PostgresTimestamp($0) })::timestamptz, \(ground.channel.rawValue),
                \(ground.evidence?.document)::text, \(ground.evidence?.sha256)::text, \(ground.note)::text,
                \(PostgresTimestamp(entry.at)), \(entry.principal), \(entry.activity))
            RETURNING id
            """
        )
        guard let row else { throw StorageError.missing("the new consent") }
        return try row.decode(Int64.self)
    }

    /// Ends a ground.
    ///
    /// - Returns: Whether it was in force until now; one that has been ended stays as it is.
    /// - Throws: `PostgresError`.
    public func withdraw(
        _ number: Int64,
        at instant: Instant,
        channel: ConsentChannel,
        evidence: Consent.Evidence?,
        note: String?,
        by entry: Entry
    ) async throws -> Bool {
        try await connection.queryOne(
            """
            /* registry.consent.withdraw */ INSERT INTO registry.consent_withdrawal (
                consent_id, withdrawn_at, channel, document, sha256, note, recorded_at, principal, activity
            ) VALUES (\(number), \(PostgresTimestamp(instant)), \(channel.rawValue), \(evidence?.document)::text,
                \(evidence?.sha256)::text, \(note)::text, \(PostgresTimestamp(entry.at)), \(entry.principal),
                \(entry.activity))
            ON CONFLICT DO NOTHING RETURNING consent_id
            """
        ) != nil
    }

    /// A line by its number, or `nil` when there is none, or it is not to be seen.
    ///
    /// - Parameters:
    ///   - number: The number.
    ///   - asOf: As the ledger was at this instant.
    ///   - validAt: Only when it was in force on this day in China.
    /// - Returns: The line.
    /// - Throws: `PostgresError`; ``StorageError``.
    public func find(_ number: Int64, asOf: Instant? = nil, validAt: CivilDate? = nil) async throws -> Consent? {
        var conditions = ListConditions()
        conditions.equal("c.id", number)
        return try await lines(conditions, asOf, validAt, marker: "registry.consent.byNumber", limit: 1).first
    }

    /// The lines about a person, the newest first.
    ///
    /// - Parameters:
    ///   - subject: The key of the record.
    ///   - purpose: Only those for this purpose.
    ///   - after: Only those older than this line.
    ///   - limit: At most so many.
    ///   - asOf: As the ledger was at this instant.
    ///   - validAt: Only those that were in force on this day in China.
    /// - Returns: A page whose cursor is the number of its last line.
    /// - Throws: `PostgresError`; ``StorageError``.
    public func list(
        of subject: String,
        purpose: String?,
        after: Int64?,
        limit: Int,
        asOf: Instant? = nil,
        validAt: CivilDate? = nil
    ) async throws -> Page<Consent> {
        var conditions = ListConditions()
        conditions.equal("r.key", subject)
        conditions.equal("c.purpose", purpose)
        if let after { conditions.add("c.id < #", after) }
        let marker = "registry.consent.list"
        let lines = try await lines(conditions, asOf, validAt, marker: marker, limit: limit + 1)
        return Page(lines, limit: limit) { String($0.number) }
    }

    /// Whether data about a person may be used for a purpose at an instant, by all that the ledger says of both.
    ///
    /// - Parameters:
    ///   - subject: The key of the record of the person.
    ///   - purpose: What for.
    ///   - instant: When.
    ///   - field: One field; `nil` asks about the whole record.
    ///   - isSensitive: Whether the field is sensitive.
    ///   - asOf: By what the ledger said at this instant.
    /// - Returns: The answer with its grounds.
    /// - Throws: `PostgresError`; ``StorageError``.
    public func covers(
        _ subject: String,
        _ purpose: String,
        at instant: Instant,
        field: String? = nil,
        isSensitive: Bool = false,
        asOf: Instant? = nil
    ) async throws -> ConsentAnswer {
        let lines = try await list(of: subject, purpose: purpose, after: nil, limit: 10_000, asOf: asOf).items
        return ConsentAnswer(
            by: lines,
            of: subject,
            for: purpose,
            at: instant,
            field: field,
            isSensitive: isSensitive
        )
    }

    private static let columns = """
        c.id, r.key, c.purpose, c.basis, c.form, c.fields, c.given_at, c.until, c.channel, c.document, c.sha256, c.note,
        c.recorded_at, c.principal, w.withdrawn_at, w.channel, w.document, w.sha256, w.note, w.recorded_at, w.principal
        """

    /// Lines as they were written at an instant, of those that were in force at some time of a day.
    private func lines(
        _ given: ListConditions,
        _ asOf: Instant?,
        _ day: CivilDate?,
        marker: String,
        limit: Int
    ) async throws -> [Consent] {
        var (conditions, known) = (given, "")
        if let asOf {
            let instant = conditions.bind(PostgresTimestamp(asOf))
            conditions.add("c.recorded_at <= \(instant)")
            known = " AND w.recorded_at <= \(instant)"
        }
        if let day {
            conditions.add("c.given_at < #", PostgresTimestamp(day.registerEnd))
            conditions.add(
                "coalesce(least(c.until, w.withdrawn_at), 'infinity') > #",
                PostgresTimestamp(day.registerStart)
            )
        }
        let sql = """
            /* \(marker) */ SELECT \(Self.columns)
            FROM registry.consent c JOIN registry.record r ON r.id = c.record_id
                LEFT JOIN registry.consent_withdrawal w ON w.consent_id = c.id\(known)
            \(conditions.sql) ORDER BY c.id DESC LIMIT \(limit)
            """
        return try await connection.query(PostgresQuery(sql: sql, binds: conditions.binds)).map(Self.consent)
    }

    private static func consent(_ row: PostgresRow) throws -> Consent {
        let (
            number, subject, purpose, basis, form, fields, given, until, channel, document, sha256, note, recorded,
            principal, withdrawn, endChannel, endDocument, endSHA256, endNote, endRecorded, endPrincipal
        ) = try row.decode(
            (
                Int64, String, String, String, String?, [String], PostgresTimestamp, PostgresTimestamp?, String,
                String?,
                String?, String?, PostgresTimestamp, String, PostgresTimestamp?, String?, String?, String?, String?,
                PostgresTimestamp?, String?
            ).self
        )
        var withdrawal: Consent.Withdrawal?
        if let withdrawn, let endChannel, let endRecorded, let endPrincipal {
            withdrawal = Consent.Withdrawal(
                at: Instant(withdrawn),
                channel: try stored(ConsentChannel.self, endChannel),
                evidence: endDocument.map { Consent.Evidence(document: $0, sha256: endSHA256) },
                note: endNote,
                recordedAt: Instant(endRecorded),
                recordedBy: endPrincipal
            )
        }
        return Consent(
            number: number,
            subject: subject,
            ground: ConsentGround(
                purpose: purpose,
                basis: try stored(ProcessingBasis.self, basis),
                form: try form.map { try stored(ConsentForm.self, $0) },
                fields: fields,
                givenAt: Instant(given),
                until: until.map { Instant($0) },
                channel: try stored(ConsentChannel.self, channel),
                evidence: document.map { Consent.Evidence(document: $0, sha256: sha256) },
                note: note
            ),
            recordedAt: Instant(recorded),
            recordedBy: principal,
            withdrawal: withdrawal
        )
    }
}
