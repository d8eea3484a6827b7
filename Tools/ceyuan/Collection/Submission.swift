import ArgumentParser
import DomainModel
import PlatformClient

/// Sends a file whose rows are loaded as a batch, and waits for the receipt.
struct Submission {
    /// The service that takes it.
    let service: Session.Service
    /// The path that it is sent to.
    let path: String
    /// What the path must be told beside what every submission tells.
    let target: Query
    /// Everything else.
    let options: Choices

    /// What may be chosen for every submission.
    struct Choices {
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
    }

    /// Sends a file of observations to a dataset.
    init(dataset: String, _ options: Choices = Choices()) {
        self.init(.ingest, "/v1/batches", ["dataset": dataset], options)
    }

    /// Sends a file to a path of a service.
    init(_ service: Session.Service, _ path: String, _ target: Query, _ options: Choices) {
        self.service = service
        self.path = path
        self.target = target
        self.options = options
    }

    /// Sends the file and prints the batch.
    ///
    /// - Throws: `ExitCode` as ``Batch/exitStatus`` says; what the client throws.
    func send(_ input: InputFile, in session: Session) async throws {
        let batch = try await batch(of: input, in: session)
        try session.console.show(batch: batch)
        if let status = batch.value.exitStatus { throw ExitCode(status) }
    }

    /// Sends the file; returns what became of it, or of what of it is known when nobody waits.
    ///
    /// - Throws: What the client throws.
    func batch(of input: InputFile, in session: Session) async throws -> Answer<Batch> {
        let console = session.console
        let progress = Progress(console)
        defer { progress.clear() }
        var query = target
        query.append("filename", input.name)
        query.append("mode", options.mode?.rawValue)
        query.append("rehearse", options.isRehearsal ? "true" : nil)
        query.append("expect", options.expected)
        query.append("reevaluate", options.isReevaluation ? "true" : nil)
        var batch = try await session.client(of: service).upload(
            path,
            query: query,
            file: input.path,
            contentType: input.mediaType,
            progress: { progress.show(sent: $0, of: $1) },
            as: Answer<Batch>.self
        ).body
        let client = try session.client(of: .ingest)
        while options.waits, !batch.value.state.isFinal {
            let rows = grouped(batch.value.rowsRead)
            progress.show(console("批次 \(batch.value.id)：已读 \(rows) 行", "Batch \(batch.value.id): \(rows) rows read"))
            // The service answers as soon as the batch is done, or after a while so that progress can be shown.
            let wait = console.errorIsTerminal ? "1" : "20"
            batch = try await client.get("/v1/batches/\(batch.value.id)", query: ["wait": wait])
        }
        return batch
    }
}
