/// A job as people see it: what it is, how it stands, and how far it has come.
public struct JobRecord: Codable, Sendable, Hashable {
    /// How a job stands.
    public enum State: String, Codable, Sendable, CaseIterable {
        /// It waits for its time: for a later hour, or for the next attempt.
        case delayed
        /// It may begin.
        case waiting
        /// Somebody works on it.
        case running
        /// It failed too often, or in a way that no attempt mends; it waits for a person.
        case dead
        /// It is done.
        case done
        /// Somebody ended it.
        case cancelled
    }

    /// The job's number.
    public let id: Int64
    /// What kind of work it is, with the plugin's name in front.
    public let kind: String
    /// How it stands.
    public let state: State
    /// The job's data: a JSON document.
    public let payload: String
    /// At most one open job of the kind has this key.
    public let uniqueKey: String?
    /// Higher goes first.
    public let priority: Int
    /// How often it was begun.
    public let attempt: Int
    /// Who works on it.
    public let owner: String?
    /// Whether somebody wants it to end.
    public let isCancelRequested: Bool
    /// What the last attempt failed with.
    public let lastError: String?
    /// How much is done, in the unit of the work.
    public let progressDone: Int64?
    /// How much there is to do, if that is known.
    public let progressTotal: Int64?
    /// What is being done.
    public let progressNote: String?
    /// When it was put into the queue.
    public let createdAt: Instant
    /// When it may begin, or could.
    public let runAt: Instant?
    /// When it was begun the last time.
    public let startedAt: Instant?
    /// When it ended.
    public let finishedAt: Instant?

    /// Makes a record of its parts.
    public init(
        id: Int64,
        kind: String,
        state: State,
        payload: String,
        uniqueKey: String?,
        priority: Int,
        attempt: Int,
        owner: String?,
        isCancelRequested: Bool,
        lastError: String?,
        progress: (done: Int64?, total: Int64?, note: String?),
        createdAt: Instant,
        runAt: Instant?,
        startedAt: Instant?,
        finishedAt: Instant?
    ) {
        self.id = id
        self.kind = kind
        self.state = state
        self.payload = payload
        self.uniqueKey = uniqueKey
        self.priority = priority
        self.attempt = attempt
        self.owner = owner
        self.isCancelRequested = isCancelRequested
        self.lastError = lastError
        self.progressDone = progress.done
        self.progressTotal = progress.total
        self.progressNote = progress.note
        self.createdAt = createdAt
        self.runAt = runAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }
}
