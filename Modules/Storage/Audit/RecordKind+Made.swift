extension RecordKind {
    /// Batches that have come to their end, with receipt and conflicts.
    public static let batch = RecordKind(
        "batch",
        source: """
            SELECT batch.id::text AS key, batch.id AS origin, jsonb_build_object(
                'dataset', dataset, 'file_name', file_name, 'sha256', sha256, 'bytes', bytes,
                'media_type', media_type, 'mode', mode, 'submitter', submitter, 'state', state,
                'recorded_at', (extract(epoch FROM recorded_at) * 1000000)::bigint, 'receipt', receipt::text,
                'receipt_digest', receipt_digest, 'failure', failure, 'conflicts', (
                    SELECT encode(sha256(convert_to(string_agg(content::text, E'\\n' ORDER BY ordinal), 'UTF8')), 'hex')
                    FROM collection.conflict WHERE conflict.batch_id = batch.id
                )
            ) AS content FROM collection.batch WHERE state IN ('committed', 'refused', 'failed')
            """
    )
    /// The values that a batch has brought, all in one digest: see the decision on the audit trail for the rule.
    ///
    /// Each series has a digest of its rows in the order of period and revision, and names itself by codes, so that a
    /// series cannot be made to mean another; the batch has a digest of these in the order of series.
    public static let observations = RecordKind(
        "observations",
        source: """
            SELECT batch_id::text AS key, batch_id AS origin, jsonb_build_object(
                'rows', sum(rows)::bigint,
                'digest', encode(sha256(string_agg(sha256(name || digest), ''::bytea ORDER BY series_id)), 'hex')
            ) AS content
            FROM (
                SELECT batch_id, series_id, count(*) AS rows, sha256(string_agg(convert_to(concat_ws(
                    '|', period - date '1970-01-01', revision, line, comparator, status, is_cumulative,
                    coalesce(value::text, ''), quote_nullable(printed), quote_nullable(note)
                ), 'UTF8'), E'\\n'::bytea ORDER BY period, revision)) AS digest
                FROM statistics.observation GROUP BY batch_id, series_id
            ) AS each_series
                JOIN (
                    SELECT series.id AS series_id,
                        convert_to(concat_ws('|', indicator.code, region.code, frequency), 'UTF8') AS name
                    FROM statistics.series
                        JOIN statistics.indicator ON indicator.id = series.indicator_id
                        JOIN registry.region ON region.id = series.region_id
                ) AS named USING (series_id)
            GROUP BY batch_id
            """
    )
    /// Assessments with their findings.
    public static let assessment = RecordKind(
        "assessment",
        source: """
            SELECT assessment.id::text AS key, assessment.id AS origin, jsonb_build_object(
                'plan', plan::text, 'period', period, 'as_of', (extract(epoch FROM as_of) * 1000000)::bigint,
                'method', method, 'parameters', parameters::text, 'findings', (
                    SELECT jsonb_agg(content::text ORDER BY ordinal) FROM reports.finding
                    WHERE finding.assessment_id = assessment.id
                )
            ) AS content FROM reports.assessment
            """
    )
    /// Editions with the digests of their renderings and the codes that they print.
    public static let edition = RecordKind(
        "edition",
        source: """
            SELECT edition.id::text AS key, edition.id AS origin, jsonb_build_object(
                'name', name, 'title', title, 'template', template, 'plan', plan_code, 'period', period,
                'language', language, 'as_of', (extract(epoch FROM as_of) * 1000000)::bigint,
                'assessment', assessment_id, 'fingerprint', fingerprint, 'notices', to_jsonb(notices), 'renderings', (
                    SELECT jsonb_object_agg(format, encode(sha256(content), 'hex')) FROM reports.rendering
                    WHERE rendering.edition_id = edition.id
                ), 'figures', (
                    SELECT jsonb_agg(code ORDER BY code COLLATE "C") FROM reports.figure
                    WHERE figure.edition_id = edition.id
                )
            ) AS content FROM reports.edition
            """
    )

    /// What is done to a record that is older than the trail: `region.baseline`.
    public static let baseline = "baseline"

    /// All kinds, those that others refer to first.
    public static let all: [RecordKind] = [
        .region, .classification, .carriedProgramme, .carriedPlatform, .indicator, .plan, .target, .dataset, .batch,
        .observations, .assessment, .edition, .record, .records, .consent, .approval, .erasure, .subjectRequest,
    ]
}
