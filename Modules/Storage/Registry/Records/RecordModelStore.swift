public import DomainModel
public import PostgresClient

/// Keeps the model of records in the database, where triggers check by it, and the fields that offices add.
public struct RecordModelStore {
    private let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Makes the database say what the model that comes with the platform says; what it has already is left alone.
    ///
    /// Definitions that this release does not have are kept: an other release may run beside it.
    ///
    /// - Returns: How many definitions were new or otherwise.
    /// - Throws: `PostgresError`.
    @discardableResult
    public func mirror(_ model: RecordModel = .standard) async throws -> Int {
        var fields: [StoredField] = []
        for kind in RegistryKind.allCases {
            fields += try model.fields(of: kind).enumerated().map { place, field in
                try StoredField("record", kind.rawValue, place, field)
            }
        }
        for statement in model.statements {
            fields += try statement.fields.enumerated().map { place, field in
                try StoredField("statement", statement.code, place, field)
            }
        }
        let statements = model.statements
        let changed = try await connection.query(
            """
            /* registry.statementType.mirror */ INSERT INTO registry.statement_type AS known (code, position, definition)
            SELECT code, position, definition::jsonb FROM unnest(
                \(statements.map(\.code))::text[], \(statements.indices.map { Int32($0) })::integer[],
                \(try statements.map { try CanonicalJSON.text($0) })::text[]
            ) AS given (code, position, definition)
            ON CONFLICT (code) DO UPDATE SET position = excluded.position, definition = excluded.definition
            WHERE (known.position, known.definition) IS DISTINCT FROM (excluded.position, excluded.definition)
            RETURNING code
            """
        ).count
        return try await changed + put(fields, isCustom: false)
    }

    /// Adds a field to a kind of record.
    ///
    /// - Returns: Whether it was new; a field that is there stays as it is.
    /// - Throws: `PostgresError`.
    public func declare(_ field: FieldDefinition, of kind: RegistryKind) async throws -> Bool {
        let row = try await connection.queryOne(
            """
            /* registry.field.declare */ INSERT INTO registry.field (
                owner_type, owner, code, position, is_custom, definition
            )
            SELECT 'record', \(kind.rawValue), \(field.code), 1 + coalesce(max(position), 0), true,
                \(try CanonicalJSON.text(field))::text::jsonb
            FROM registry.field WHERE owner_type = 'record' AND owner = \(kind.rawValue)
            ON CONFLICT DO NOTHING RETURNING code
            """
        )
        guard row != nil else { return false }
        // Its instant comes last: until the commit, recordings wait for theirs.
        try await connection.execute(
            """
            /* registry.field.seal */ WITH clock AS (
                UPDATE collection.vintage_clock
                SET newest = greatest(clock_timestamp(), newest + interval '1 microsecond')
                RETURNING newest
            )
            UPDATE registry.field SET declared_at = clock.newest FROM clock
            WHERE owner_type = 'record' AND owner = \(kind.rawValue) AND code = \(field.code)
            """
        )
        return true
    }

    /// The model with the fields that were added.
    ///
    /// - Parameter asOf: Only with those that had been added at this instant.
    /// - Returns: The model.
    /// - Throws: `PostgresError`; `DecodingError` when another release has stored what this one cannot read.
    public func load(asOf: Instant? = nil) async throws -> RecordModel {
        let instant = asOf.map { PostgresTimestamp($0) }
        let rows = try await connection.query(
            """
            /* registry.field.custom */ SELECT owner, definition::text FROM registry.field
            WHERE owner_type = 'record' AND is_custom
                AND (\(instant)::timestamptz IS NULL OR declared_at IS NULL OR declared_at <= \(instant)::timestamptz)
            ORDER BY owner, position, code
            """
        )
        return try Self.model(adding: rows.map { try $0.decode((String, String).self) })
    }

    /// The model with fields as they are stored, in their order.
    static func model(adding fields: [(owner: String, definition: String)]) throws -> RecordModel {
        if fields.isEmpty { return .standard }
        var added: [RegistryKind: [FieldDefinition]] = [:]
        for (owner, definition) in fields {
            let kind = try stored(RegistryKind.self, owner)
            added[kind, default: []].append(try CanonicalJSON.decode(FieldDefinition.self, from: definition))
        }
        return RecordModel.standard.adding(added)
    }

    /// What records are checked against: all vocabularies and regions.
    public func facts(today: CivilDate) async throws -> RecordFacts {
        var terms: [String: Set<String>] = [:]
        let rows = try await connection.query(
            "/* registry.classification.codes */ SELECT vocabulary, array_agg(code) FROM registry.classification GROUP BY 1"
        )
        for row in rows {
            let (vocabulary, codes) = try row.decode((String, [String]).self)
            terms[vocabulary] = Set(codes)
        }
        let regions = try await connection.query("/* registry.region.codes */ SELECT code FROM registry.region")
            .map { try $0.decode(String.self) }
        return RecordFacts(terms: terms, regions: Set(regions), today: today)
    }

    private struct StoredField {
        let ownerType: String
        let owner: String
        let code: String
        let place: Int32
        let definition: String

        init(_ ownerType: String, _ owner: String, _ place: Int, _ field: FieldDefinition) throws {
            self.ownerType = ownerType
            self.owner = owner
            self.place = Int32(place)
            code = field.code
            definition = try CanonicalJSON.text(field)
        }
    }

    private func put(_ fields: [StoredField], isCustom: Bool) async throws -> Int {
        try await connection.query(
            """
            /* registry.field.mirror */ INSERT INTO registry.field AS known (
                owner_type, owner, code, position, is_custom, definition
            )
            SELECT owner_type, owner, code, position, \(isCustom), definition::jsonb FROM unnest(
                \(fields.map(\.ownerType))::text[], \(fields.map(\.owner))::text[], \(fields.map(\.code))::text[],
                \(fields.map(\.place))::integer[], \(fields.map(\.definition))::text[]
            ) AS given (owner_type, owner, code, position, definition)
            ON CONFLICT (owner_type, owner, code) DO UPDATE
                SET position = excluded.position, definition = excluded.definition
            WHERE (known.position, known.definition) IS DISTINCT FROM (excluded.position, excluded.definition)
            RETURNING code
            """
        ).count
    }
}
