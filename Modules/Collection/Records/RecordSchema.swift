public import DomainModel
public import PostgresClient
public import Storage

/// How records of one kind are read from a file, checked against what is stored, and written.
///
/// It is data and four small functions; ``RecordImport`` does the rest alike for all kinds.
public struct RecordSchema<Record: Sendable>: Sendable {
    /// What a row of the file is.
    public enum Reading: Sendable {
        /// A record.
        case record(Record)
        /// Something that cannot be read; the row's conflicts say why.
        case unreadable
        /// A row that is well as it is and holds no record of this kind.
        ///
        /// It counts as no row of the import: a receipt counts the rows that hold records of its kind.
        case outside
    }

    /// What a second row with the same key means.
    public enum Repetition: Sendable {
        /// A fault, or with all columns alike a redundant row: `RECORD_DUPLICATE`, `DUPLICATE_SAME_VALUE`.
        case isFault
        /// Further facts about the same record; its own columns must agree: `DEFINITION_CONTRADICTS`.
        case isOrdinary
    }

    /// Name of the kind in receipts and batches: `reference.regions`.
    public let dataset: String
    /// The kind of record in the audit trail.
    public let kind: RecordKind
    /// The key by which the audit trail knows a record that may be stored already; `nil` for kinds whose records are
    /// never changed.
    public let key: @Sendable (Record) -> String?
    /// Columns that the file must have; they make the record.
    public let columns: [String]
    /// Columns that the file may have; they stay in the file.
    public let kept: [String]
    /// Columns that tell one record from another.
    public let keyColumns: [String]
    /// What a second row with the same key means.
    public let repetition: Repetition
    /// Makes a record of a row.
    public let read: @Sendable (inout RecordRow) -> Reading
    /// Checks the records against each other and against what is stored, and completes them; runs in the
    /// transaction of the import.
    public let settle: @Sendable (Contents, PostgresConnection) async throws -> Settlement
    /// Writes records that have passed all checks.
    public let merge: @Sendable ([Located<Record>], _ batch: Int64, PostgresConnection) async throws -> MergeCounts

    /// A record with its place.
    public struct Settled: Sendable {
        /// The record.
        public var record: Record
        /// Where it stands.
        public let place: RecordPlace
    }

    /// What was read from a file.
    public struct Contents: Sendable {
        /// One record for each key, in the order of the file.
        public internal(set) var records: [Settled]
        /// The keys of rows that cannot be read: what refers to them is not to blame.
        public internal(set) var refusedKeys: [[String]]
    }

    /// What came of checking.
    public struct Settlement: Sendable {
        /// The records, completed.
        public var records: [Settled]
        /// What is wrong with them, in any order.
        public var conflicts: [Conflict]

        /// Makes a settlement of its parts.
        public init(records: [Settled], conflicts: [Conflict]) {
            self.records = records
            self.conflicts = conflicts
        }
    }

    /// Declares a kind of record.
    public init(
        dataset: String,
        kind: RecordKind,
        columns: [String],
        kept: [String] = [],
        keyColumns: [String] = ["code"],
        repetition: Repetition = .isFault,
        read: @escaping @Sendable (inout RecordRow) -> Reading,
        key: @escaping @Sendable (Record) -> String?,
        settle: @escaping @Sendable (Contents, PostgresConnection) async throws -> Settlement = { contents, _ in
            Settlement(records: contents.records, conflicts: [])
        },
        merge: @escaping @Sendable ([Located<Record>], _ batch: Int64, PostgresConnection) async throws -> MergeCounts
    ) {
        self.dataset = dataset
        self.kind = kind
        self.key = key
        self.columns = columns
        self.kept = kept
        self.keyColumns = keyColumns
        self.repetition = repetition
        self.read = read
        self.settle = settle
        self.merge = merge
    }
}
