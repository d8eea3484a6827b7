extension RecordKind {
    /// Records of the register with all that is believed of them and said about them.
    ///
    /// The values stand in digests alone: many of them are about persons. A record of which batches alone have said
    /// anything is covered by the digests of ``records``.
    public static let record = RecordKind(
        "record",
        source: """
            SELECT record.key, record.recording_id AS origin, jsonb_build_object(
                'kind', record.kind, 'state', record.state, 'merged_into', registry.key_of(record.merged_into),
                'version', record.recording_id, 'versions', (
                    SELECT encode(sha256(convert_to(string_agg(
                        concat_ws('|', v.valid_from, v.state, v.recorded_by, v.attributes::text), E'\\n'
                        ORDER BY v.valid_from
                    ), 'UTF8')), 'hex')
                    FROM registry.record_version v WHERE v.record_id = record.id AND v.superseded_by IS NULL
                ), 'statements', (
                    SELECT encode(sha256(convert_to(string_agg(
                        concat_ws('|', s.number, s.type, coalesce(s.object_id, 0), coalesce(s.term, ''),
                            coalesce(s.share::text, ''), s.valid, s.recorded_by, s.attributes::text), E'\\n'
                        ORDER BY s.number
                    ), 'UTF8')), 'hex')
                    FROM registry.statement s WHERE s.subject_id = record.id AND s.superseded_by IS NULL
                )
            ) AS content FROM registry.record
            WHERE record.state NOT IN ('active', 'closed') OR EXISTS (
                SELECT FROM registry.record_version v
                    JOIN registry.recording begun ON begun.id = v.recorded_by
                    LEFT JOIN registry.recording ended ON ended.id = v.superseded_by
                WHERE v.record_id = record.id
                    AND (begun.batch_id IS NULL OR (ended.id IS NOT NULL AND ended.batch_id IS NULL))
            ) OR EXISTS (
                SELECT FROM registry.statement s
                    JOIN registry.recording begun ON begun.id = s.recorded_by
                    LEFT JOIN registry.recording ended ON ended.id = s.superseded_by
                WHERE s.subject_id = record.id
                    AND (begun.batch_id IS NULL OR (ended.id IS NOT NULL AND ended.batch_id IS NULL))
            )
            """
    )
}
