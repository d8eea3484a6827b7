import PostgresClient

/// The part of the schema `registry` that keeps what was counted, with the records that were counted.
enum RegistryCountMigrations {
    static let all: [Migration] = [
        Migration(schema: "registry", version: 6, name: "counts for indicators", sql: tables)
    ]

    private static let tables = """
        -- One counting of one measure: which rule, for which days, as believed when.
        CREATE TABLE registry.tally (
            id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            measure      text NOT NULL,
            rule_version integer NOT NULL,
            days         daterange NOT NULL CHECK (NOT isempty(days) AND NOT lower_inf(days) AND NOT upper_inf(days)),
            as_of        timestamptz NOT NULL,
            counted_at   timestamptz NOT NULL,
            principal    text NOT NULL
        );
        CREATE INDEX tally_measure ON registry.tally (measure, days, id);

        -- The records of one region, not of those below it; a value of a region is the sum of its subtree.
        CREATE TABLE registry.tally_part (
            tally_id  bigint NOT NULL REFERENCES registry.tally (id) ON DELETE CASCADE,
            -- Absent for records that lie in no region of the register.
            region_id integer REFERENCES registry.region (id),
            -- Whether these are the whole of which the others are a share.
            is_whole  boolean NOT NULL,
            records   bigint[] NOT NULL,
            total     numeric NOT NULL
        );
        CREATE UNIQUE INDEX tally_part_region ON registry.tally_part (tally_id, region_id, is_whole) NULLS NOT DISTINCT;

        ALTER TABLE registry.tally_part ENABLE ROW LEVEL SECURITY;
        ALTER TABLE registry.tally_part FORCE ROW LEVEL SECURITY;
        CREATE POLICY tally_part_by_region ON registry.tally_part USING (
            (SELECT identity.is_everywhere()) OR region_id = ANY ((SELECT identity.regions())::integer[])
        );

        INSERT INTO identity.role_permission (role, permission)
        VALUES ('registry_officer', 'record.count'), ('statistician', 'record.count')
        ON CONFLICT DO NOTHING;
        """
}
