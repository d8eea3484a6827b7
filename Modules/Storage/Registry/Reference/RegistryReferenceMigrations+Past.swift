extension RegistryReferenceMigrations {
    /// What regions and terms said before a later import said otherwise.
    static let past = """
        -- A row as it was, and the batch that changed it; the batch that brought it is its own.
        CREATE TABLE registry.region_past (LIKE registry.region, ended_by bigint NOT NULL);
        CREATE TABLE registry.classification_past (LIKE registry.classification, ended_by bigint NOT NULL);
        CREATE INDEX region_past_code ON registry.region_past (code);
        CREATE INDEX classification_past_code ON registry.classification_past (vocabulary, code);

        CREATE FUNCTION registry.keep_reference() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
        AS $$
        BEGIN
            EXECUTE format('INSERT INTO registry.%I SELECT ($1).*, $2', TG_TABLE_NAME || '_past') USING OLD, NEW.batch_id;
            RETURN NULL;
        END
        $$;
        CREATE TRIGGER keep_reference AFTER UPDATE ON registry.region
            FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION registry.keep_reference();
        CREATE TRIGGER keep_reference AFTER UPDATE ON registry.classification
            FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION registry.keep_reference();
        REVOKE INSERT, UPDATE, DELETE ON registry.region_past, registry.classification_past FROM ceyuan_service;

        -- When a batch was recorded, for whoever may not see whose it is.
        CREATE FUNCTION registry.batch_recorded(number bigint) RETURNS timestamptz
            LANGUAGE sql STABLE SET ceyuan.regions = '*' AS $$
                SELECT b.recorded_at FROM collection.batch b WHERE b.id = number
            $$;
        """
}
