import DomainModel

/// Everything around one record at one moment.
struct RecordPage: Codable, Sendable {
    let record: RegistryRecord
    /// What is said about it.
    let statements: [RegistryStatement]
    /// What is said of others and leads to it.
    let incoming: [RegistryStatement]
    /// The records at the other ends that may be seen.
    let related: [RelatedName]
    /// Whether there is more than the answer holds.
    let isPartial: Bool
    /// What the rules conclude of it.
    let derived: [DerivedFact]

    /// Whether anything on it is unknown to a model: a field that the office has added.
    func needsMore(than model: RecordModel) -> Bool {
        let fields = Set(model.fields(of: record.kind).map(\.code))
        return !fields.isSuperset(of: record.attributes.keys) || !fields.isSuperset(of: record.masked)
            || (statements + incoming).contains { model.statement($0.type) == nil }
    }
}
