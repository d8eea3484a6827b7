extension RecordKind {
    /// The versions and statements that a batch has brought to the register, all in one digest.
    ///
    /// With them, that it ended the belief in others. None of it ever changes. What people do to records one by one has
    /// events of each record; see ``record``.
    public static let records = RecordKind(
        "records",
        source: """
            SELECT batch_id::text AS key, batch_id AS origin, jsonb_build_object(
                'rows', count(*), 'digest', encode(sha256(string_agg(digest, ''::bytea ORDER BY part, id)), 'hex')
            ) AS content
            FROM (
                SELECT recording.batch_id, 1 AS part, v.id, sha256(convert_to(concat_ws(
                    '|', r.kind, r.key, v.valid_from, v.state, coalesce(v.line, 0), v.attributes::text
                ), 'UTF8')) AS digest
                FROM registry.recording
                    JOIN registry.record_version v ON v.recorded_by = recording.id
                    JOIN registry.record r ON r.id = v.record_id
                WHERE recording.batch_id IS NOT NULL
                UNION ALL
                SELECT recording.batch_id, 2, s.id, sha256(convert_to(concat_ws(
                    '|', s.number, s.type, r.key, coalesce(o.key, ''), coalesce(s.term, ''),
                    coalesce(s.share::text, ''), s.valid, coalesce(s.line, 0), s.attributes::text
                ), 'UTF8'))
                FROM registry.recording
                    JOIN registry.statement s ON s.recorded_by = recording.id
                    JOIN registry.record r ON r.id = s.subject_id
                    LEFT JOIN registry.record o ON o.id = s.object_id
                WHERE recording.batch_id IS NOT NULL
                UNION ALL
                SELECT recording.batch_id, 3, v.id, sha256(convert_to(concat_ws('|', 'version', v.id), 'UTF8'))
                FROM registry.recording JOIN registry.record_version v ON v.superseded_by = recording.id
                WHERE recording.batch_id IS NOT NULL
                UNION ALL
                SELECT recording.batch_id, 4, s.id, sha256(convert_to(concat_ws('|', 'statement', s.id), 'UTF8'))
                FROM registry.recording JOIN registry.statement s ON s.superseded_by = recording.id
                WHERE recording.batch_id IS NOT NULL
            ) AS each_row
            GROUP BY batch_id
            """
    )
}
