/// One submission of a file to a dataset (批次).
public struct Batch: Sendable, Hashable, Codable {
    /// What happens to good rows when others are refused.
    public enum Mode: String, Sendable, Codable, CaseIterable {
        /// All rows or none.
        case atomic
        /// Good rows are loaded, bad rows are refused one by one.
        case partial
    }

    /// Where a batch stands.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// The file is kept; the worker has not begun.
        case received
        /// The worker reads it.
        case loading
        /// Loaded. Final.
        case committed
        /// Nothing was loaded; the conflicts say why. Final.
        case refused
        /// A fault of the system, not of the file; nothing was loaded. Final.
        case failed
        /// A trial run: nothing was written. Final.
        case rehearsed

        /// Whether nothing more will happen.
        public var isFinal: Bool { self != .received && self != .loading }
    }

    /// Number of the batch; 0 for a rehearsal, which leaves no trace.
    public let id: Int64
    /// The dataset it was submitted to.
    public let dataset: String
    /// The name the sender gave the file.
    public let fileName: String
    /// SHA-256 of the file's bytes, hexadecimal.
    public let sha256: String
    /// Size of the file in bytes.
    public let bytes: Int64
    /// Media type: `text/csv` or `application/x-ndjson`.
    public let mediaType: String
    /// All rows or good rows.
    public let mode: Mode
    /// Who sent it, as they called themselves.
    public let submitter: String
    /// Where it stands.
    public let state: State
    /// When the file arrived.
    public let receivedAt: Instant
    /// When its values were recorded: the instant from which `asOf` sees them.
    public let recordedAt: Instant?
    /// Rows read so far.
    public let rowsRead: Int64
    /// What came of it. Present in every final state but `failed`.
    public let receipt: Receipt?
    /// SHA-256 of the receipt's canonical JSON, hexadecimal.
    public let receiptDigest: String?
    /// The first conflicts, in the order of the file; the rest under `/conflicts`.
    public let conflicts: [Conflict]
    /// What went wrong, when the state is `failed`, or `refused` for another reason than conflicts.
    public let failure: String?

    /// Makes a batch of its parts.
    public init(
        id: Int64,
        dataset: String,
        fileName: String,
        sha256: String,
        bytes: Int64,
        mediaType: String,
        mode: Mode,
        submitter: String,
        state: State,
        receivedAt: Instant,
        recordedAt: Instant?,
        rowsRead: Int64,
        receipt: Receipt?,
        receiptDigest: String?,
        conflicts: [Conflict],
        failure: String?
    ) {
        self.id = id
        self.dataset = dataset
        self.fileName = fileName
        self.sha256 = sha256
        self.bytes = bytes
        self.mediaType = mediaType
        self.mode = mode
        self.submitter = submitter
        self.state = state
        self.receivedAt = receivedAt
        self.recordedAt = recordedAt
        self.rowsRead = rowsRead
        self.receipt = receipt
        self.receiptDigest = receiptDigest
        self.conflicts = conflicts
        self.failure = failure
    }
}
