/// What an erasure of a person's record would do.
///
/// Source: Personal Information Protection Law, art. 47; GB/T 35273-2020 §8.3.
public struct ErasureRehearsal: Sendable, Hashable, Codable {
    /// The keys of the record and of those that were merged into it: all go together.
    public let records: [String]
    /// Codes of the fields whose values would go; those of statements with the type in front.
    public let goes: [String]
    /// Codes of the fields whose values would stay, since counts need them and they name nobody.
    public let stays: [String]
    /// Versions that would lose values, the believed and the former ones.
    public let versions: Int
    /// Statements about the person that would lose their values and other end, the believed and the former ones.
    public let statements: Int
    /// Numbers of statements about others that lead to the person: they stay, and lead to the tombstone.
    public let incoming: [Int64]
    /// Submitted files that brought something about the person: the rows about the person would be blanked.
    public let batches: [Int64]

    /// Makes a rehearsal of its parts.
    public init(
        records: [String],
        goes: [String],
        stays: [String],
        versions: Int,
        statements: Int,
        incoming: [Int64],
        batches: [Int64]
    ) {
        self.records = records
        self.goes = goes
        self.stays = stays
        self.versions = versions
        self.statements = statements
        self.incoming = incoming
        self.batches = batches
    }
}

/// What is left of an erased record: that it was there, and what was taken away.
public struct Tombstone: Sendable, Hashable, Codable {
    /// The key of the record.
    public let key: String
    /// What it was.
    public let kind: RegistryKind
    /// When it was erased.
    public let erasedAt: Instant
    /// In whose name.
    public let erasedBy: String
    /// The approval by a second person.
    public let approval: Int64
    /// Codes of the fields whose values are gone.
    public let fields: [String]
    /// Versions that lost values.
    public let versions: Int
    /// Statements that lost values and their other end.
    public let statements: Int
    /// Numbers of statements about others that lead here.
    public let incoming: [Int64]
    /// Submitted files that brought something about the person.
    public let batches: [Int64]
    /// What was done in submitted files, which follows the erasure by itself.
    public let files: ErasedFiles

    /// Makes a tombstone of its parts.
    public init(
        key: String,
        kind: RegistryKind,
        erasedAt: Instant,
        erasedBy: String,
        approval: Int64,
        fields: [String],
        versions: Int,
        statements: Int,
        incoming: [Int64],
        batches: [Int64],
        files: ErasedFiles
    ) {
        self.key = key
        self.kind = kind
        self.erasedAt = erasedAt
        self.erasedBy = erasedBy
        self.approval = approval
        self.fields = fields
        self.versions = versions
        self.statements = statements
        self.incoming = incoming
        self.batches = batches
        self.files = files
    }
}

/// What an erasure did in submitted files: the rows about the person are blanked in place, all others stay.
public struct ErasedFiles: Sendable, Hashable, Codable {
    /// A file of which rows were blanked.
    public struct File: Sendable, Hashable, Codable {
        /// SHA-256 of the file as it was sent, by which batches name it.
        public let sha256: String
        /// The batches that submitted it.
        public let batches: [Int64]
        /// The lines that the blanked rows begin in, as conflicts and records name them; 1 is the first of the file.
        public let lines: [Int]

        /// Makes a file of its parts.
        public init(sha256: String, batches: [Int64], lines: [Int]) {
            self.sha256 = sha256
            self.batches = batches
            self.lines = lines
        }
    }

    /// When all files were done; absent while the work goes on.
    public let doneAt: Instant?
    /// The files that are done.
    public let blanked: [File]

    /// Makes it of its parts.
    public init(doneAt: Instant?, blanked: [File]) {
        self.doneAt = doneAt
        self.blanked = blanked
    }
}

/// What somebody says to ask for an erasure.
public struct ErasureOrder: Codable, Sendable {
    /// Why: who has asked for it, and when.
    public let reason: String

    /// Makes an order.
    public init(reason: String) { self.reason = reason }
}

/// What somebody says to do what was approved.
public struct ApprovedOrder: Codable, Sendable {
    /// The number of the approval.
    public let approval: Int64

    /// Makes an order.
    public init(approval: Int64) { self.approval = approval }
}
