/// What came of a submission, counted exactly (回执).
///
/// A receipt depends on the file, the dataset and the data it met, and on nothing else: a rehearsal has the receipt
/// of its commit, and the same file sent again gets the same receipt.
public struct Receipt: Sendable, Hashable, Codable {
    /// Whether the file was taken.
    public enum Outcome: String, Sendable, Codable, CaseIterable {
        /// All rows were taken.
        case accepted
        /// Good rows were taken, others refused.
        case acceptedInPart
        /// Nothing was taken.
        case refused
    }

    /// How often one kind of conflict occurs.
    public struct ConflictCount: Sendable, Hashable, Codable {
        /// The kind.
        public let code: ConflictCode
        /// How often.
        public let count: Int64

        /// Makes a count.
        public init(code: ConflictCode, count: Int64) {
            self.code = code
            self.count = count
        }
    }

    /// The dataset, or the kind of record for reference data.
    public let dataset: String
    /// SHA-256 of the file's bytes, hexadecimal.
    public let sha256: String
    /// All rows or good rows.
    public let mode: Batch.Mode
    /// Whether the file was taken.
    public let outcome: Outcome
    /// Rows in the file, the header not counted.
    public let rows: Int64
    /// Values or records that were not known before.
    public let created: Int64
    /// Values or records that differ from what was known.
    public let revised: Int64
    /// Rows that say what was known already.
    public let unchanged: Int64
    /// Rows that say again what another row of the file says.
    public let duplicates: Int64
    /// Rows that were refused.
    public let rejected: Int64
    /// Conflicts by kind, in the order of their codes. Warnings are counted too.
    public let conflicts: [ConflictCount]
    /// SHA-256 over all conflicts in the order of the file, hexadecimal.
    public let conflictsDigest: String

    /// Makes a receipt of its parts.
    public init(
        dataset: String,
        sha256: String,
        mode: Batch.Mode,
        outcome: Outcome,
        rows: Int64,
        created: Int64,
        revised: Int64,
        unchanged: Int64,
        duplicates: Int64,
        rejected: Int64,
        conflicts: [ConflictCount],
        conflictsDigest: String
    ) {
        self.dataset = dataset
        self.sha256 = sha256
        self.mode = mode
        self.outcome = outcome
        self.rows = rows
        self.created = created
        self.revised = revised
        self.unchanged = unchanged
        self.duplicates = duplicates
        self.rejected = rejected
        self.conflicts = conflicts
        self.conflictsDigest = conflictsDigest
    }
}
