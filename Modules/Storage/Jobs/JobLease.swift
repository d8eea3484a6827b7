/// The right to work on a job for a while.
///
/// The fence is what counts: it rises with every claim, and whoever writes a
/// result shows it in the same transaction. A worker that was too slow, or
/// that came back from the dead, finds a higher fence and writes nothing.
/// Source: M. Kleppmann, "How to do distributed locking", 2016 (fencing tokens).
public struct JobLease: Sendable, Hashable {
    /// The job's number.
    public let id: Int64
    /// What kind of work it is.
    public let kind: String
    /// The job's data: a JSON document as UTF-8.
    public let payload: [UInt8]
    /// How often it was begun, this time included.
    public let attempt: Int
    /// The fencing token.
    public let fence: Int64
    /// Whether somebody wants it to end: then it is not to be worked on.
    public let isCancelRequested: Bool
    /// What the last attempt failed with.
    public let lastError: String?
    /// The `traceparent` of the work that put the job in; `nil` for jobs of schedules.
    public let trace: String?

    /// Whether the last attempt ended because its worker fell silent, and not by an error of the work.
    public var wasTakenOver: Bool { lastError?.hasPrefix("the lease of ") == true }
}

/// What a use of the queue can fail with.
public enum JobError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The lease is over: another worker has the job, or it has ended. The caller's transaction must not commit.
    case fencedOff(id: Int64, fence: Int64)

    /// What is wrong, for the log.
    public var description: String {
        switch self {
        case .fencedOff(let id, let fence): "job \(id) is no longer held with fence \(fence)"
        }
    }
}
