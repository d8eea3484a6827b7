/// A request that is answered later, as its sender sees it: how far it has come, and what it came to.
public struct OperationRecord: Codable, Sendable, Hashable {
    /// How an operation stands.
    public enum State: String, Codable, Sendable, CaseIterable {
        /// It was taken, and nobody works on it yet.
        case waiting
        /// Somebody works on it.
        case running
        /// It is done; ``OperationRecord/result`` leads to what came of it.
        case succeeded
        /// It came to a problem.
        case failed
        /// Somebody ended it, and nothing came of it.
        case cancelled

        /// Whether nothing more will happen.
        public var isFinal: Bool { self != .waiting && self != .running }
    }

    /// A problem that an operation came to: what the request would have been answered with. Source: RFC 9457 §3.1.
    public struct Failure: Codable, Sendable, Hashable {
        /// The stable code, such as `NOT_FOUND`.
        public let code: String
        /// The status that the request would have been answered with.
        public let status: Int
        /// What kind of thing went wrong.
        public let title: LocalizedText
        /// What went wrong this time.
        public let detail: LocalizedText
        /// How to mend it.
        public let hint: LocalizedText

        /// Makes a failure of its parts.
        public init(code: String, status: Int, title: LocalizedText, detail: LocalizedText, hint: LocalizedText) {
            self.code = code
            self.status = status
            self.title = title
            self.detail = detail
            self.hint = hint
        }
    }

    /// The operation's number.
    public let id: Int64
    /// What was asked for: path and query of the request.
    public let request: String
    /// Who asked for it.
    public let requestedBy: String
    /// The id of the request, which stands in the log and in the audit trail.
    public let requestId: String
    /// How it stands.
    public let state: State
    /// Whether somebody wants it to end.
    public let isCancelRequested: Bool
    /// How much is done, in the unit of the work.
    public let progressDone: Int64?
    /// How much there is to do, if that is known.
    public let progressTotal: Int64?
    /// What is being done.
    public let progressNote: String?
    /// The status that the request would have been answered with.
    public let status: Int?
    /// Where to find what came of it.
    public let result: String?
    /// The problem that it came to.
    public let problem: Failure?
    /// When it was taken.
    public let createdAt: Instant
    /// When it was begun the last time.
    public let startedAt: Instant?
    /// When it ended.
    public let finishedAt: Instant?

    /// Makes a record of its parts.
    public init(
        id: Int64,
        request: String,
        requestedBy: String,
        requestId: String,
        state: State,
        isCancelRequested: Bool,
        progress: (done: Int64?, total: Int64?, note: String?),
        status: Int?,
        result: String?,
        problem: Failure?,
        createdAt: Instant,
        startedAt: Instant?,
        finishedAt: Instant?
    ) {
        self.id = id
        self.request = request
        self.requestedBy = requestedBy
        self.requestId = requestId
        self.state = state
        self.isCancelRequested = isCancelRequested
        self.progressDone = progress.done
        self.progressTotal = progress.total
        self.progressNote = progress.note
        self.status = status
        self.result = result
        self.problem = problem
        self.createdAt = createdAt
        self.startedAt = startedAt
        self.finishedAt = finishedAt
    }
}
