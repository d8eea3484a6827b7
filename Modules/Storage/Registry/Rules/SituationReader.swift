public import DomainModel
public import PostgresClient
public import RegistryRules

/// Reads what rules look at, many records at a time: four statements, whatever their number.
public struct SituationReader: Sendable {
    private let source: any PostgresQuerying
    private let reading: RuleReading
    private let kinds: [RegistryKind]
    private let day: CivilDate
    private let asOf: Instant?
    /// Records to which statements lead, such as awards: few of them, and the same ones again and again.
    private var objects: [Int64: Attributes] = [:]

    /// How many of them are kept in memory.
    private static let keptObjects = 50_000

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - source: Where it is read. It must see all regions: rules look at awards and investors that lie elsewhere.
    ///   - rules: The rules that are to be looked at for.
    ///   - day: The day.
    ///   - asOf: The instant; now if absent.
    public init(_ source: any PostgresQuerying, for rules: [DerivationRule], day: CivilDate, asOf: Instant?) {
        self.source = source
        reading = RuleReading(rules)
        kinds = RegistryKind.allCases.filter { kind in rules.contains { $0.kinds.contains(kind) } }
        self.day = day
        self.asOf = asOf
    }

    /// Records in the order of their numbers, with what is said about them.
    public struct Chunk: Sendable {
        /// Those of which there is anything to look at, with their row numbers.
        public let situations: [(record: Int64, situation: RecordSituation)]
        /// How many records there were, those without anything included.
        public let count: Int
        /// The row number of the last one; `nil` when there are no more after it.
        public let last: Int64?
    }

    /// The next records that are kept up on the day.
    ///
    /// - Parameters:
    ///   - after: Only those with a higher row number.
    ///   - limit: At most so many.
    /// - Returns: The records.
    /// - Throws: `PostgresError`; ``StorageError`` when the database holds what this program does not know.
    public mutating func next(after: Int64, limit: Int) async throws -> Chunk {
        var conditions = ListConditions()
        conditions.add("record.id > #", after)
        let heads = try await heads(conditions, limit: limit)
        let situations = try await situations(of: heads)
        return Chunk(situations: situations, count: heads.count, last: heads.count < limit ? nil : heads.last?.id)
    }

    /// One record, by its key; `nil` when it is not kept up on the day, or no rule looks at its kind.
    public mutating func one(_ key: String) async throws -> (record: Int64, situation: RecordSituation)? {
        var conditions = ListConditions()
        conditions.equal("record.key", key)
        // Somebody waits for one record: what does not depend on one another is asked for at once.
        let (reader, given) = (self, conditions)
        async let found = reader.heads(given, limit: 1)
        async let own = reader.said(reader.reading.statements, .about, of: .key(key))
        async let incoming = reader.said(reader.reading.incoming, .leadingTo, of: .key(key))
        guard let head = try await found.first else { return nil }
        let nothing = RecordSituation(key: head.key, kind: head.kind, day: day, attributes: head.attributes, facts: [])
        return try await situations(of: [head], own, incoming).first ?? (head.id, nothing)
    }

    private struct Head {
        let id: Int64
        let key: String
        let kind: RegistryKind
        let attributes: Attributes
    }

    private func heads(_ given: ListConditions, limit: Int) async throws -> [Head] {
        var conditions = given
        let bound = conditions.bind(day.isoText)
        let members = reading.fields.sorted().map { field in
            let name = conditions.bind(field)
            return "\(name)::text, version.attributes->\(name)::text"
        }
        let believed = conditions.believed("v", asOf: asOf)
        conditions.add("record.kind = ANY (#::text[])", kinds.map(\.rawValue))
        let sql = """
            /* registry.rule.records */ SELECT record.id, record.key, record.kind,
                jsonb_strip_nulls(jsonb_build_object(\(members.joined(separator: ", "))))::text
            FROM registry.record CROSS JOIN LATERAL (
                SELECT v.state, v.attributes FROM registry.record_version v
                WHERE v.record_id = record.id AND v.valid_from <= \(bound)::text::date AND \(believed)
                ORDER BY v.valid_from DESC LIMIT 1
            ) version
            \(conditions.sql) AND record.state <> 'erased' AND version.state = 'active'
            ORDER BY record.id LIMIT \(limit)
            """
        return try await source.query(PostgresQuery(sql: sql, binds: conditions.binds)).map { row in
            let (id, key, kind, attributes) = try row.decode((Int64, String, String, String).self)
            return Head(
                id: id,
                key: key,
                kind: try stored(RegistryKind.self, kind),
                attributes: try Attributes.stored(attributes)
            )
        }
    }

    private mutating func situations(
        of heads: [Head]
    ) async throws -> [(record: Int64, situation: RecordSituation)] {
        guard let first = heads.first?.id, let last = heads.last?.id else { return [] }
        let ids = Set(heads.map(\.id))
        let own = try await said(reading.statements, .about, of: .span(first...last)).filter { ids.contains($0.record) }
        return try await situations(of: heads, own, said(reading.incoming, .leadingTo, of: .span(first...last)))
    }

    private mutating func situations(
        of heads: [Head],
        _ own: [Said],
        _ incoming: [Said]
    ) async throws -> [(record: Int64, situation: RecordSituation)] {
        try await remember(own)
        var facts: [Int64: [RecordSituation.Fact]] = [:]
        for said in own {
            let object = reading.objects[said.type] == nil ? nil : said.other.flatMap { objects[$0] }
            facts[said.record, default: []].append(said.fact(object ?? [:], isIncoming: false))
        }
        for said in incoming { facts[said.record, default: []].append(said.fact([:], isIncoming: true)) }
        return heads.compactMap { head in
            guard let facts = facts[head.id] ?? (head.attributes.isEmpty ? nil : []) else { return nil }
            let situation = RecordSituation(
                key: head.key,
                kind: head.kind,
                day: day,
                attributes: head.attributes,
                facts: facts
            )
            return (head.id, situation)
        }
    }

    private struct Said {
        let record: Int64
        let number: Int64
        let type: String
        let term: String?
        let other: Int64?
        let otherKey: String?
        let validity: DateSpan
        let attributes: Attributes

        func fact(_ object: Attributes, isIncoming: Bool) -> RecordSituation.Fact {
            RecordSituation.Fact(
                number,
                type,
                term: term,
                object: otherKey,
                objectAttributes: object,
                isIncoming: isIncoming,
                validity: validity,
                attributes: attributes
            )
        }
    }

    /// Which end of a statement is at the records.
    private enum Direction {
        case about, leadingTo
    }

    /// Records by their row numbers, with all between them, or one by its key.
    private enum Asked {
        case span(ClosedRange<Int64>)
        case key(String)
    }

    private func said(_ types: Set<String>, _ direction: Direction, of records: Asked) async throws -> [Said] {
        let (column, other) =
            switch direction {
            case .about: ("subject_id", "object_id")
            case .leadingTo: ("object_id", "subject_id")
            }
        if types.isEmpty { return [] }
        var conditions = ListConditions()
        switch records {
        case .span(let ids):
            // One stretch of an index is read five times as fast as each record's kinds of statements by themselves.
            conditions.add("s.\(column) BETWEEN # AND \(conditions.bind(ids.upperBound))", ids.lowerBound)
        case .key(let key): conditions.add("s.\(column) = (SELECT r.id FROM registry.record r WHERE r.key = #)", key)
        }
        conditions.add("s.type = ANY (#::text[])", types.sorted())
        conditions.add(conditions.believed("s", asOf: asOf))
        let sql = """
            /* registry.rule.statements */ SELECT s.\(column), s.number, s.type, s.term, s.\(other), other.key,
                lower(s.valid)::text, upper(s.valid)::text, s.attributes::text
            FROM registry.statement s LEFT JOIN registry.record other ON other.id = s.\(other)
            \(conditions.sql) ORDER BY s.\(column), s.number
            """
        return try await source.query(PostgresQuery(sql: sql, binds: conditions.binds)).map { row in
            let (record, number, type, term, other, key, from, until, attributes) = try row.decode(
                (Int64, Int64, String, String?, Int64?, String?, String?, String?, String).self
            )
            return Said(
                record: record,
                number: number,
                type: type,
                term: term,
                other: other,
                otherKey: key,
                validity: DateSpan(
                    from: try from.map { try CivilDate.stored($0) },
                    until: try until.map { try CivilDate.stored($0) }
                ),
                attributes: try Attributes.stored(attributes)
            )
        }
    }

    /// Reads the objects that rules look into and that are not known yet.
    private mutating func remember(_ said: [Said]) async throws {
        let wanted = Set(said.filter { reading.objects[$0.type] != nil }.compactMap(\.other))
        if objects.count > Self.keptObjects { objects = [:] }
        let unknown = wanted.filter { objects[$0] == nil }.sorted()
        if unknown.isEmpty { return }
        var conditions = ListConditions()
        let ids = conditions.bind(unknown)
        let bound = conditions.bind(day.isoText)
        let fields = conditions.bind(reading.objects.values.reduce(into: Set<String>()) { $0.formUnion($1) }.sorted())
        let believed = conditions.believed("v", asOf: asOf)
        let sql = """
            /* registry.rule.objects */ SELECT asked.id, (
                SELECT coalesce(jsonb_object_agg(member.key, member.value), '{}')::text
                FROM jsonb_each(version.attributes) member WHERE member.key = ANY (\(fields)::text[])
            )
            FROM unnest(\(ids)::bigint[]) asked (id) CROSS JOIN LATERAL (
                SELECT v.attributes FROM registry.record_version v
                WHERE v.record_id = asked.id AND v.valid_from <= \(bound)::text::date AND \(believed)
                ORDER BY v.valid_from DESC LIMIT 1
            ) version
            """
        for id in unknown { objects[id] = [:] }
        for row in try await source.query(PostgresQuery(sql: sql, binds: conditions.binds)) {
            let (id, attributes) = try row.decode((Int64, String).self)
            objects[id] = try Attributes.stored(attributes)
        }
    }
}
