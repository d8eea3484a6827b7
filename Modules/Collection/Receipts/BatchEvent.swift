public import DomainModel
public import ServiceKit

/// What subscribers are told of a batch that has come to its end. See docs/events.md.
struct BatchEvent: Codable, Sendable {
    let batch: Int64
    let dataset: String
    let receipt: String
    let rows: Int64
    let created: Int64
    let revised: Int64
    let unchanged: Int64
    let rejected: Int64
}

extension UnitOfWork {
    /// Publishes that a batch was committed or refused.
    ///
    /// - Parameters:
    ///   - batch: The batch's number.
    ///   - receipt: What came of it.
    ///   - digest: The receipt's digest.
    ///   - isRefused: Whether nothing was loaded.
    /// - Throws: `PostgresError`.
    public func publish(batch: Int64, _ receipt: Receipt, digest: String, isRefused: Bool) async throws {
        try await publish(
            isRefused ? "ceyuan.batch.refused" : "ceyuan.batch.committed",
            subject: "/v1/batches/\(batch)",
            BatchEvent(
                batch: batch,
                dataset: receipt.dataset,
                receipt: digest,
                rows: Int64(receipt.rows),
                created: Int64(receipt.created),
                revised: Int64(receipt.revised),
                unchanged: Int64(receipt.unchanged),
                rejected: Int64(receipt.rejected)
            )
        )
    }
}
