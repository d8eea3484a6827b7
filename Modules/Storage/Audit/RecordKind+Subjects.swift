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
}
