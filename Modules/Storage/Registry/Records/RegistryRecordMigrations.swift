import PostgresClient

/// The part of the schema `registry` that keeps records and statements: see the decision on records as data.
enum RegistryRecordMigrations {
    static let all: [Migration] = [
        Migration(schema: "registry", version: 3, name: "records and statements", sql: tables),
        Migration(schema: "registry", version: 4, name: "checks of records and statements", sql: checks),
        Migration(schema: "registry", version: 5, name: "who sees records", sql: access),
    ]

    /// What came after the counts for indicators.
    static let later: [Migration] = [
        Migration(schema: "registry", version: 7, name: "checks of records as sets", sql: setChecks)
    ]

    private static let tables = """
        -- Equality beside ranges in one exclusion constraint. Trusted: the owner of the database may create it.
        CREATE EXTENSION IF NOT EXISTS btree_gist;

        -- The model's fields, so that the database knows the types too. What is checked is taken out of the definition.
        CREATE TABLE registry.field (
            owner_type     text NOT NULL CHECK (owner_type IN ('record', 'statement')),
            owner          text NOT NULL,
            code           text NOT NULL CHECK (code ~ '^[a-z][a-z0-9_]{0,62}$'),
            position       integer NOT NULL,
            is_custom      boolean NOT NULL,
            definition     jsonb NOT NULL CHECK (definition->>'code' = code),
            type           text NOT NULL GENERATED ALWAYS AS (definition->>'type') STORED CHECK (type IN (
                'text', 'integer', 'decimal', 'boolean', 'date', 'year', 'term', 'choice', 'region', 'identifier', 'url',
                'mail', 'telephone'
            )),
            privacy        text NOT NULL GENERATED ALWAYS AS (definition->>'privacy') STORED
                CHECK (privacy IN ('open', 'internal', 'personal', 'sealed')),
            is_many        boolean NOT NULL GENERATED ALWAYS AS ((definition->>'isMany')::boolean) STORED,
            is_required    boolean NOT NULL GENERATED ALWAYS AS ((definition->>'isRequired')::boolean) STORED,
            vocabulary     text GENERATED ALWAYS AS (definition->>'vocabulary') STORED,
            choices        jsonb GENERATED ALWAYS AS (definition->'choices') STORED,
            minimum        numeric GENERATED ALWAYS AS ((definition->>'minimum')::numeric) STORED,
            maximum        numeric GENERATED ALWAYS AS ((definition->>'maximum')::numeric) STORED,
            maximum_length integer NOT NULL GENERATED ALWAYS AS ((definition->>'maximumLength')::integer) STORED,
            pattern        text GENERATED ALWAYS AS (definition->>'pattern') STORED,
            PRIMARY KEY (owner_type, owner, code),
            CHECK (is_custom = starts_with(code, 'x_')),
            CHECK (type <> 'term' OR vocabulary IS NOT NULL)
        );

        CREATE TABLE registry.statement_type (
            code         text PRIMARY KEY CHECK (code ~ '^[a-z][a-z0-9_]{0,62}$'),
            position     integer NOT NULL,
            definition   jsonb NOT NULL CHECK (definition->>'code' = code),
            subjects     jsonb NOT NULL GENERATED ALWAYS AS (definition->'subjects') STORED,
            objects      jsonb NOT NULL GENERATED ALWAYS AS (definition->'objects') STORED,
            needs_object boolean NOT NULL GENERATED ALWAYS AS ((definition->>'needsObject')::boolean) STORED,
            vocabulary   text GENERATED ALWAYS AS (definition->>'vocabulary') STORED,
            choices      jsonb NOT NULL GENERATED ALWAYS AS (definition->'choices') STORED,
            slot         text NOT NULL GENERATED ALWAYS AS (definition->>'slot') STORED
                CHECK (slot IN ('none', 'subject', 'term', 'object', 'pair')),
            shares       text NOT NULL GENERATED ALWAYS AS (definition->>'shares') STORED
                CHECK (shares IN ('none', 'free', 'subject', 'term'))
        );

        -- One write: who, on what occasion, why, from what. It gets its instant last, from the vintage clock.
        CREATE TABLE registry.recording (
            id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            recorded_at    timestamptz UNIQUE,
            principal      text NOT NULL,
            activity       text NOT NULL,
            reason         text NOT NULL,
            source_file    text,
            source_locator text,
            batch_id       bigint REFERENCES collection.batch (id),
            CHECK ((source_file IS NULL) = (source_locator IS NULL))
        );

        CREATE TABLE registry.record (
            id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind         text NOT NULL CHECK (kind IN (
                'talent', 'team', 'enterprise', 'organisation', 'platform', 'project', 'achievement', 'programme', 'award',
                'support'
            )),
            key          text NOT NULL UNIQUE CHECK (key ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
            state        text NOT NULL CHECK (state IN ('active', 'closed', 'merged', 'erased', 'withdrawn')),
            merged_into  bigint REFERENCES registry.record (id),
            -- Where its last version says that it lies; absent: in no region of the register.
            region_id    integer REFERENCES registry.region (id),
            -- The last write that touched it or a statement about it: its version.
            recording_id bigint NOT NULL REFERENCES registry.recording (id),
            CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
            CHECK (merged_into <> id)
        );
        CREATE INDEX record_kind ON registry.record (kind, key);
        CREATE INDEX record_region ON registry.record (region_id, kind);

        -- What holds from a day on, until the next version that is believed begins: no two can overlap.
        CREATE TABLE registry.record_version (
            id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            record_id     bigint NOT NULL REFERENCES registry.record (id),
            -- '-infinity' where the first day is not known.
            valid_from    date NOT NULL CHECK (valid_from < 'infinity'),
            state         text NOT NULL CHECK (state IN ('active', 'closed')),
            attributes    jsonb NOT NULL CHECK (jsonb_typeof(attributes) = 'object'),
            recorded_by   bigint NOT NULL REFERENCES registry.recording (id),
            superseded_by bigint REFERENCES registry.recording (id) CHECK (superseded_by >= recorded_by),
            line          integer CHECK (line > 0)
        );
        CREATE UNIQUE INDEX record_version_believed ON registry.record_version (record_id, valid_from)
            WHERE superseded_by IS NULL;
        CREATE INDEX record_version_history ON registry.record_version (record_id, recorded_by);

        CREATE SEQUENCE registry.statement_number AS bigint;
        CREATE TABLE registry.statement (
            id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            -- Stays when the statement is corrected or ended.
            number        bigint NOT NULL DEFAULT nextval('registry.statement_number'),
            type          text NOT NULL REFERENCES registry.statement_type (code),
            subject_id    bigint NOT NULL REFERENCES registry.record (id),
            object_id     bigint REFERENCES registry.record (id),
            term          text,
            share         numeric(7, 6) CHECK (share > 0 AND share <= 1),
            valid         daterange NOT NULL CHECK (NOT isempty(valid)),
            attributes    jsonb NOT NULL CHECK (jsonb_typeof(attributes) = 'object'),
            -- What may not be said twice of a day; absent where that is allowed.
            slot          text,
            recorded_by   bigint NOT NULL REFERENCES registry.recording (id),
            superseded_by bigint REFERENCES registry.recording (id) CHECK (superseded_by >= recorded_by),
            line          integer CHECK (line > 0),
            CONSTRAINT statement_overlap EXCLUDE USING gist (subject_id WITH =, type WITH =, slot WITH =, valid WITH &&)
                WHERE (superseded_by IS NULL AND slot IS NOT NULL)
        );
        CREATE UNIQUE INDEX statement_believed ON registry.statement (number) WHERE superseded_by IS NULL;
        CREATE INDEX statement_subject ON registry.statement (subject_id, type);
        CREATE INDEX statement_object ON registry.statement (object_id, type) WHERE object_id IS NOT NULL;
        """
}
