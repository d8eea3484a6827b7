/// A statement about one of two records that become one, and what becomes of it.
public struct MergedStatement: Sendable, Hashable, Codable {
    /// What becomes of a statement.
    public enum Fate: String, Sendable, Codable, CaseIterable {
        /// It is said about the survivor, under its number.
        case moved
        /// The survivor has one that says the same.
        case same
        /// It led from one of the two to the other.
        case loop
        /// Somebody decided that it is not taken over.
        case dropped
        /// It cannot be taken over: see the conflicts.
        case refused
    }

    /// What becomes of it.
    public let fate: Fate
    /// What it says, and about whom.
    public let statement: RegistryStatement
    /// Why it cannot be taken over.
    public let conflicts: [Conflict]

    /// Makes a statement's fate of its parts.
    public init(_ fate: Fate, _ statement: RegistryStatement, conflicts: [Conflict] = []) {
        self.fate = fate
        self.statement = statement
        self.conflicts = conflicts
    }
}
