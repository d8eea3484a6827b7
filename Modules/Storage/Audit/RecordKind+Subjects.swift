extension RecordKind {
    /// Lines of the ledger of consents, each with its end.
    public static let consent = RecordKind(
        "consent",
        source: """
            SELECT consent.id::text AS key, consent.id AS origin, jsonb_build_object(
                'record', registry.key_of(record_id), 'purpose', purpose, 'basis', basis, 'form', form,
                'fields', to_jsonb(fields), 'given_at', (extract(epoch FROM given_at) * 1000000)::bigint,
                'until', (extract(epoch FROM until) * 1000000)::bigint, 'channel', channel,
                'recorded_at', (extract(epoch FROM recorded_at) * 1000000)::bigint, 'principal', principal,
                'words', encode(sha256(convert_to(concat_ws('|', quote_nullable(document), quote_nullable(sha256),
                    quote_nullable(note)), 'UTF8')), 'hex'),
                'withdrawal', (
                    SELECT jsonb_build_object(
                        'at', (extract(epoch FROM w.withdrawn_at) * 1000000)::bigint, 'channel', w.channel,
                        'recorded_at', (extract(epoch FROM w.recorded_at) * 1000000)::bigint,
                        'principal', w.principal,
                        'words', encode(sha256(convert_to(concat_ws('|', quote_nullable(w.document),
                            quote_nullable(w.sha256), quote_nullable(w.note)), 'UTF8')), 'hex')
                    ) FROM registry.consent_withdrawal w WHERE w.consent_id = consent.id
                )
            ) AS content FROM registry.consent
            """
    )
    /// What one person has asked for and another one has decided on.
    public static let approval = RecordKind(
        "approval",
        source: """
            SELECT approval.id::text AS key, approval.id AS origin, jsonb_build_object(
                'action', action, 'records', to_jsonb(records), 'regions', to_jsonb(regions), 'is_beyond', is_beyond,
                'reason', encode(sha256(convert_to(reason, 'UTF8')), 'hex'), 'terms', terms::text,
                'requested_by', requested_by, 'requested_at', (extract(epoch FROM requested_at) * 1000000)::bigint,
                'waits_until', (extract(epoch FROM waits_until) * 1000000)::bigint, 'decided_by', decided_by,
                'decided_at', (extract(epoch FROM decided_at) * 1000000)::bigint, 'is_granted', is_granted,
                'remark', encode(sha256(convert_to(remark, 'UTF8')), 'hex'),
                'usable_until', (extract(epoch FROM usable_until) * 1000000)::bigint,
                'withdrawn_at', (extract(epoch FROM withdrawn_at) * 1000000)::bigint,
                'used_at', (extract(epoch FROM used_at) * 1000000)::bigint
            ) AS content FROM registry.approval
            """
    )
    /// What persons ask for, with the steps of the answer.
    public static let subjectRequest = RecordKind(
        "subject_request",
        source: """
            SELECT q.id::text AS key, q.id AS origin, jsonb_build_object(
                'record', registry.key_of(record_id), 'kind', kind, 'lodger', lodger, 'channel', channel,
                'note', encode(sha256(convert_to(note, 'UTF8')), 'hex'), 'received_on', received_on - date '1970-01-01',
                'due_on', due_on - date '1970-01-01', 'steps', (
                    SELECT jsonb_agg(jsonb_build_object(
                        'state', s.state, 'at', (extract(epoch FROM s.at) * 1000000)::bigint, 'principal', s.principal,
                        'remark', encode(sha256(convert_to(s.remark, 'UTF8')), 'hex'), 'recording', s.recording_id
                    ) ORDER BY s.at, s.state COLLATE "C") FROM registry.subject_step s WHERE s.request_id = q.id
                )
            ) AS content FROM registry.subject_request q
            """
    )
    /// What is left of erased records, by the number of the record.
    public static let erasure = RecordKind(
        "erasure",
        source: """
            SELECT record_id::text AS key, record_id AS origin, jsonb_build_object(
                'record', registry.key_of(record_id), 'approval', approval_id, 'recording', recording_id, 'fields', to_jsonb(fields),
                'versions', versions, 'statements', statements, 'batches', to_jsonb(batches), 'principal', principal,
                'erased_at', (extract(epoch FROM erased_at) * 1000000)::bigint
            ) AS content FROM registry.erasure
            """
    )
}
