/// A request that waits to be sent, and how often it was sent already.
struct WaitingRead: Sendable {
    let request: ReadRequest
    var attempts = 0

    /// The most times a request is sent.
    static let largestAttempts = 3
}

/// A request on its way: sent, its results not all read.
struct ReadFlight {
    /// Nil for what the pipeline sends for itself.
    let read: WaitingRead?
    let serial: UInt64
    /// Which state of the statement cache it was sent under.
    let generation: Int
    /// How many commands were sent for it before its sync, and how many of them are through.
    var commandCount = 0
    var doneCount = 0
    /// Statements whose preparing is not confirmed yet, in their order.
    var unprepared: [StatementCache.Key] = []
    var result: ResultStorage?
    var failure: PostgresError?
    /// True when its task was cancelled.
    var isAbandoned = false
}
