public import DomainModel
import PostgresClient

extension RegistryRecordStore {
    /// Which records are asked for; absent members do not restrict.
    public struct Filter: Sendable {
        /// What they are.
        public var kind: RegistryKind
        /// Whether they are kept up or have ended.
        public var state: RecordState?
        /// The code of the region that they lie in, itself or one below it.
        public var region: String?
        /// Values of fields: equal, or one of many.
        public var attributes: [String: AttributeValue]
        /// The vocabularies of those fields whose values are terms: the terms below them are asked for too.
        public var vocabularies: [String: String] = [:]
        /// What else is asked of fields.
        public var comparisons: [FieldCondition]

        /// Makes a filter of its parts.
        public init(
            kind: RegistryKind,
            state: RecordState? = nil,
            region: String? = nil,
            attributes: [String: AttributeValue] = [:],
            comparisons: [FieldCondition] = []
        ) {
            self.kind = kind
            self.state = state
            self.region = region
            self.attributes = attributes
            self.comparisons = comparisons
        }
    }

    /// What lists may be sorted by beside the key: names, the write that said what is shown, the last write of all.
    public static let orders = [
        "key": "record.key",
        "name": """
        coalesce(version.attributes->>'name_zh', version.attributes->>'name_foreign', version.attributes->>'name_en', '')
        """,
        "recorded": "recording.recorded_at", "changed": "record.recording_id",
    ]

    private static let orderTypes = ["key": "text", "name": "text", "recorded": "timestamptz", "changed": "bigint"]

    /// Records in the order of their keys, or of what is asked for.
    ///
    /// Pages that are sorted otherwise than by key follow one another in the state that the first one was read in.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - moment: As believed when, as holding on which day.
    ///   - question: Which page.
    /// - Returns: A page.
    /// - Throws: `PostgresError`; ``StorageError`` when the database holds what this program does not know.
    public func list(
        _ filter: Filter,
        at moment: RegistryMoment,
        _ question: ListQuestion
    ) async throws -> Page<RegistryRecord> {
        if let sorting = question.sorting {
            return try await sorted(filter, at: moment, question, by: sorting.key)
        }
        return try await page(filter, at: moment, question)
    }

    /// A page whose cursor is the key of its last item.
    ///
    /// - Parameters:
    ///   - filter: Which ones.
    ///   - moment: As believed when, as holding on which day.
    ///   - question: Which page.
    ///   - place: Where it begins, for what is sorted; else the key that the question names.
    ///   - source: Names or makes the table `record`; all records unless given.
    /// - Returns: The page.
    /// - Throws: As ``list(_:at:_:)``.
    func page(
        _ filter: Filter,
        at moment: RegistryMoment,
        _ question: ListQuestion,
        from place: RecordPlace? = nil,
        of source: (inout ListConditions) -> String = { _ in "registry.record" }
    ) async throws -> Page<RegistryRecord> {
        let (tables, conditions) = try Self.selection(filter, at: moment, of: source)
        return try await Listing(
            marker: "registry.record.list",
            columns: Self.columns,
            tables: tables,
            key: [Listing.Key(column: "record.key", type: "text")],
            orders: Self.orders,
            orderTypes: Self.orderTypes
        ).page(
            question,
            where: conditions,
            on: connection,
            keys: { key in place.map { [$0.value, $0.key].compactMap(\.self) } ?? [key] },
            cursor: \.key,
            read: Self.record
        )
    }

    /// The records of a filter as tables and conditions, each with the version that holds at the moment.
    static func selection(
        _ filter: Filter,
        at moment: RegistryMoment,
        of source: (inout ListConditions) -> String = { _ in "registry.record" }
    ) throws -> (tables: String, conditions: ListConditions) {
        var conditions = ListConditions()
        let records = source(&conditions)
        let tables = tables(at: moment, of: records, &conditions)
        conditions.equal("record.kind", filter.kind.rawValue)
        conditions.add("record.state <> 'erased'")
        if let state = filter.state { conditions.equal("version.state", state.rawValue) }
        if let region = filter.region {
            conditions.add("version.attributes->>'region' = ANY (\(conditions.within(region)))")
        }
        for (code, value) in filter.attributes.sorted(by: { $0.key < $1.key }) {
            if let vocabulary = filter.vocabularies[code], case .text(let term) = value {
                let terms = conditions.narrower(term, in: vocabulary)
                conditions.add("version.attributes->\(conditions.bind(code))::text ?| \(terms)")
                continue
            }
            let one = conditions.bind(try CanonicalJSON.text([code: value]))
            let many = conditions.bind(try CanonicalJSON.text([code: AttributeValue.list([value])]))
            conditions.add("(version.attributes @> \(one)::text::jsonb OR version.attributes @> \(many)::text::jsonb)")
        }
        for comparison in filter.comparisons { conditions.add(try comparison.sql(&conditions)) }
        return (tables, conditions)
    }

    /// A record by its key, or `nil` when nothing is believed of it at the moment.
    public func find(_ key: String, at moment: RegistryMoment) async throws -> RegistryRecord? {
        var conditions = ListConditions()
        let tables = Self.tables(at: moment, &conditions)
        conditions.equal("record.key", key)
        return try await connection.queryOne(
            PostgresQuery(
                sql: "/* registry.record.byKey */ SELECT \(Self.columns) FROM \(tables) \(conditions.sql)",
                binds: conditions.binds
            )
        ).map(Self.record)
    }

    /// The first day of a record in what is believed at an instant; `nil` when there is none, or it is not known.
    public func firstDay(of key: String, asOf: Instant?) async throws -> CivilDate? {
        var conditions = ListConditions()
        conditions.equal("record.key", key)
        conditions.add(conditions.believed("version", asOf: asOf))
        let row = try await connection.queryOne(
            PostgresQuery(
                sql: """
                    /* registry.record.firstDay */ SELECT min(version.valid_from)::text
                    FROM registry.record JOIN registry.record_version version ON version.record_id = record.id
                    \(conditions.sql)
                    """,
                binds: conditions.binds
            )
        )
        return try row?.decode(String?.self).flatMap { try CivilDate.stored(first: $0) }
    }

    private static let columns = """
        record.key, record.kind, record.state, record.recording_id, version.valid_from::text,
        next.valid_from::text, version.state, version.attributes::text, \(Recording.columns("recording"))
        """

    /// Each record with the version that holds at the moment.
    static func tables(
        at moment: RegistryMoment,
        of records: String = "registry.record",
        _ conditions: inout ListConditions
    ) -> String {
        let day = conditions.bind(moment.validAt.isoText)
        return """
            \(records)
            CROSS JOIN LATERAL (
                SELECT v.valid_from, v.state, v.attributes, v.recorded_by FROM registry.record_version v
                WHERE v.record_id = record.id AND v.valid_from <= \(day)::text::date
                    AND \(conditions.believed("v", asOf: moment.asOf))
                ORDER BY v.valid_from DESC LIMIT 1
            ) AS version
            JOIN registry.recording ON recording.id = version.recorded_by
            LEFT JOIN LATERAL (
                SELECT min(l.valid_from) AS valid_from FROM registry.record_version l
                WHERE l.record_id = record.id AND l.valid_from > version.valid_from
                    AND \(conditions.believed("l", asOf: moment.asOf))
            ) AS next ON true
            """
    }

    private static func record(_ row: PostgresRow) throws -> RegistryRecord {
        let (
            key, kind, recordState, version, from, until, state, attributes, at, principal, reason, file,
            locator,
            batch
        ) = try row.decode(
            (
                String, String, String, Int64, String, String?, String, String, PostgresTimestamp?, String,
                String,
                String?, String?, Int64?
            ).self
        )
        let ended = try stored(RecordState.self, recordState)
        return RegistryRecord(
            key: key,
            kind: try stored(RegistryKind.self, kind),
            // Nothing is believed of a merged record any more: what is found was believed before.
            state: ended == .erased ? ended : try stored(RecordState.self, state),
            version: version,
            from: try CivilDate.stored(first: from),
            until: try until.map { try CivilDate.stored($0) },
            recorded: Recording(at, principal, reason, file, locator, batch),
            attributes: try Attributes.stored(attributes)
        )
    }
}
