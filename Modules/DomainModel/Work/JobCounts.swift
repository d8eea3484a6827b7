/// How many jobs of a kind wait, run, or are given up.
public struct JobCounts: Codable, Sendable, Hashable {
    /// The kind.
    public let kind: String
    /// Jobs that may begin.
    public let waiting: Int
    /// Jobs that wait for their time or for the next attempt.
    public let delayed: Int
    /// Jobs that somebody works on.
    public let running: Int
    /// Jobs that failed too often.
    public let dead: Int
    /// The most often that an open job was begun.
    public let mostAttempts: Int
    /// For how many seconds the oldest job that may begin has been waiting; 0 when there is none.
    public let oldestWait: Double

    /// Makes counts of their parts.
    public init(
        kind: String,
        waiting: Int,
        delayed: Int,
        running: Int,
        dead: Int,
        mostAttempts: Int,
        oldestWait: Double
    ) {
        self.kind = kind
        self.waiting = waiting
        self.delayed = delayed
        self.running = running
        self.dead = dead
        self.mostAttempts = mostAttempts
        self.oldestWait = oldestWait
    }
}
