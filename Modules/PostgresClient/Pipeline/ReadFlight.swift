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
    /// How many commands were sent for it, how many the server has answered, and how many of these are through.
    var commandCount = 0
    var answeredCount = 0
    var doneCount = 0
    /// True when a sync follows it: the transaction ends with it.
    var endsTransaction = false
    /// True when its transaction has other requests too.
    var isInCompany = false
    /// True when the server passed over it, since one before it in the transaction had failed.
    var isPassedOver = false
    /// Statements whose preparing is not confirmed yet, in their order.
    var unprepared: [StatementCache.Key] = []
    var result: ResultStorage?
    var failure: PostgresError?
    /// True when its task was cancelled.
    var isAbandoned = false
}
