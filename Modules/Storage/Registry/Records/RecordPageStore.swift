public import DomainModel
public import PostgresClient

/// Reads everything around one record in one statement, so that all of it is of one state of the database.
public struct RecordPageStore {
    private let source: any PostgresQuerying

    /// Uses a connection or reader, whose regions bound what is seen.
    public init(_ source: any PostgresQuerying) {
        self.source = source
    }

    /// What is read, as it is stored.
    public struct Parts: Sendable {
        /// The record with all its values.
        public let record: RegistryRecord
        /// What is said about it.
        public let statements: [RegistryStatement]
        /// What is said of others and leads to it.
        public let incoming: [RegistryStatement]
        /// The records at the other ends that may be seen, by key.
        public let related: [RelatedName]
        /// Whether there are more statements than were asked for.
        public let isPartial: Bool
        /// The model with the fields that offices have added.
        public let model: RecordModel
        /// The keys of sealed values, by the keys of their records.
        public let keys: [String: RecordKeyStore.Held]
    }

    /// Reads a page.
    ///
    /// - Parameters:
    ///   - key: The record's key.
    ///   - moment: As believed when, as holding on which day.
    ///   - day: Only statements that hold on this day; all if absent.
    ///   - limit: The most statements of each direction.
    /// - Returns: The page; `nil` when nothing is believed of the record at the moment, or it may not be seen.
    /// - Throws: `PostgresError`; ``StorageError`` when the database holds what this program does not know.
    public func page(
        _ key: String,
        at moment: RegistryMoment,
        statementsOn day: CivilDate?,
        limit: Int
    ) async throws -> Parts? {
        let query = Self.query(key, at: moment, statementsOn: day, limit: limit + 1)
        let lines = Dictionary(grouping: try await source.query(query).map(PageLine.init), by: \.part)
        guard let record = try lines[.record]?.first?.record() else { return nil }
        let (about, incoming) = (lines[.about] ?? [], lines[.incoming] ?? [])
        return Parts(
            record: record,
            statements: try about.prefix(limit).map { try $0.statement() },
            incoming: try incoming.prefix(limit).map { try $0.statement() },
            related: try (lines[.related] ?? []).map { try $0.related() },
            isPartial: max(about.count, incoming.count) > limit,
            model: try RecordModelStore.model(adding: (lines[.field] ?? []).map { ($0.type, $0.attributes) }),
            keys: Dictionary(uniqueKeysWithValues: (lines[.key] ?? []).map { ($0.subject, $0.held) })
        )
    }

    private static func query(
        _ key: String,
        at moment: RegistryMoment,
        statementsOn day: CivilDate?,
        limit: Int
    ) -> PostgresQuery {
        var conditions = ListConditions()
        let tables = RegistryRecordStore.tables(at: moment, &conditions)
        let name = conditions.bind(key)
        let about = said(.init(subject: key, validAt: day, asOf: moment.asOf), limit, &conditions)
        // What leads to the record leads to it: only what was merged into it need be asked where it leads.
        let incoming = said(
            .init(object: key, validAt: day, asOf: moment.asOf),
            limit,
            leading: "CASE WHEN statement.object_id = (SELECT own.record_id FROM own) THEN \(name)::text ELSE",
            &conditions
        )
        let on = conditions.bind(moment.validAt.isoText)
        let sealing = conditions.bind(
            RecordModel.standard.statements.filter { $0.fields.contains { $0.privacy == .sealed } }.map(\.code)
        )
        // What a part does not have.
        let rest = "NULL, NULL, NULL, NULL, NULL, NULL"
        let sql = """
            /* registry.record.page */ WITH own AS (
                SELECT record.id AS record_id, record.recording_id AS number, record.kind AS type, record.key AS subject,
                    record.state AS object, version.state AS term, NULL::numeric AS share,
                    version.valid_from::text AS first, next.valid_from::text AS last, version.attributes::text AS attributes,
                    \(Recording.columns("recording"))
                FROM \(tables) WHERE record.key = \(name)::text
            ), about AS (\(about)), incoming AS (\(incoming)), ends AS (
                SELECT object AS key FROM about WHERE object IS NOT NULL UNION SELECT subject FROM incoming
            )
            SELECT 0 AS part, number, type, subject, object, term, share, first, last, attributes, recorded_at, principal,
                reason, source_file, source_locator, batch_id
            FROM own
            UNION ALL SELECT 1, * FROM about
            UNION ALL SELECT 2, * FROM incoming
            UNION ALL
            SELECT 3, 0, record.kind, record.key, version.name, NULL, NULL, NULL, NULL, '', \(rest)
            FROM ends JOIN registry.record ON record.key = ends.key LEFT JOIN LATERAL (
                SELECT coalesce(v.attributes->>'name_zh', v.attributes->>'name_foreign', v.attributes->>'name_en') AS name
                FROM registry.record_version v
                WHERE v.record_id = record.id AND v.valid_from <= \(on)::text::date
                    AND \(conditions.believed("v", asOf: moment.asOf))
                ORDER BY v.valid_from DESC LIMIT 1
            ) AS version ON true
            UNION ALL
            SELECT 4, field.position, field.owner, field.code, NULL, NULL, NULL, NULL, NULL, field.definition::text, \(rest)
            FROM registry.field WHERE field.owner_type = 'record' AND field.is_custom
            UNION ALL
            SELECT 5, record.id, record.kind, record.key, held.master, encode(held.wrapped, 'base64'), NULL, NULL, NULL, '', \(rest)
            FROM (
                SELECT subject AS key FROM own
                UNION SELECT subject FROM incoming WHERE incoming.type = ANY (\(sealing)::text[])
            ) AS asked JOIN registry.record ON record.key = asked.key
                JOIN registry.record_key held ON held.record_id = record.id
            ORDER BY part, number, subject
            """
        return PostgresQuery(sql: sql, binds: conditions.binds)
    }

    /// Statements as rows of the page; the columns of recordings are named as in the table.
    ///
    /// They are sorted by a sum, so that no plan looks through all statements in the order of their numbers.
    private static func said(
        _ filter: RegistryStatementStore.Filter,
        _ limit: Int,
        leading: String? = nil,
        _ conditions: inout ListConditions
    ) -> String {
        var own = conditions.fulfilled
        RegistryStatementStore.add(filter, to: &own)
        let led = RegistryStatementStore.object(asOf: filter.asOf, &own)
        let object = leading.map { "\($0) \(led) END" } ?? led
        let sql = """
            SELECT statement.number, statement.type, subject.key AS subject, \(object) AS object, statement.term,
                statement.share::numeric, lower(statement.valid)::text, upper(statement.valid)::text,
                statement.attributes::text, \(Recording.columns("recording"))
            FROM \(RegistryStatementStore.tables) \(own.sql) ORDER BY statement.number + 0 LIMIT \(limit)
            """
        conditions = own.fulfilled
        return sql
    }
}
