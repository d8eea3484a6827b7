public import DomainModel
import NameForms
import PostgresClient

extension SearchStore {
    /// A past name of a record: whose it was, and what it is found by.
    private struct PastName: Hashable {
        let record: Int64
        let source: Int64
        let text: String
        let kind: SearchKeys.Kind
    }

    /// Makes records be found, of another time, by what they were called once and are no longer.
    ///
    /// All of it is made of the versions: whoever calls this again, or later, puts the same.
    ///
    /// - Parameters:
    ///   - subjects: The records, each with what it is found by now.
    ///   - searched: The fields that have names, of all their kinds.
    ///   - fields: The fields of a kind.
    /// - Throws: `PostgresError`.
    func putPast(
        _ subjects: [(held: RegistryRecordStore.Held, present: SearchSubject)],
        _ searched: [FieldDefinition],
        _ fields: (RegistryKind) -> [FieldDefinition]
    ) async throws {
        let records = subjects.map(\.held.id)
        let rows = try await connection.query(
            """
            /* registry.search.past */ SELECT record_id, source_id, key, attributes::text
            FROM registry.past_names(\(records)::bigint[], \(Set(searched.map(\.code)).sorted())::text[])
            -- Of what was never corrected nothing else is asked.
            WHERE EXISTS (
                SELECT FROM registry.record_version v
                WHERE v.record_id = ANY (\(records)::bigint[]) AND v.superseded_by IS NOT NULL
            ) OR EXISTS (SELECT FROM registry.merge m WHERE m.survivor_id = ANY (\(records)::bigint[]))
            """
        )
        // What was recorded stays: who has no past names now had none before.
        if rows.isEmpty { return }
        let known = Dictionary(uniqueKeysWithValues: subjects.map { ($0.held.id, $0) })
        var names: Set<PastName> = []
        for row in rows {
            let (record, source, key, attributes) = try row.decode((Int64, Int64, String, String).self)
            guard let (held, present) = known[record] else { continue }
            let values = try CanonicalJSON.decode(Attributes.self, from: attributes)
            let all = SearchName.all(in: values, fields(held.kind), of: held.kind) + [SearchName(key: key)]
            for name in all where !present.names.contains(where: { $0.text == name.text && $0.kind == name.kind }) {
                names.insert(PastName(record: record, source: source, text: name.text, kind: name.kind))
            }
        }
        try await putPast(names.map { ($0, SearchKeys($0.text, as: $0.kind)) }, of: records)
    }

    private func putPast(_ names: [(name: PastName, keys: SearchKeys)], of records: [Int64]) async throws {
        try await connection.query(
            """
            /* registry.search.putPast */ SELECT registry.put_past_names(
                \(records)::bigint[], \(names.map(\.name.record))::bigint[], \(names.map(\.name.source))::bigint[],
                \(names.map(\.keys.name))::text[], \(names.map { Self.joined($0.keys.inner) })::text[],
                \(names.map { Self.joined($0.keys.pinyin) })::text[],
                \(names.map { Self.joined($0.keys.initials) })::text[]
            )
            """
        )
    }
}

extension RecordModel {
    /// The fields of all kinds that have names or public identifiers.
    public var searchedFields: [FieldDefinition] {
        RegistryKind.allCases.flatMap { fields(of: $0) }.filter(SearchName.isSearched)
    }
}
