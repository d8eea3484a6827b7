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
    /// - Throws: `PostgresError`.
    public func index(_ held: RegistryRecordStore.Held, _ fields: [FieldDefinition]) async throws {
        var names: [SearchName] = []
        for version in held.timeline.versions.reversed() {
            for name in SearchName.all(in: version.attributes, fields, of: held.kind) where !names.contains(name) {
                names.append(name)
            }
        }
        if held.state.isRelatable, !held.timeline.versions.isEmpty {
            names.append(SearchName(field: "key", text: held.key, kind: .identifier))
        } else {
            names = []
        }
        try await put([SearchSubject(record: held.id, kind: held.kind, region: held.region, names: names)])
    }
}
