public import PostgresClient

/// The schema `registry`: regions, vocabularies, programmes, innovation platforms, records and statements.
public enum RegistryMigrations {
    /// All migrations of the schema, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] =
        reference + RegistryRecordMigrations.all + RegistryCountMigrations.all + RegistryRecordMigrations.later

    private static let reference: [Migration] = [
        Migration(schema: "registry", version: 1, name: "regions, classifications, programmes, platforms", sql: m0001),
        Migration(schema: "registry", version: 2, name: "row-level security of platforms", sql: m0002),
    ]

    private static let m0001 = """
        CREATE SCHEMA registry;

        CREATE TABLE registry.region (
            id               integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            code             text NOT NULL UNIQUE,
            name_zh          text NOT NULL,
            name_en          text NOT NULL,
            level            text NOT NULL,
            parent_code      text REFERENCES registry.region (code) DEFERRABLE INITIALLY DEFERRED,
            area_km2         numeric CHECK (area_km2 > 0),
            roles            text NOT NULL,
            focus_industries text NOT NULL,
            source_file      text NOT NULL,
            source_locator   text NOT NULL,
            batch_id         bigint NOT NULL,
            line             integer NOT NULL
        );

        CREATE TABLE registry.classification (
            vocabulary     text NOT NULL,
            code           text NOT NULL,
            parent_code    text,
            name_zh        text NOT NULL,
            name_en        text NOT NULL,
            rank           text,
            definition     text NOT NULL,
            source_file    text NOT NULL,
            source_locator text NOT NULL,
            batch_id       bigint NOT NULL,
            line           integer NOT NULL,
            PRIMARY KEY (vocabulary, code),
            FOREIGN KEY (vocabulary, parent_code) REFERENCES registry.classification (vocabulary, code)
                DEFERRABLE INITIALLY DEFERRED
        );

        CREATE TABLE registry.programme (
            code             text PRIMARY KEY,
            name_zh          text NOT NULL,
            name_en          text NOT NULL,
            subject          text NOT NULL,
            owner            text NOT NULL,
            quantified_goals text NOT NULL,
            period           text NOT NULL,
            indicator_codes  text[] NOT NULL,
            source_file      text NOT NULL,
            source_locator   text NOT NULL,
            batch_id         bigint NOT NULL,
            line             integer NOT NULL
        );

        CREATE TABLE registry.platform (
            code            text PRIMARY KEY,
            name_zh         text NOT NULL,
            name_en         text NOT NULL,
            type            text NOT NULL,
            host            text NOT NULL,
            -- Absent for a platform abroad, which lies in no region of the register.
            region_code     text REFERENCES registry.region (code),
            research_focus  text NOT NULL,
            status          text NOT NULL,
            source_file     text NOT NULL,
            source_locator  text NOT NULL,
            batch_id        bigint NOT NULL,
            line            integer NOT NULL
        );
        CREATE INDEX platform_region_code ON registry.platform (region_code);
        """

    private static let m0002 = """
        -- The look at the settings stands in a sub-select, so that it is done once a statement and not once a row.
        ALTER TABLE registry.platform ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.platform FORCE ROW LEVEL SECURITY;
        CREATE POLICY platform_by_region ON registry.platform USING (
            (SELECT identity.is_everywhere())
            OR region_code IN (
                SELECT r.code FROM registry.region r WHERE r.id = ANY ((SELECT identity.regions())::integer[])
            )
        );

        ALTER TABLE identity.access_grant
            ADD CONSTRAINT access_grant_region FOREIGN KEY (region_code) REFERENCES registry.region (code);
        """
}
