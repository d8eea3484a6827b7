import DomainModel
import PlatformClient

/// An event as this program understands it; what it carries is printed as it came.
struct EventRecord: Codable, Sendable {
    let id: String
    let type: String
    let subject: String
    let time: Instant
    let position: String
    let activity: String
}

/// The feed of events, read part by part.
struct EventFeed {
    private struct Part: Codable, Sendable {
        let items: [Answer<EventRecord>]
        let next: String
    }

    private let session: Session
    private let types: [String]
    private let subject: String?
    private var after: Int64

    init(_ session: Session, after: Int64, types: [String], subject: String?) {
        self.session = session
        self.after = after
        self.types = types
        self.subject = subject
    }

    /// The next events; none at the end.
    mutating func next(limit: Int, wait: Int?) async throws -> [Answer<EventRecord>] {
        var query: Query = ["subject": subject]
        query.set("after", String(after))
        query.set("limit", String(limit))
        query.set("wait", wait.map { String($0) })
        for type in types { query.append("type", type) }
        let part: Part = try await session.client(of: .registry).get("/v1/events", query: query)
        after = Int64(part.next) ?? after
        return part.items
    }

    /// Goes to the end of what is there.
    mutating func skipToEnd() async throws {
        struct About: Decodable, Sendable { let newest: Int64 }
        let about: About = try await session.client(of: .registry).get("/v1/events/newest")
        after = about.newest
    }
}
