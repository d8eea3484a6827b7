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
        try await put([SearchSubject(record: held.id, kind: held.kind, region: held.region, names: names)])
    }
}
