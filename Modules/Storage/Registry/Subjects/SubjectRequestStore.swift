public import DomainModel
public import PostgresClient

/// Keeps what persons ask for, and each step of the answer.
public struct SubjectRequestStore {
    let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction, whose regions bound what is seen.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Writes a request down; its first step is that it has come in.
    ///
    /// - Parameters:
    ///   - order: What is asked for.
    ///   - record: The row number of the person's record.
    ///   - receivedOn: The day on which it came.
    ///   - dueOn: The last day for the answer.
    ///   - entry: Who writes it down.
    /// - Returns: The number of the request.
    /// - Throws: `PostgresError`.
    public func lodge(
        _ order: SubjectOrder,
        about record: Int64,
        receivedOn: CivilDate,
        dueOn: CivilDate,
        by entry: ConsentStore.Entry
    ) async throws -> Int64 {
        let row = try await connection.queryOne(
            """
            /* registry.subjectRequest.lodge */ INSERT INTO registry.subject_request (
                record_id, kind, lodger, channel, note, received_on, due_on
            ) VALUES (\(record), \(order.kind.rawValue), \((order.lodger ?? .person).rawValue),
                \(order.channel.rawValue), \(order.note)::text, \(receivedOn.isoText)::text::date,
                \(dueOn.isoText)::text::date)
            RETURNING id
            """
        )
        guard let row else { throw StorageError.missing("the new request") }
        let number = try row.decode(Int64.self)
        try await add(.received, to: number, SubjectStepOrder(), by: entry)
        return number
    }

    /// Adds a step; the database refuses those that do not follow.
    ///
    /// - Throws: `PostgresError` of the constraint `subject_step_order`.
    public func add(
        _ state: SubjectRequest.State,
        to number: Int64,
        _ order: SubjectStepOrder,
        by entry: ConsentStore.Entry
    ) async throws {
        try await connection.execute(
            """
            /* registry.subjectRequest.step */ INSERT INTO registry.subject_step (
                request_id, state, at, principal, activity, remark, recording_id
            ) VALUES (\(number), \(state.rawValue), \(PostgresTimestamp(entry.at)), \(entry.principal),
                \(entry.activity), \(order.remark)::text, \(order.recording)::bigint)
            """
        )
    }

    /// Takes a request, so that nobody else adds a step before the transaction ends.
    ///
    /// - Returns: Whether there is one of this number that is to be seen.
    public func hold(_ number: Int64) async throws -> Bool {
        try await connection.queryOne(
            """
            /* registry.subjectRequest.hold */ SELECT id FROM registry.subject_request WHERE id = \(number)
            FOR NO KEY UPDATE
            """
        ) != nil
    }

    /// Whether a recording changed the record of a request, or what is said about it, since the request came in.
    public func mends(_ recording: Int64, _ number: Int64) async throws -> Bool {
        try await connection.queryOne(
            """
            /* registry.subjectRequest.mends */ SELECT FROM registry.subject_request q
                JOIN registry.subject_step s ON s.request_id = q.id AND s.state = 'received'
                JOIN registry.recording r ON r.id = \(recording) AND r.recorded_at >= s.at
            WHERE q.id = \(number) AND (
                EXISTS (
                    SELECT FROM registry.record_version v
                    WHERE v.record_id = q.record_id AND r.id IN (v.recorded_by, v.superseded_by)
                ) OR EXISTS (
                    SELECT FROM registry.statement t
                    WHERE t.subject_id = q.record_id AND r.id IN (t.recorded_by, t.superseded_by)
                )
            )
            """
        ) != nil
    }

    /// A request by its number, or `nil` when there is none, or it is not to be seen.
    public func find(
        _ number: Int64,
        today: CivilDate,
        asOf: Instant? = nil,
        validAt: CivilDate? = nil
    ) async throws -> SubjectRequest? {
        let filter = Filter(number: number, asOf: asOf, validAt: validAt)
        return try await list(filter, today: today, after: nil, limit: 1).items.first
    }

    /// Which requests are asked for; absent members do not restrict.
    public struct Filter: Sendable {
        /// The one with this number.
        public var number: Int64?
        /// About this record.
        public var subject: String?
        /// Of this kind.
        public var kind: SubjectRequest.Kind?
        /// In this state.
        public var state: SubjectRequest.State?
        /// Only those whose last day is over without an answer.
        public var isOverdue: Bool
        /// With the steps that had been written down at this instant.
        public var asOf: Instant?
        /// With the steps of this day in China and those before.
        public var validAt: CivilDate?

        /// Makes a filter of its parts.
        public init(
            number: Int64? = nil,
            subject: String? = nil,
            kind: SubjectRequest.Kind? = nil,
            state: SubjectRequest.State? = nil,
            isOverdue: Bool = false,
            asOf: Instant? = nil,
            validAt: CivilDate? = nil
        ) {
            self.number = number
            self.subject = subject
            self.kind = kind
            self.state = state
            self.isOverdue = isOverdue
            self.asOf = asOf
            self.validAt = validAt
        }

        /// SQL that a step of the table `s` had been taken: a request comes in on a day of its own.
        fileprivate func taken(_ conditions: inout ListConditions) -> String {
            var terms: [String] = []
            if let asOf { terms.append(" AND s.at <= \(conditions.bind(PostgresTimestamp(asOf)))") }
            if let validAt {
                let end = conditions.bind(PostgresTimestamp(validAt.registerEnd))
                terms.append(" AND (s.state = 'received' OR s.at < \(end))")
            }
            return terms.joined()
        }
    }

    /// Requests, the newest first.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - today: The day by which one is overdue.
    ///   - after: Only those older than this one.
    ///   - limit: At most so many.
    /// - Returns: A page whose cursor is the number of its last item.
    /// - Throws: `PostgresError`; ``StorageError``.
    public func list(
        _ filter: Filter,
        today: CivilDate,
        after: Int64?,
        limit: Int
    ) async throws -> Page<SubjectRequest> {
        var conditions = ListConditions()
        conditions.equal("q.id", filter.number)
        conditions.equal("r.key", filter.subject)
        conditions.equal("q.kind", filter.kind?.rawValue)
        conditions.equal("last.state", filter.state?.rawValue)
        if filter.isOverdue {
            conditions.add("q.due_on < #::text::date AND last.state IN ('received', 'in_work')", today.isoText)
        }
        if let after { conditions.add("q.id < #", after) }
        if let day = filter.validAt { conditions.add("q.received_on <= #::text::date", day.isoText) }
        let taken = filter.taken(&conditions)
        let rows = try await connection.query(
            PostgresQuery(
                sql: """
                    /* registry.subjectRequest.list */ SELECT q.id, r.key, q.kind, q.lodger, q.channel, q.note,
                        q.received_on::text, q.due_on::text
                    FROM registry.subject_request q JOIN registry.record r ON r.id = q.record_id
                        CROSS JOIN LATERAL (
                            SELECT s.state FROM registry.subject_step s WHERE s.request_id = q.id\(taken)
                            ORDER BY array_position('{received,in_work,done,refused}'::text[], s.state) DESC LIMIT 1
                        ) AS last
                    \(conditions.sql) ORDER BY q.id DESC LIMIT \(limit + 1)
                    """,
                binds: conditions.binds
            )
        )
        let heads = try rows.map {
            try $0.decode((Int64, String, String, String, String, String?, String, String).self)
        }
        let steps = try await steps(of: heads.map(\.0), filter)
        let items = try heads.map { head in
            SubjectRequest(
                number: head.0,
                subject: head.1,
                kind: try stored(SubjectRequest.Kind.self, head.2),
                lodger: try stored(SubjectRequest.Lodger.self, head.3),
                channel: try stored(ConsentChannel.self, head.4),
                note: head.5,
                receivedOn: try CivilDate.stored(head.6),
                dueOn: try CivilDate.stored(head.7),
                today: today,
                steps: steps[head.0] ?? []
            )
        }
        return Page(items, limit: limit) { String($0.number) }
    }

    private func steps(of numbers: [Int64], _ filter: Filter) async throws -> [Int64: [SubjectRequest.Step]] {
        var conditions = ListConditions()
        let asked = conditions.bind(numbers)
        let taken = filter.taken(&conditions)
        let sql = """
            /* registry.subjectRequest.steps */ SELECT s.request_id, s.state, s.at, s.principal, s.remark, s.recording_id
            FROM registry.subject_step s WHERE s.request_id = ANY (\(asked)::bigint[])\(taken)
            ORDER BY s.request_id, array_position('{received,in_work,done,refused}'::text[], s.state)
            """
        let rows = try await connection.query(PostgresQuery(sql: sql, binds: conditions.binds))
        var steps: [Int64: [SubjectRequest.Step]] = [:]
        for row in rows {
            let (number, state, at, by, remark, recording) = try row.decode(
                (Int64, String, PostgresTimestamp, String, String?, Int64?).self
            )
            steps[number, default: []].append(
                SubjectRequest.Step(
                    state: try stored(SubjectRequest.State.self, state),
                    at: Instant(at),
                    by: by,
                    remark: remark,
                    recording: recording
                )
            )
        }
        return steps
    }

    /// When personal values of a record were read, the newest first, by the audit trail.
    ///
    /// - Parameters:
    ///   - key: The record.
    ///   - limit: At most so many.
    /// - Returns: The readings.
    /// - Throws: `PostgresError`.
    public func readings(of key: String, limit: Int) async throws -> [SubjectCopy.Reading] {
        try await connection.query(
            """
            /* registry.subjectRequest.readings */ SELECT at, principal, reason, details->>'recipient' FROM audit.event
            WHERE subject_kind = 'record' AND subject_key = \(key) AND action IN ('record.read', 'record.lookup')
            ORDER BY occasion DESC, sequence DESC LIMIT \(Int64(limit))
            """
        ).map { row in
            let (at, by, purpose, recipient) = try row.decode((PostgresTimestamp, String, String?, String?).self)
            return SubjectCopy.Reading(at: Instant(at), by: by, purpose: purpose, recipient: recipient)
        }
    }

    /// Whether the copy of a request was given out.
    public func wasCopied(_ number: Int64) async throws -> Bool {
        try await connection.queryOne(
            """
            /* registry.subjectRequest.wasCopied */ SELECT FROM audit.event
            WHERE subject_kind = 'subject_request' AND subject_key = \(String(number))
                AND action = 'subject_request.copy' LIMIT 1
            """
        ) != nil
    }
}
