import DomainModel

/// What somebody says to make two records one.
struct MergeOrder: Codable, Sendable {
    /// The key of the record that is taken up.
    let absorbed: String
    /// Why they are one.
    let reason: String
    /// Whose value a field has, where both have one; else the survivor's.
    let fields: [String: MergeSide]?
    /// The numbers of statements, of either, that are not taken over.
    let dropped: [Int64]?
    /// What a rehearsal answered as `seen`: nothing is done when either record was changed since.
    let seen: String?
    /// Whether it is only told what would become of them.
    let isRehearsal: Bool?

    var choices: MergePlan.Choices { .init(fields: fields ?? [:], dropped: Set(dropped ?? [])) }
}

/// What somebody says to undo a merge.
struct UnmergeOrder: Codable, Sendable {
    /// Why they are two after all.
    let reason: String
    /// Whether it is only told what would come back.
    let isRehearsal: Bool?
}

/// An event's data: one record took up another, or no longer.
struct MergeEvent: Codable, Sendable {
    let key: String
    let kind: RegistryKind
    let version: Int64
    let successor: String
}
