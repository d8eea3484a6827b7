import DomainModel

/// What somebody says to have all records of a kind looked through.
struct DuplicateSearchOrder: Codable, Sendable {
    /// What is looked through.
    let kind: RegistryKind
    /// The least probability of a candidate, from 0.01 to 1; 0.5 if absent.
    let minimum: Double?
}

/// What somebody decides about two records.
struct DuplicateOrder: Codable, Sendable {
    let verdict: DuplicateDecision.Verdict
    let reason: String
    /// Of two that are one: the key of the record that goes on; the one that was recorded first if absent.
    let survivor: String?
    /// Whose value a field has; else the survivor's.
    let fields: [String: MergeSide]?
    /// The numbers of statements, of either, that are not taken over.
    let dropped: [Int64]?
}

/// Two records that may be one, side by side.
struct DuplicateComparison: Codable, Sendable {
    let candidate: DuplicateCandidate
    let one: RegistryRecord
    let other: RegistryRecord
    /// What would become of them were they merged, the first going on; absent when that cannot be.
    let merge: RecordMerge?
}
