public import DomainModel

extension RegistryStatementStore {
    /// What is believed now of some records, of one kind, in the order of its numbers.
    ///
    /// - Parameters:
    ///   - type: The kind of statement.
    ///   - keys: The keys of the records.
    /// - Returns: The statements, whatever day they hold on.
    /// - Throws: `PostgresError`; ``StorageError``.
    public func believed(_ type: String, about keys: [String]) async throws -> [RegistryStatement] {
        var conditions = Self.conditions(Filter(type: type))
        conditions.add("subject.key = ANY (#::text[])", keys)
        return try await said(conditions, marker: "registry.statement.believedAbout")
    }
}
