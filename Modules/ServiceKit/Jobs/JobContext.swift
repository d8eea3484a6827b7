import FoundationEssentials
public import Logging
public import PostgresClient
public import Storage
import Synchronization

/// What a handler of jobs gets: the job, and the way to end it.
public struct JobContext: Sendable {
    /// The job and the right to work on it.
    public let lease: JobLease
    /// Logs with the job's number and kind.
    public let logger: Logger
    let completion = Completion()

    /// Makes a context; a test that runs a handler by hand does so.
    public init(lease: JobLease, logger: Logger) {
        self.lease = lease
        self.logger = logger
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

    /// Ends the job as part of the transaction that holds its effects: the last statement before the commit.
    ///
    /// A handler that returns without it has its job ended afterwards, in a transaction of its own.
    ///
    /// - Throws: ``JobError/fencedOff(id:fence:)`` when another worker has the job meanwhile; let it pass, so that the
    ///   transaction rolls back.
    public func complete(on connection: PostgresConnection) async throws {
        try await JobStore(connection).complete(lease)
        completion.isCalled.store(true, ordering: .releasing)
    }

    /// Whether the handler has ended the job itself.
    final class Completion: Sendable {
        let isCalled = Atomic(false)
    }
}
