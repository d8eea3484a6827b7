import CLibPQ

/// One request to the server until its last result is read. Lives inside the actor.
final class Exchange {
    /// What the rows of the request are for.
    enum Purpose {
        /// Results are collected whole.
        case results
        /// Rows are collected one by one up to a window, and fetched by ``PostgresRowSequence``.
        case stream
        /// Everything that still comes is thrown away.
        case discard
    }

    /// The part of the COPY protocol that the server has entered.
    enum Copy {
        case into
        case outOf
    }

    /// What may have happened at the server when the connection is lost before the end.
    enum Effect {
        /// Nothing that lasts: the session goes with the connection.
        case none
        /// What the statement does, unless a transaction around it is rolled back with the connection.
        case ofStatement
        /// A transaction may have been committed.
        case ofTransaction
    }

    let id: UInt64
    let query: String
    var purpose: Purpose
    var effect: Effect
    /// Whether the request began inside a transaction block, where a cancel would abort the whole transaction.
    let isInTransaction: Bool
    var results: [ResultStorage] = []
    var rows: [PostgresRow] = []
    var copy: Copy?
    var failure: PostgresError?
    /// True when libpq has said that no result is left.
    var isDrained = false
    /// True once a cancel was asked for; a second one would be of no use.
    var cancelRequested = false
    /// True until `PQcancel` has returned. The exchange is not over before: a late cancel hits the next statement.
    var isCancelling = false
    /// How many times `PQcancel` was called; one after the other.
    var cancelCount = 0
    /// Resumed when ``isOver``, when a COPY begins, when rows or COPY data can be had, or when all was sent.
    var waiter: CheckedContinuation<Void, Never>?
    var wakes: Wake = .over
    /// Counts the times that the socket had something for us.
    var arrivals = 0
    /// When the socket last moved, or a task began to wait for it.
    var lastSign = ContinuousClock.now

    enum Wake {
        case over
        case rows
        case copyData
        case flushed
    }

    init(id: UInt64, query: String, purpose: Purpose, effect: Effect, isInTransaction: Bool) {
        self.id = id
        self.query = query
        self.purpose = purpose
        self.effect = effect
        self.isInTransaction = isInTransaction
    }

    var isOver: Bool { isDrained && !isCancelling }

    /// True when it cannot be said, should the connection be lost now, whether the request took effect.
    var wouldLossLeaveDoubt: Bool {
        switch effect {
        case .none: false
        case .ofStatement: !isInTransaction || PostgresQuery.mayEndTransaction(query)
        case .ofTransaction: true
        }
    }

    func suspend(_ continuation: CheckedContinuation<Void, Never>, unless isDone: Bool) {
        if isDone {
            continuation.resume()
        } else {
            waiter = continuation
        }
    }

    func wake() {
        waiter?.resume()
        waiter = nil
    }
}

extension PostgresQuery {
    /// False only when the statement certainly leaves an open transaction open.
    static func mayEndTransaction(_ sql: String) -> Bool {
        var text = sql[...].drop { $0.isWhitespace }
        while text.hasPrefix("/*"), let end = text.firstRange(of: "*/") {
            text = text[end.upperBound...].drop { $0.isWhitespace }
        }
        let word = text.prefix { $0.isLetter }.uppercased()
        return word.isEmpty || ["COMMIT", "END", "PREPARE"].contains(word)
    }
}
