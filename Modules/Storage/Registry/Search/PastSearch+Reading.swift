import DomainModel
import NameForms
import PostgresClient

extension PastSearch {
    /// The next places where records may stand, in their order.
    func candidates(
        _ question: SearchQuestion,
        _ kinds: [RegistryKind],
        after: SearchCursor?,
        most: Int
    ) async throws -> [Candidate] {
        try await connection.query(
            """
            /* registry.search.then */ SELECT rank, key, record_id FROM registry.search_then(
                \(question.whole)::text, \(question.pinyin)::text[], \(question.parts)::text[],
                \(kinds.map(\.rawValue))::text[], \(after?.rank.rawValue)::smallint, \(after?.key)::text,
                \(after?.record)::bigint, \(Int32(clamping: most))
            ) ORDER BY rank, key COLLATE "C", record_id
            """
        ).map { row in
            let (rank, key, record) = try row.decode((Int16, String, Int64).self)
            guard let rank = SearchRank(rawValue: rank) else { throw StorageError.unknownCode(String(rank)) }
            return Candidate(match: SearchMatch(rank: rank, key: key), record: record)
        }
    }

    /// What was believed of records, by their numbers; those of which nothing was, and erased ones, are left out.
    func records(_ ids: [Int64]) async throws -> [Int64: PastRecord] {
        if ids.isEmpty { return [:] }
        let fields = Set(model.searchedFields.map(\.code)).sorted()
        var records = try await versions(of: ids, fields + ["region"])
        for row in try await connection.query(
            """
            /* registry.search.takenUp */ SELECT record_id, key, valid_from::text, attributes::text
            FROM registry.taken_up(
                \(ids)::bigint[], \(moment.asOf.map { PostgresTimestamp($0) })::timestamptz, \(fields)::text[]
            )
            """
        ) {
            let (id, key, from, attributes) = try row.decode((Int64, String, String?, String).self)
            let version = try from.map { from in
                RecordTimeline.Version(
                    from: try CivilDate.stored(first: from),
                    attributes: try CanonicalJSON.decode(Attributes.self, from: attributes)
                )
            }
            records[id]?.absorbed[key, default: []] += [version].compactMap(\.self)
        }
        return records
    }

    private func versions(of ids: [Int64], _ fields: [String]) async throws -> [Int64: PastRecord] {
        var conditions = ListConditions()
        let wanted = conditions.bind(fields)
        conditions.add("record.id = ANY (#::bigint[])", ids)
        conditions.add("record.state <> 'erased'")
        conditions.add(conditions.believed("version", asOf: moment.asOf))
        let rows = try await connection.query(
            PostgresQuery(
                sql: """
                    /* registry.search.versions */ SELECT record.id, record.key, record.kind, version.valid_from::text,
                        version.state, coalesce((
                            SELECT jsonb_object_agg(given.key, given.value) FROM jsonb_each(version.attributes) AS given
                            WHERE given.key = ANY (\(wanted)::text[])
                        ), '{}')::text
                    FROM registry.record JOIN registry.record_version version ON version.record_id = record.id
                    \(conditions.sql)
                    """,
                binds: conditions.binds
            )
        )
        var records: [Int64: PastRecord] = [:]
        for row in rows {
            let (id, key, kind, from, state, attributes) = try row.decode(
                (Int64, String, String, String, String, String).self
            )
            let kindOf = try stored(RegistryKind.self, kind)
            records[id, default: PastRecord(id: id, key: key, kind: kindOf)].versions.append(
                RecordTimeline.Version(
                    from: try CivilDate.stored(first: from),
                    state: try stored(RecordState.self, state),
                    attributes: try CanonicalJSON.decode(Attributes.self, from: attributes)
                )
            )
        }
        return records
    }
}

extension SearchHit {
    /// A record as it answered.
    init(_ record: PastRecord, _ answer: PastRecord.Answer) {
        self.init(
            record: record.id,
            key: record.key,
            kind: record.kind,
            rank: answer.match.rank,
            field: answer.name.field,
            shown: answer.name.text,
            name: answer.title,
            region: answer.version.region
        )
    }
}
