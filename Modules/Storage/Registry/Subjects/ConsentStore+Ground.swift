public import DomainModel

extension ConsentStore {
    /// On what ground a purpose that somebody has named covers the use of a record, for the audit trail.
    ///
    /// A purpose that begins with a code, alone or with a colon behind it (`visa: second entry`), is looked up.
    ///
    /// - Returns: `consent 12`, or `none`; `nil` for a purpose without a code.
    /// - Throws: `PostgresError`; ``StorageError``.
    public func ground(of subject: String, _ purpose: String, at instant: Instant) async throws -> String? {
        let code = String(purpose.prefix { $0 != ":" })
        guard FieldDefinition.isCode(code) else { return nil }
        let answer = try await covers(subject, code, at: instant)
        return answer.grounds.first.map { "\($0.ground.basis.rawValue) \($0.number)" } ?? "none"
    }
}
