public import PostgresClient
import Storage

/// Reads the feed of events for programs that remember how far they have come.
public struct EventFeed: Sendable {
    /// What of the feed is asked for.
    public struct Question: Sendable {
        /// Only events after this position; 0 is the beginning.
        public var after: Int64 = 0
        /// Only events of these types; `ceyuan.batch.*` stands for all that begin so.
        public var types: [String] = []
        /// Only events of this subject.
        public var subject: String?
        /// At most so many.
        public var limit = 100
        /// How long to wait for the first.
        public var wait: Duration = .zero

        /// Asks for the first hundred events.
        public init() {}
    }

    /// A part of the feed.
    public struct Part: Sendable {
        /// The events as JSON documents, in the order of the feed.
        public let documents: [String]
        /// The position up to which everything was looked at: ask after it the next time.
        public let next: Int64
    }

    private let database: PostgresPool

    /// Reads from a database.
    public init(_ database: PostgresPool) { self.database = database }

    /// The answer to a question; waits for an event if the question says so.
    ///
    /// - Throws: ``Problem`` `EVENTS_GONE` when events after the position are no longer kept; `PostgresError`.
    public func read(_ question: Question) async throws -> Part {
        let end = ContinuousClock.now + question.wait
        var after = question.after
        while true {
            let part = try await look(question, after: after)
            if !part.documents.isEmpty || ContinuousClock.now >= end { return part }
            after = part.next
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    private func look(_ question: Question, after: Int64) async throws -> Part {
        // Whoever asks sees what was committed before: its own writes in particular.
        _ = try await database.withTransaction { try await OutboxStore($0).place() }
        return try await database.withConnection { connection in
            let store = OutboxStore(connection)
            let newest = try await store.newest()
            if after < newest {
                let oldest = try await store.oldest()
                if after + 1 < oldest { throw Problem.eventsGone(after: after, oldest: oldest) }
            }
            let events = try await store.events(
                after: after,
                upTo: newest,
                types: question.types,
                subject: question.subject,
                limit: question.limit
            )
            let isWhole = events.count < question.limit
            let next = isWhole ? max(after, newest) : events.last?.position ?? after
            return Part(documents: events.map(\.document), next: next)
        }
    }
}
