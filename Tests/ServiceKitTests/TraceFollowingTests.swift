import DomainModel
import Foundation
import PostgresClient
import Storage
import Synchronization
import TestSupport
import Testing

@testable import ServiceKit

/// W3C Trace Context; CloudEvents, "Distributed Tracing Extension".
@Suite("Traces of work that is put off", .timeLimit(.minutes(5)))
struct TraceFollowingTests {
    private struct Note: Codable, Sendable { var n = 1 }

    private struct Event: Decodable, Sendable {
        var type: String
        var traceparent: String?
    }

    /// The traces that jobs belonged to.
    private final class Worked: Sendable {
        let traces = Mutex<[String]>([])
    }

    private static func plugin(_ worked: Worked) -> SketchPlugin {
        SketchPlugin(
            routes: { api, platform in
                api.post("/v1/notes", summary: "", permission: .public, accepts: ["text/plain"]) { request in
                    try await platform.write(request.activity) { work in
                        work.record(AuditEntry("note.create", of: "1"))
                        try await platform.jobs.enqueue("sketch.note", Note(), on: work.connection)
                        try await work.publish("ceyuan.note.made", subject: "/n/1", Note())
                    }
                    platform.jobs.ring()
                    return .text("taken")
                }
            },
            handlers: { platform in
                [
                    JobHandler("sketch.note") { job in
                        worked.traces.withLock { $0.append(job.trace.traceID) }
                        try await platform.write(job.activity) { work in
                            work.record(AuditEntry("note.work", of: "1"))
                            try await work.publish("ceyuan.note.worked", subject: "/n/1", Note())
                            try await job.complete(on: work.connection)
                        }
                    }
                ]
            }
        )
    }

    private static func events(_ pool: PostgresPool, count: Int) async throws -> [Event] {
        var question = EventFeed.Question()
        (question.wait, question.limit) = (.seconds(60), 100)
        var events: [Event] = []
        while events.count < count {
            let part = try await EventFeed(pool).read(question)
            events += try part.documents.map { try JSONDecoder().decode(Event.self, from: Data($0.utf8)) }
            question.after = part.next
        }
        return events
    }

    /// The parts of a `traceparent`: the trace, and who of it.
    private static func parts(_ traceparent: String?) throws -> (trace: String, span: String) {
        let parts = try #require(traceparent).split(separator: "-").map(String.init)
        try #require(parts.count == 4 && parts[0] == "00" && parts[3] == "01", "\(parts)")
        return (parts[1], parts[2])
    }

    @Test("a caller's trace goes on in the job, in the events of both, and in what subscribers are sent")
    func follow() async throws {
        let (trace, caller) = ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7")
        let jobs = Worked()
        try await withTestDatabase(connections: 20) { pool in
            let world = try WebhookTests.World(pool)
            let receiver = Receiver()
            try await receiver.run { port in
                let origin = "http://127.0.0.1:\(port)"
                let (id, _) = try await world.subscribe("\(origin)/in")
                try await withLiveHost(Self.plugin(jobs), database: pool) { address in
                    let header = ["-H", "traceparent: 00-\(trace)-\(caller)-01", "-H", "Content-Type: text/plain"]
                    #expect(try await Curl.run(["-sS", "--data", "x"] + header, "\(address)/v1/notes") == "taken")
                    let events = try await Self.events(pool, count: 2)
                    #expect(events.map(\.type) == ["ceyuan.note.made", "ceyuan.note.worked"])
                    let made = try Self.parts(events[0].traceparent)
                    let worked = try Self.parts(events[1].traceparent)
                    #expect(made.trace == trace && worked.trace == trace)
                    #expect(Set([caller, made.span, worked.span]).count == 3)
                    #expect(jobs.traces.withLock { $0 } == [trace])
                    try await world.run([try world.courier(allowing: [origin])]) {
                        let state = try await world.find(id)
                        return state.position == 2 && state.pending == 0
                    }
                    #expect(receiver.received.count == 2)
                    for message in receiver.received {
                        let sent = try Self.parts(message["traceparent"])
                        let event = try JSONDecoder().decode(Event.self, from: Data(message.body.utf8))
                        #expect(try sent.trace == trace && sent.span != Self.parts(event.traceparent).span)
                    }
                    // Over the same connections, of work that belongs to no trace.
                    try await world.publish(1)
                    #expect(try await Self.events(pool, count: 3)[2].traceparent == nil)
                }
            }
        }
    }
}
