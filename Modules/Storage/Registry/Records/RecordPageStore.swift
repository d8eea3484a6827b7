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
        public let statements: [PageStatement]
        /// What is said of others and leads to it.
        public let incoming: [PageStatement]
        /// The records at the other ends that may be seen, by key: the JSON of an array of `RelatedName`.
        public let related: [UInt8]
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
        guard let own = lines[.record]?.first else { return nil }
        let recordings = Dictionary(
            uniqueKeysWithValues: try (lines[.recording] ?? []).map { ($0.number, try PageRecording($0)) }
        )
        func statements(_ part: PageLine.Part) throws -> [PageStatement] {
            // Rows of a union come in no order that is promised.
            try (lines[part] ?? []).sorted { $0.number < $1.number }.map {
                PageStatement(line: $0, recording: try PageRecording.find($0.recording, in: recordings))
            }
        }
        let (about, incoming) = (try statements(.about), try statements(.incoming))
        let fields = (lines[.field] ?? []).sorted { $0.number < $1.number }
        return Parts(
            record: try own.record(recordings),
            statements: Array(about.prefix(limit)),
            incoming: Array(incoming.prefix(limit)),
            related: try Self.related(lines[.related] ?? []),
            isPartial: max(about.count, incoming.count) > limit,
            model: try RecordModelStore.model(adding: fields.map { (try $0.text(.type), try $0.text(.attributes)) }),
            keys: Dictionary(
                uniqueKeysWithValues: try (lines[.key] ?? []).map { (try $0.text(.subject), try $0.held()) }
            )
        )
    }

    private static func related(_ lines: [PageLine]) throws -> [UInt8] {
        var bytes = [UInt8(ascii: "[")]
        bytes.reserveCapacity(2 + lines.count * 96)
        let byKey = try lines.map { (key: try $0.text(.subject), line: $0) }.sorted { $0.key < $1.key }
        for (place, related) in byKey.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            try related.line.appendRelated(to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
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
        let filter = RegistryStatementStore.Filter(validAt: day, asOf: moment.asOf)
        let about = said(filter, "subject.key = \(name)::text", limit, &conditions)
        // What leads to the record leads to it: only what was merged into it need be asked where it leads. And only a
        // record into which another was merged need be asked for those: the asking takes longer than the rest.
        let at = conditions.bind(moment.asOf.map { PostgresTimestamp($0) })
        let numbers = """
            SELECT CASE WHEN EXISTS (SELECT FROM registry.merge WHERE merge.survivor_id = own.record_id)
                THEN registry.numbers_of(own.subject, \(at)::timestamptz) ELSE ARRAY[own.record_id] END FROM own
            """
        let incoming = said(
            filter,
            "statement.object_id = ANY ((\(numbers))::bigint[])",
            leading: "CASE WHEN statement.object_id = (SELECT own.record_id FROM own) THEN \(name)::text ELSE",
            limit,
            &conditions
        )
        let on = conditions.bind(moment.validAt.isoText)
        let sealing = conditions.bind(
            RecordModel.standard.statements.filter { $0.fields.contains { $0.privacy == .sealed } }.map(\.code)
        )
        let sql = """
            /* registry.record.page */ WITH own AS (
                SELECT record.id AS record_id, record.recording_id AS number, record.kind AS type,
                    record.key AS subject, record.state AS object, version.state AS term,
                    version.valid_from::text AS first, next.valid_from::text AS last,
                    version.attributes::text AS attributes, version.recorded_by AS recording
                FROM \(tables) WHERE record.key = \(name)::text
            ), about AS (\(about)), incoming AS (\(incoming)), ends AS (
                SELECT subject_id AS id, subject AS key, subject_kind AS kind FROM incoming
                UNION
                SELECT record.id, record.key, record.kind FROM about JOIN registry.record ON record.key = about.object
            )
            SELECT 0 AS part, number, type, subject, object, term, NULL AS share, first, last, attributes, recording
            FROM own
            UNION ALL
            SELECT 1, number, type, subject, object, term, share, first, last, attributes, recording FROM about
            UNION ALL
            SELECT 2, number, type, subject, object, term, share, first, last, attributes, recording FROM incoming
            UNION ALL
            SELECT 3, 0, ends.kind, ends.key, version.name, NULL, NULL, NULL, NULL, NULL, NULL
            FROM ends LEFT JOIN LATERAL (
                SELECT
                    coalesce(v.attributes->>'name_zh', v.attributes->>'name_foreign', v.attributes->>'name_en') AS name
                FROM registry.record_version v
                WHERE v.record_id = ends.id AND v.valid_from <= \(on)::text::date
                    AND \(conditions.believed("v", asOf: moment.asOf))
                ORDER BY v.valid_from DESC LIMIT 1
            ) AS version ON true
            UNION ALL
            SELECT 4, field.position, field.owner, field.code, NULL, NULL, NULL, NULL, NULL, field.definition::text,
                NULL
            FROM registry.field WHERE field.owner_type = 'record' AND field.is_custom
            UNION ALL
            SELECT 5, record.id, record.kind, record.key, held.master, encode(held.wrapped, 'base64'), NULL, NULL, NULL,
                NULL, NULL
            FROM (
                SELECT subject AS key FROM own
                UNION SELECT subject FROM incoming WHERE incoming.type = ANY (\(sealing)::text[])
            ) AS asked JOIN registry.record ON record.key = asked.key
                JOIN registry.record_key held ON held.record_id = record.id
            UNION ALL
            SELECT 6, id, principal, reason, source_file, source_locator, NULL,
                to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), batch_id::text, NULL, NULL
            FROM registry.recording WHERE id IN (
                SELECT recording FROM own UNION SELECT recording FROM about UNION SELECT recording FROM incoming
            )
            """
        return PostgresQuery(sql: sql, binds: conditions.binds)
    }

    /// Statements as rows of the page, with the records that they are about.
    ///
    /// They are sorted by a sum, so that no plan looks through all statements in the order of their numbers.
    private static func said(
        _ filter: RegistryStatementStore.Filter,
        _ condition: String,
        leading: String? = nil,
        _ limit: Int,
        _ conditions: inout ListConditions
    ) -> String {
        var own = conditions.fulfilled
        RegistryStatementStore.add(filter, to: &own)
        own.add(condition)
        let led = RegistryStatementStore.object(asOf: filter.asOf, &own)
        let object = leading.map { "\($0) \(led) END" } ?? led
        let sql = """
            SELECT statement.number, statement.type, subject.key AS subject, \(object) AS object, statement.term,
                trim_scale(statement.share)::text AS share, lower(statement.valid)::text AS first,
                upper(statement.valid)::text AS last, statement.attributes::text AS attributes,
                statement.recorded_by AS recording, subject.id AS subject_id, subject.kind AS subject_kind
            FROM registry.statement JOIN registry.record subject ON subject.id = statement.subject_id
            \(own.sql) ORDER BY statement.number + 0 LIMIT \(limit)
            """
        conditions = own.fulfilled
        return sql
    }
}
