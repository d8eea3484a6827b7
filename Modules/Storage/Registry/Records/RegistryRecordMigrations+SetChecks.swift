extension RegistryRecordMigrations {
    /// The checks of values as conditions of one statement: calling a function for each value took four times as long.
    static let setChecks = checkVersions(refusing: isRefused)

    /// The check of versions with a condition on `f` and `given.value`.
    static func checkVersions(refusing isRefused: String) -> String {
        """
        CREATE OR REPLACE FUNCTION registry.check_versions() RETURNS trigger
            LANGUAGE plpgsql SET ceyuan.regions = '*' AS $$
        DECLARE
            fault record;
        BEGIN
            SELECT r.key, given.code INTO fault
            FROM added v
                JOIN registry.record r ON r.id = v.record_id
                CROSS JOIN LATERAL jsonb_each(v.attributes) AS given (code, value)
                LEFT JOIN registry.field f ON f.owner_type = 'record' AND f.owner = r.kind AND f.code = given.code
            WHERE \(isRefused) LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'the field % of record % has a value that is not allowed', fault.code, fault.key
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'record_version_fields';
            END IF;
            SELECT r.key, f.code INTO fault
            FROM added v
                JOIN registry.record r ON r.id = v.record_id
                JOIN registry.field f ON f.owner_type = 'record' AND f.owner = r.kind AND f.is_required
            WHERE NOT v.attributes ? f.code LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'the field % of record % is missing', fault.code, fault.key
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'record_version_required';
            END IF;
            -- Row-level security goes by the region of the record: it must be that of the last version.
            SELECT r.key INTO fault
            FROM (SELECT DISTINCT record_id FROM added) touched
                JOIN registry.record r ON r.id = touched.record_id
                CROSS JOIN LATERAL (
                    SELECT v.attributes->>'region' AS region, v.state FROM registry.record_version v
                    WHERE v.record_id = r.id AND v.superseded_by IS NULL ORDER BY v.valid_from DESC LIMIT 1
                ) AS last
                LEFT JOIN registry.region g ON g.code = last.region
            WHERE r.region_id IS DISTINCT FROM g.id OR (r.state IN ('active', 'closed') AND r.state <> last.state)
            LIMIT 1;
            IF FOUND THEN
                RAISE EXCEPTION 'region or state of record % are not those of its last version', fault.key
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'record_last_version';
            END IF;
            RETURN NULL;
        END
        $$;
        """
    }

    /// Whether the field `f`, which may be none, refuses the value `given.value`.
    private static let isRefused = """
        CASE
            WHEN f.code IS NULL OR f.privacy = 'sealed' THEN true
            WHEN f.is_many OR f.type IN ('integer', 'year', 'decimal') THEN NOT registry.field_allows(f, given.value)
            WHEN f.type = 'boolean' THEN jsonb_typeof(given.value) <> 'boolean'
            WHEN jsonb_typeof(given.value) <> 'string' OR given.value = '""' THEN true
            WHEN f.type = 'term' THEN
                (f.vocabulary, given.value #>> '{}') NOT IN (SELECT c.vocabulary, c.code FROM registry.classification c)
            WHEN f.type = 'region' THEN given.value #>> '{}' NOT IN (SELECT g.code FROM registry.region g)
            WHEN f.type = 'choice' THEN NOT f.choices @> jsonb_build_array(jsonb_build_object('code', given.value))
            WHEN length(given.value #>> '{}') > f.maximum_length THEN true
            WHEN f.type = 'date' THEN NOT registry.value_allowed(f, given.value)
            ELSE f.pattern IS NOT NULL AND given.value #>> '{}' !~ ('^(?:' || f.pattern || ')$')
        END
        """
}
