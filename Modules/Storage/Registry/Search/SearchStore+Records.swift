public import DomainModel
import NameForms
import PostgresClient

extension SearchStore {
    /// Makes a record be found by all names that it has in what is believed now, of whatever day, and by its key; and of
    /// another time by what it was called then.
    ///
    /// A record of which nothing is believed any more is found of another time alone.
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
        let subject = Self.subject(held, fields, absorbed)
        try await put([subject])
        try await putPast([(held, subject)], fields.filter(SearchName.isSearched)) { _ in fields }
    }

    /// The same for several records, each once; what they have taken up is asked of the merges.
    public func index(
        _ helds: [RegistryRecordStore.Held],
        _ model: RecordModel,
        _ merges: MergeStore
    ) async throws {
        let survivors = try await merges.survivors(among: helds.map(\.id))
        var subjects: [(RegistryRecordStore.Held, SearchSubject)] = []
        for held in helds {
            let absorbed = survivors.contains(held.id) ? try await merges.absorbedNames(of: held.id) : []
            subjects.append((held, Self.subject(held, model.fields(of: held.kind), absorbed)))
        }
        try await put(subjects.map(\.1))
        try await putPast(subjects, model.searchedFields, model.fields)
    }

    private static func subject(
        _ held: RegistryRecordStore.Held,
        _ fields: [FieldDefinition],
        _ absorbed: [(key: String, attributes: Attributes)]
    ) -> SearchSubject {
        let versions = held.timeline.versions.reversed().map(\.attributes)
        let isFound = held.state.isRelatable && !versions.isEmpty
        let names = isFound ? SearchName.all(of: held.key, versions, absorbed: absorbed, fields, of: held.kind) : []
        return SearchSubject(record: held.id, kind: held.kind, region: held.region, names: names)
    }
}
