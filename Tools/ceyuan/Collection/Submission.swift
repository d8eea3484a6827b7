import ArgumentParser
import DomainModel
import PlatformClient

/// Sends a file to a dataset and waits for the receipt.
struct Submission {
    /// The dataset.
    let dataset: String
    /// All rows or none, or the good ones.
    var mode: Batch.Mode?
    /// Everything but writing.
    var isRehearsal = false
    /// The receipt that it must have.
    var expected: String?
    /// Whether a file that was submitted before is loaded again.
    var isReevaluation = false
    /// Whether it waits until the batch is done.
    var waits = true

    /// Sends the file and prints the batch.
    ///
    /// - Throws: `ExitCode` as ``Batch/exitStatus`` says; what the client throws.
    func send(_ input: InputFile, in session: Session) async throws {
        let console = session.console
        let progress = Progress(console)
        defer { progress.clear() }
        let client = try session.client(of: .ingest)
        let query: Query = [
            "dataset": dataset, "filename": input.name, "mode": mode?.rawValue,
            "rehearse": isRehearsal ? "true" : nil, "expect": expected, "reevaluate": isReevaluation ? "true" : nil,
        ]
        var batch = try await client.upload(
            "/v1/batches",
            query: query,
            file: input.path,
            contentType: input.mediaType,
            progress: { progress.show(sent: $0, of: $1) },
            as: Answer<Batch>.self
        ).body
        while waits, !batch.value.state.isFinal {
            let rows = grouped(batch.value.rowsRead)
            progress.show(console("批次 \(batch.value.id)：已读 \(rows) 行", "Batch \(batch.value.id): \(rows) rows read"))
            // The service answers as soon as the batch is done, or after a while so that progress can be shown.
            let wait = console.errorIsTerminal ? "1" : "20"
            batch = try await client.get("/v1/batches/\(batch.value.id)", query: ["wait": wait])
        }
        progress.clear()
        try console.show(batch: batch)
        if let status = batch.value.exitStatus { throw ExitCode(status) }
    }
}
