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
}

/// How many jobs of a kind wait, run, or are given up.
public struct JobCounts: Sendable, Hashable {
    /// The kind.
    public let kind: String
    /// Jobs to be begun, also those that wait for their time.
    public let waiting: Int
    /// Jobs that somebody works on.
    public let running: Int
    /// Jobs that failed too often.
    public let dead: Int
    /// For how many seconds the oldest job that may begin has been waiting; 0 when there is none.
    public let oldestWait: Double
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
