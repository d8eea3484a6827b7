public import DomainModel
public import ServiceKit

/// Loads one submitted file: reads, checks, stages, merges and counts.
///
/// Everything happens in the caller's transaction, up to the receipt. The caller commits, or rolls back because it is a
/// rehearsal or the file is refused: so a rehearsal is the load itself.
public protocol FileLoad: Sendable {
    /// Runs the load.
    ///
    /// - Parameters:
    ///   - work: The write whose transaction it runs in.
    ///   - batch: The batch that brings the rows; `nil` for a rehearsal, which has none.
    /// - Returns: What was found.
    /// - Throws: `PostgresError`; a unique violation, a serialization failure or ``LoadOvertaken`` when another writer was
    ///   faster, in which case the whole transaction is to be tried again.
    func run(in work: UnitOfWork, batch: Int64?) async throws -> LoadResult
}

/// What came of a load.
public struct LoadResult {
    /// The receipt.
    public let receipt: Receipt
    /// Its digest.
    public let digest: String
    /// The regions of its rows, by row number; without those of rows with faults.
    public let regions: [Int32]?
    /// All conflicts in the order of the file.
    public let conflicts: ConflictLog
    /// The recording that rows of the registry were written by, which gets its instant last.
    public let recording: Int64?

    /// Makes a result of its parts; the digest comes from the receipt.
    public init(
        _ receipt: Receipt,
        regions: [Int32]?,
        conflicts: ConflictLog,
        recording: Int64? = nil
    ) throws {
        self.receipt = receipt
        digest = try ReceiptBuilder.digest(of: receipt)
        self.regions = regions
        self.conflicts = conflicts
        self.recording = recording
    }
}
