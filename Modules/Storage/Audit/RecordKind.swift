/// A kind of record whose state is part of the audit trail: how the database says what one record is.
///
/// The state has every member that matters, by a fixed name and in a fixed form, so that a column added later changes
/// no digest. It leaves out what may change without the record meaning anything else: numbers given by the database,
/// the line of the file.
public struct RecordKind: Sendable, Hashable {
    /// The kind, as subjects of events name it.
    public let name: String
    /// A query of `key text, origin bigint, content jsonb`: the origin is the batch that brought the record, or its own
    /// number. Fractions in the content are texts.
    let source: String
    /// Members of the content that are personal: their values never stand in an event.
    public let personal: Set<String>

    init(_ name: String, personal: Set<String> = [], source: String) {
        self.name = name
        self.source = source
        self.personal = personal
    }
}

extension RecordKind {
    /// Regions.
    public static let region = RecordKind(
        "region",
        source: """
            SELECT code AS key, batch_id AS origin, jsonb_build_object(
                'code', code, 'name_zh', name_zh, 'name_en', name_en, 'level', level, 'parent', parent_code,
                'area_km2', area_km2::text, 'roles', roles, 'focus_industries', focus_industries,
                'source_file', source_file, 'source_locator', source_locator
            ) AS content FROM registry.region
            """
    )
    /// Terms of vocabularies, by `vocabulary/code`.
    public static let classification = RecordKind(
        "classification",
        source: """
            SELECT vocabulary || '/' || code AS key, batch_id AS origin, jsonb_build_object(
                'vocabulary', vocabulary, 'code', code, 'parent', parent_code, 'name_zh', name_zh, 'name_en', name_en,
                'rank', rank, 'definition', definition, 'source_file', source_file, 'source_locator', source_locator
            ) AS content FROM registry.classification
            """
    )
    /// Indicators.
    public static let indicator = RecordKind(
        "indicator",
        source: """
            SELECT code AS key, batch_id AS origin, jsonb_build_object(
                'code', code, 'name_zh', name_zh, 'name_en', name_en, 'scope', scope, 'domain', domain, 'unit', unit,
                'unit_code', unit_code, 'kind', kind, 'aggregation', aggregation, 'direction', direction,
                'nature', nature
            ) AS content FROM statistics.indicator
            """
    )
    /// Plans.
    public static let plan = RecordKind(
        "plan",
        source: """
            SELECT code AS key, batch_id AS origin, jsonb_build_object(
                'code', code, 'name_zh', name_zh, 'name_en', name_en, 'region', region_code, 'scope', scope,
                'baseline_year', baseline_year, 'start_year', start_year, 'end_year', end_year
            ) AS content FROM statistics.plan
            """
    )
    /// Revisions of targets, by the number of the revision.
    public static let target = RecordKind(
        "target",
        source: """
            SELECT target.id::text AS key, target.batch_id AS origin, jsonb_build_object(
                'plan', plan_code, 'indicator', indicator.code, 'year', target_year, 'revision', revision,
                'baseline_year', baseline_year, 'baseline', baseline::text, 'baseline_printed', baseline_printed,
                'value', value::text, 'comparator', comparator::text, 'is_cumulative', is_cumulative,
                'printed', printed, 'growth_printed', growth_printed, 'note', note, 'batch', target.batch_id,
                'source_file', source_file, 'source_locator', source_locator
            ) AS content
            FROM statistics.target JOIN statistics.indicator ON indicator.id = target.indicator_id
            """
    )
    /// Datasets.
    public static let dataset = RecordKind(
        "dataset",
        source: """
            SELECT code AS key, batch_id AS origin, jsonb_build_object(
                'code', code, 'name_zh', name_zh, 'name_en', name_en, 'provider', provider,
                'allows_partial', allows_partial, 'columns', columns, 'revision_mark', revision_mark
            ) AS content FROM statistics.dataset
            """
    )
}
