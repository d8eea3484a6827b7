public import DomainModel
public import ServiceKit
public import Tabular

/// What is known of a file that is to be loaded.
public struct LoadOrder: Sendable {
    /// The dataset that it was submitted to.
    public let dataset: String
    /// Where the file stands.
    public let path: String
    /// SHA-256 of its bytes.
    public let sha256: String
    /// Its size in bytes.
    public let bytes: Int64
    /// How it is written.
    public let format: TabularFormat
    /// All rows or good rows.
    public let mode: Batch.Mode
    /// In whose name, as entitled now.
    public let submitter: Principal
    /// Is told now and then how many rows have been read.
    public let progress: @Sendable (Int64) async throws -> Void

    /// Makes the load of a file.
    ///
    /// - Throws: `JobFailure` when there can be none, such as for a dataset that is gone.
    public typealias Maker = @Sendable (LoadOrder) async throws -> any FileLoad
}
