import FoundationEssentials
public import Logging
public import PostgresClient
public import Storage
import Synchronization

/// What a handler of jobs gets: the job, and the way to end it.
public struct JobContext: Sendable {
    /// The job and the right to work on it.
    public let lease: JobLease
    /// Logs with the job's number and kind, and the trace.
    public let logger: Logger
    /// The trace of what put the job in, or one that begins here.
    let trace: TraceContext
    let completion = Completion()
    private let database: PostgresPool?

    /// Makes a context; a test that runs a handler by hand does so.
    ///
    /// - Parameters:
    ///   - lease: The job.
    ///   - logger: Where the handler logs.
    ///   - database: Where progress is recorded; without one it is not.
    public init(lease: JobLease, logger: Logger, database: PostgresPool? = nil) {
        self.lease = lease
        trace = TraceContext(continuing: lease.trace)
        var logger = logger
        logger[metadataKey: "trace_id"] = .string(trace.traceID)
        self.logger = logger
        self.database = database
    }

    /// The job's data.
    ///
    /// - Throws: ``JobFailure`` when it is not a `Value`: no attempt will mend that.
    public func payload<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(lease.payload))
        } catch {
            throw JobFailure("the payload of job \(lease.id) is no \(type): \(error)")
        }
    }

    /// Records how far the job has come, at once and outside of any transaction of the handler's.
    ///
    /// Call it every second or so; each call is a write.
    ///
    /// - Parameters:
    ///   - done: How much is done, in the unit of the work.
    ///   - total: How much there is to do, if that is known.
    ///   - note: What is being done.
    /// - Throws: ``JobError/fencedOff(id:fence:)`` when another worker has the job; ``PostgresError``.
    public func report(done: Int64?, of total: Int64? = nil, _ note: String? = nil) async throws {
        try await database?.withConnection {
            try await JobStore($0).report(lease, done: done, total: total, note: note)
        }
    }

    /// Ends the job as part of the transaction that holds its effects: the last statement before the commit.
    ///
    /// A handler that returns without it has its job ended afterwards, in a transaction of its own.
    ///
    /// - Throws: ``JobError/fencedOff(id:fence:)`` when another worker has the job meanwhile; let it pass, so that the
    ///   transaction rolls back.
    public func complete(on connection: PostgresConnection) async throws {
        try await JobStore(connection).complete(lease)
        completion.call()
    }

    /// Whether the handler has ended the job itself.
    final class Completion: Sendable {
        private let flag = Atomic(false)

        var isCalled: Bool { flag.load(ordering: .acquiring) }
        func call() { flag.store(true, ordering: .releasing) }
    }
}
