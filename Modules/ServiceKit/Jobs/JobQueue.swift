public import DomainModel
import NIOCore
public import PostgresClient
import Storage

/// Where a plugin puts work that outlives a request.
///
/// Enqueue in the transaction that makes the work necessary, and ring after it
/// has committed:
///
///     try await platform.write(request.activity) { work in
///         try await batches.create(batch, on: work.connection)
///         try await platform.jobs.enqueue("ingest.load", LoadBatch(id: batch.id), on: work.connection)
///     }
///     platform.jobs.ring()
///
/// Without the ring the job begins at the next poll.
public struct JobQueue: Sendable {
    let bell = JobBell()

    /// Makes a queue; a host makes one, a test another.
    public init() {}

    /// Puts a job into the queue, as part of the transaction on `connection`.
    ///
    /// - Parameters:
    ///   - kind: The kind of job, as its handler says.
    ///   - payload: The job's data, kept as JSON.
    ///   - connection: The connection of the caller's transaction.
    ///   - uniqueKey: At most one waiting or running job of the kind has this key.
    ///   - priority: Higher goes first.
    ///   - runAt: Not before this; `nil` means at once.
    /// - Returns: The job's number, or `nil` when an open job has the key already.
    /// - Throws: ``PostgresError``; `EncodingError` when the payload has no JSON form.
    @discardableResult
    public func enqueue(
        _ kind: String,
        _ payload: some Encodable,
        on connection: PostgresConnection,
        uniqueKey: String? = nil,
        priority: Int = 0,
        runAt: Instant? = nil
    ) async throws -> Int64? {
        let document = try JSON.encode(payload)
        return try await JobStore(connection).enqueue(
            kind: kind,
            payload: Array(document.readableBytesView),
            uniqueKey: uniqueKey,
            priority: priority,
            runAt: runAt
        )
    }

    /// Puts many jobs of a kind into the queue with one statement, as part of the transaction on `connection`.
    ///
    /// - Parameters:
    ///   - kind: The kind of job, as its handler says.
    ///   - payloads: The data of each, in the order in which they are to begin.
    ///   - connection: The connection of the caller's transaction.
    ///   - priority: Higher goes first.
    /// - Throws: ``PostgresError``; `EncodingError` when a payload has no JSON form.
    public func enqueue(
        _ kind: String,
        each payloads: [some Encodable],
        on connection: PostgresConnection,
        priority: Int = 0
    ) async throws {
        let documents = try payloads.map { Array(try JSON.encode($0).readableBytesView) }
        try await JobStore(connection).enqueue(kind: kind, payloads: documents, priority: priority)
    }

    /// Makes the workers of this process look at the queue now.
    public func ring() { bell.ring() }
}

/// Wakes the worker of this process; rings while it works are remembered as one.
final class JobBell: Sendable {
    let rings: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (rings, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func ring() { continuation.yield() }
}
