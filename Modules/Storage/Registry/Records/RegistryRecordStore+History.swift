public import DomainModel
import PostgresClient

extension RegistryRecordStore {
    /// The history of a record's fields: each step with what was believed just before it of the same days.
    ///
    /// A step is found by comparing a version with the one that was believed of its first day when it was recorded.
    ///
    /// - Parameters:
    ///   - key: The record.
    ///   - field: Only this field.
    ///   - asOf: Only what was known at this instant.
    ///   - validAt: What was believed of this day, and how that changed; of all days if absent.
    /// - Returns: The steps, the oldest recording first; those of one recording by day and field.
    /// - Throws: `PostgresError`; ``StorageError``.
    public func history(
        of key: String,
        field: String? = nil,
        asOf: Instant? = nil,
        validAt: CivilDate? = nil
    ) async throws -> [FieldChange] {
        let instant = asOf.map { PostgresTimestamp($0) }
        return try await connection.query(
            """
            /* registry.record.history */ WITH version AS (
                SELECT v.id, v.valid_from, v.superseded_by, v.recorded_by, begun.recorded_at AS begun,
                    ended.recorded_at AS ended, v.attributes || jsonb_build_object('state', v.state) AS content
                FROM registry.record r
                    JOIN registry.record_version v ON v.record_id = r.id
                    JOIN registry.recording begun ON begun.id = v.recorded_by
                    LEFT JOIN registry.recording ended ON ended.id = v.superseded_by
                WHERE r.key = \(key)
            ), asked AS (
                SELECT \(validAt?.isoText)::text::date AS day
            ), step AS (
                \(unescaped: validAt == nil ? Self.steps : Self.stepsOfDay)
            )
            SELECT change.code, change.old::text, change.new::text, step.valid_from::text, step.corrects,
                \(unescaped: Recording.columns("recording"))
            FROM step
                JOIN registry.recording ON recording.id = step.recording
                CROSS JOIN LATERAL (
                    SELECT coalesce(o.code, n.code) AS code, o.value AS old, n.value AS new
                    FROM jsonb_each(coalesce(step.old, '{}')) AS o (code, value)
                        FULL JOIN jsonb_each(coalesce(step.new, '{}')) AS n (code, value) ON n.code = o.code
                ) AS change
            WHERE change.old IS DISTINCT FROM change.new AND (\(field)::text IS NULL OR change.code = \(field)::text)
                AND (\(instant)::timestamptz IS NULL OR recording.recorded_at <= \(instant)::timestamptz)
            ORDER BY recording.recorded_at, step.valid_from, 1
            """
        ).map { row in
            let (field, old, new, from, corrects, at, principal, reason, file, locator, batch) = try row.decode(
                (
                    String, String?, String?, String, Bool, PostgresTimestamp?, String, String, String?, String?, Int64?
                ).self
            )
            return FieldChange(
                field: field,
                old: try old.map { try CanonicalJSON.decode(AttributeValue.self, from: $0) },
                new: try new.map { try CanonicalJSON.decode(AttributeValue.self, from: $0) },
                from: try CivilDate.stored(first: from),
                isCorrection: corrects,
                recorded: Recording(at, principal, reason, file, locator, batch)
            )
        }
    }

    private static let steps = """
        -- What a recording put in the place of what was believed before.
        SELECT v.recorded_by AS recording, v.valid_from, before.content AS old, v.content AS new,
            coalesce(before.superseded_by = v.recorded_by AND before.valid_from = v.valid_from, false) AS corrects
        FROM version v LEFT JOIN LATERAL (
            SELECT b.content, b.valid_from, b.superseded_by FROM version b
            WHERE b.valid_from <= v.valid_from AND b.begun < v.begun AND (b.ended IS NULL OR b.ended >= v.begun)
            ORDER BY b.valid_from DESC LIMIT 1
        ) AS before ON true
        UNION ALL
        -- What a recording took away without another version from that day on: an earlier one may hold of it then.
        SELECT v.superseded_by, v.valid_from, v.content, after.content, true
        FROM version v LEFT JOIN LATERAL (
            SELECT a.content FROM version a
            WHERE a.valid_from <= v.valid_from AND a.begun <= v.ended AND (a.ended IS NULL OR a.ended > v.ended)
            ORDER BY a.valid_from DESC LIMIT 1
        ) AS after ON true
        WHERE v.superseded_by IS NOT NULL AND v.superseded_by <> v.recorded_by AND NOT EXISTS (
            SELECT FROM version n WHERE n.recorded_by = v.superseded_by AND n.valid_from = v.valid_from
        )
        """

    /// The same of one day: what was believed of it before and after each recording.
    private static let stepsOfDay = """
        SELECT turn.recording, coalesce(after.valid_from, before.valid_from) AS valid_from, before.content AS old,
            after.content AS new,
            coalesce(
                before.superseded_by = turn.recording AND before.valid_from = coalesce(after.valid_from, before.valid_from),
                false
            ) AS corrects
        FROM asked CROSS JOIN (
            SELECT recorded_by AS recording, begun AS instant FROM version
            UNION
            SELECT superseded_by, ended FROM version WHERE superseded_by IS NOT NULL
        ) AS turn LEFT JOIN LATERAL (
            SELECT b.id, b.content, b.valid_from, b.superseded_by FROM version b
            WHERE b.valid_from <= asked.day AND b.begun < turn.instant AND (b.ended IS NULL OR b.ended >= turn.instant)
            ORDER BY b.valid_from DESC LIMIT 1
        ) AS before ON true LEFT JOIN LATERAL (
            SELECT a.id, a.content, a.valid_from FROM version a
            WHERE a.valid_from <= asked.day AND a.begun <= turn.instant AND (a.ended IS NULL OR a.ended > turn.instant)
            ORDER BY a.valid_from DESC LIMIT 1
        ) AS after ON true
        WHERE before.id IS DISTINCT FROM after.id
        """
}
