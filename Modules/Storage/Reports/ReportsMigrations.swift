public import PostgresClient

/// The schema `reports`: assessments, findings and editions.
public enum ReportsMigrations {
    /// All migrations of the schema, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "reports", version: 1, name: "assessments, findings, editions", sql: m0001),
        Migration(schema: "reports", version: 2, name: "row-level security by the region of the plan", sql: m0002),
    ]

    private static let m0001 = """
        CREATE SCHEMA reports;

        CREATE TABLE reports.assessment (
            id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            plan_code  text NOT NULL,
            plan       jsonb NOT NULL,
            period     text NOT NULL,
            as_of      timestamptz NOT NULL,
            method     text NOT NULL,
            parameters jsonb NOT NULL,
            created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            -- The same question has one answer.
            UNIQUE (plan_code, period, as_of, method, parameters)
        );

        CREATE TABLE reports.finding (
            id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            assessment_id bigint NOT NULL REFERENCES reports.assessment (id),
            ordinal       integer NOT NULL,
            content       jsonb NOT NULL,
            UNIQUE (assessment_id, ordinal)
        );

        CREATE TABLE reports.edition (
            id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name          text NOT NULL,
            title         text NOT NULL,
            template      text NOT NULL,
            plan_code     text NOT NULL,
            period        text NOT NULL,
            language      text NOT NULL,
            as_of         timestamptz NOT NULL,
            assessment_id bigint NOT NULL REFERENCES reports.assessment (id),
            -- SHA-256 over the document tree and the versions of what rendered it.
            fingerprint   text NOT NULL,
            notices       text[] NOT NULL,
            created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
            UNIQUE (name, as_of, fingerprint)
        );

        CREATE TABLE reports.rendering (
            edition_id bigint NOT NULL REFERENCES reports.edition (id),
            format     text NOT NULL,
            content    bytea NOT NULL,
            sha256     text NOT NULL,
            PRIMARY KEY (edition_id, format)
        );

        -- Which editions print which figure: the way from a cell to the reports that used it.
        CREATE TABLE reports.figure (
            edition_id bigint NOT NULL REFERENCES reports.edition (id),
            code       text NOT NULL,
            PRIMARY KEY (edition_id, code)
        );
        CREATE INDEX figure_code ON reports.figure (code);
        """

    private static let m0002 = """
        -- An assessment carries its plan, and the plan its region; all the rest follows the assessment.
        ALTER TABLE reports.assessment ENABLE ROW LEVEL SECURITY;
        ALTER TABLE reports.assessment FORCE ROW LEVEL SECURITY;
        CREATE POLICY assessment_by_region ON reports.assessment USING (
            (SELECT identity.is_everywhere())
            OR plan ->> 'region' IN (
                SELECT r.code FROM registry.region r WHERE r.id = ANY ((SELECT identity.regions())::integer[])
            )
        );
        ALTER TABLE reports.finding ENABLE ROW LEVEL SECURITY;
        ALTER TABLE reports.finding FORCE ROW LEVEL SECURITY;
        CREATE POLICY finding_by_assessment ON reports.finding USING (
            (SELECT identity.is_everywhere()) OR assessment_id IN (SELECT a.id FROM reports.assessment a)
        );
        ALTER TABLE reports.edition ENABLE ROW LEVEL SECURITY;
        ALTER TABLE reports.edition FORCE ROW LEVEL SECURITY;
        CREATE POLICY edition_by_assessment ON reports.edition USING (
            (SELECT identity.is_everywhere()) OR assessment_id IN (SELECT a.id FROM reports.assessment a)
        );
        ALTER TABLE reports.rendering ENABLE ROW LEVEL SECURITY;
        ALTER TABLE reports.rendering FORCE ROW LEVEL SECURITY;
        CREATE POLICY rendering_by_edition ON reports.rendering USING (
            (SELECT identity.is_everywhere()) OR edition_id IN (SELECT e.id FROM reports.edition e)
        );
        ALTER TABLE reports.figure ENABLE ROW LEVEL SECURITY;
        ALTER TABLE reports.figure FORCE ROW LEVEL SECURITY;
        CREATE POLICY figure_by_edition ON reports.figure USING (
            (SELECT identity.is_everywhere()) OR edition_id IN (SELECT e.id FROM reports.edition e)
        );
        """
}
