public import DomainModel
import NameForms
import PostgresClient

extension SearchStore {
    /// Makes a record be found by all names that it has in what is believed now, of whatever day, and by its key.
    ///
    /// A record of which nothing is believed any more is found no longer.
    ///
    /// - Parameters:
    ///   - held: The record, as it is after the write.
    ///   - fields: The fields of its kind.
    ///   - absorbed: The keys and values of the records that it has taken up.
    /// - Throws: `PostgresError`.
    public func index(
        _ held: RegistryRecordStore.Held,
        _ fields: [FieldDefinition],
        absorbed: [(key: String, attributes: Attributes)] = []
    ) async throws {
        try await put([Self.subject(held, fields, absorbed)])
    }

    /// The same for several records, each once; what they have taken up is asked of the merges.
    public func index(
        _ helds: [RegistryRecordStore.Held],
        _ model: RecordModel,
        _ merges: MergeStore
    ) async throws {
        let survivors = try await merges.survivors(among: helds.map(\.id))
        var subjects: [SearchSubject] = []
        for held in helds {
            let absorbed = survivors.contains(held.id) ? try await merges.absorbedNames(of: held.id) : []
            subjects.append(Self.subject(held, model.fields(of: held.kind), absorbed))
        }
        try await put(subjects)
    }

    private static func subject(
        _ held: RegistryRecordStore.Held,
        _ fields: [FieldDefinition],
        _ absorbed: [(key: String, attributes: Attributes)]
    ) -> SearchSubject {
        var names: [SearchName] = []
        for version in held.timeline.versions.reversed() {
            for name in SearchName.all(in: version.attributes, fields, of: held.kind) where !names.contains(name) {
                names.append(name)
            }
        }
        if held.state.isRelatable, !held.timeline.versions.isEmpty {
            for name in absorbed.flatMap({ SearchName.all(in: $0.attributes, fields, of: held.kind) })
            where !names.contains(name) {
                names.append(name)
            }
            var keys: [String] = []
            for key in [held.key] + absorbed.map(\.key) where !keys.contains(key) { keys.append(key) }
            names += keys.map { SearchName(field: "key", text: $0, kind: .identifier) }
        } else {
            names = []
        }
        return SearchSubject(record: held.id, kind: held.kind, region: held.region, names: names)
    }
}
