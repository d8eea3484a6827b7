import DomainModel
import FoundationEssentials
import HTTPTypes
import Hummingbird
import PostgresClient
import Storage
import Synchronization
import TestSupport
import Testing

@testable import ServiceKit

@Suite("Webhooks", .timeLimit(.minutes(5)))
struct WebhookTests {
    /// A platform with a courier that does not wait for long.
    struct World: Sendable {
        let pool: PostgresPool
        let platform: Platform
        let vault: WebhookVault
        var rules: WebhookRules
        /// What names lead to; changing it is rebinding.
        let addresses = Addresses()

        final class Addresses: Sendable {
            let list = Mutex<[String]>(["127.0.0.1"])
        }

        init(_ pool: PostgresPool) throws {
            self.pool = pool
            platform = Platform(database: pool, directories: PlatformDirectories(data: "/x", spool: "/x"))
            let key = FileManager.default.temporaryDirectory.appending(path: "ceyuan-key-\(UUID().uuidString)").path
            vault = try WebhookVault(keyFile: key)
            try FileManager.default.removeItem(atPath: key)
            rules = WebhookRules()
            rules.backoff = JobBackoff(base: .milliseconds(2), limit: .milliseconds(10))
            rules.interval = .milliseconds(10)
            rules.timeout = .seconds(20)
        }

        func courier(allowing origins: [String]) throws -> WebhookCourier {
            let resolver = AddressResolver { [addresses] _ in
                addresses.list.withLock { $0 }.compactMap { IPAddress($0) }
            }
            let policy = try WebhookPolicy(allowing: origins, resolver: resolver)
            var sender = WebhookSender(policy: policy, vault: vault, clock: .system)
            sender.timeout = rules.timeout
            return WebhookCourier(in: platform, sender: sender, rules: rules)
        }

        /// Subscribes; gives the number and the secret.
        func subscribe(_ url: String, types: [String] = ["*"]) async throws -> (id: Int64, key: [UInt8]) {
            let key = WebhookSignature.newKey()
            let id = try await pool.withConnection { [vault] in
                try await WebhookStore($0).create(url: url, description: "", types: types, secret: vault.seal(key))
            }
            return (id, key)
        }

        func publish(_ n: Int, subject: String = "/a", type: String = "ceyuan.note.made") async throws {
            try await platform.write(Activity(principal: .service("test"), id: "test")) { work in
                work.record(AuditEntry("note.create", of: "\(n)"))
                try await work.publish(type, subject: subject, ["n": n])
            }
            _ = try await pool.withTransaction { try await OutboxStore($0).place() }
        }

        func find(_ id: Int64) async throws -> WebhookSubscription {
            try #require(try await pool.withConnection { try await WebhookStore($0).find(id) })
        }

        func attempts(_ id: Int64) async throws -> [WebhookAttempt] {
            try await pool.withConnection {
                try await WebhookStore($0).attempts(of: id, outcome: nil, before: nil, limit: 1_000)
            }
        }

        /// Runs couriers until the condition holds.
        func run(_ couriers: [WebhookCourier], until condition: @Sendable () async throws -> Bool) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for courier in couriers { group.addTask { await courier.run() } }
                while !(try await condition()) { try await Task.sleep(for: .milliseconds(5)) }
                group.cancelAll()
            }
        }
    }

    /// The numbers that were published, of what arrived.
    static func numbers(_ messages: [Receiver.Message], subject: String? = nil) throws -> [Int] {
        struct Event: Decodable {
            var subject: String
            var data: [String: Int]
        }
        return try messages.map { try JSONDecoder().decode(Event.self, from: Data($0.body.utf8)) }
            .filter { subject == nil || $0.subject == subject }
            .compactMap { $0.data["n"] }
    }

    @Test("events arrive signed, once each, those of a subject in order although some are refused at first")
    func order() async throws {
        try await withTestDatabase(connections: 20) { pool in
            let world = try World(pool)
            let refused = Mutex<Set<String>>([])
            let receiver = Receiver { message, count in
                // Every third message is refused the first time it comes.
                guard count % 3 == 0, let id = message["webhook-id"] else { return Response(status: .noContent) }
                let isNew = refused.withLock { $0.insert(id).inserted }
                return Response(status: isNew ? .badGateway : .ok)
            }
            try await receiver.run { port in
                // The name exists nowhere: the connection goes where the resolver said, and nowhere else.
                let origin = "http://hooks.invalid:\(port)"
                let (id, key) = try await world.subscribe("\(origin)/in", types: ["ceyuan.note.*"])
                for n in 0..<60 { try await world.publish(n, subject: "/\(n % 5)") }
                try await world.publish(99, type: "ceyuan.other.made")
                let couriers = [try world.courier(allowing: [origin]), try world.courier(allowing: [origin])]
                try await world.run(couriers) {
                    let state = try await world.find(id)
                    return state.position == 61 && state.pending == 0
                }
                let taken = receiver.received.filter { message in
                    refused.withLock { !$0.contains(message["webhook-id"] ?? "") }
                        || receiver.received.last { $0["webhook-id"] == message["webhook-id"] }?.body == message.body
                }
                #expect(Set(try Self.numbers(taken)) == Set(0..<60))
                for subject in 0..<5 {
                    // Repetitions aside, the order is that of the subject.
                    var seen: [Int] = []
                    for n in try Self.numbers(receiver.received, subject: "/\(subject)") where seen.last != n {
                        seen.append(n)
                    }
                    #expect(seen == (0..<60).filter { $0 % 5 == subject })
                }
                let message = try #require(receiver.received.first)
                #expect(message["host"] == "hooks.invalid:\(port)" || message["host"] == nil)
                #expect(message["content-type"] == "application/cloudevents+json; charset=utf-8")
                let seconds = try #require(message["webhook-timestamp"].flatMap { Int64($0) })
                let signed = WebhookSignature(keys: [key]).headers(
                    id: try #require(message["webhook-id"]),
                    seconds: seconds,
                    body: Array(message.body.utf8)
                )
                #expect(message["webhook-signature"] == signed[2].value)
                let log = try await world.attempts(id)
                #expect(log.filter { $0.outcome == .delivered }.count == 60)
                #expect(log.contains { $0.outcome == .failed && $0.status == 502 })
            }
        }
    }

    @Test("a dead letter holds back its subject and no other; replayed, all come in order; skipped, the rest comes")
    func deadLetter() async throws {
        try await withTestDatabase { pool in
            var world = try World(pool)
            world.rules.maximumAttempts = 3
            let isMended = Mutex(false)
            let receiver = Receiver { message, _ in
                let isPoison = message.body.contains(#""n": 1}"#) && message.body.contains(#""/a""#)
                return Response(status: isPoison && !isMended.withLock { $0 } ? .unprocessableContent : .ok)
            }
            try await receiver.run { [world] port in
                let origin = "http://127.0.0.1:\(port)"
                let (id, _) = try await world.subscribe(origin)
                for n in 0..<4 {
                    try await world.publish(n, subject: "/a")
                    try await world.publish(n, subject: "/b")
                }
                let courier = try world.courier(allowing: [origin])
                try await world.run([courier]) {
                    let state = try await world.find(id)
                    return state.dead == 1 && state.pending == 2
                }
                #expect(try Self.numbers(receiver.received, subject: "/a") == [0, 1, 1, 1])
                #expect(try Self.numbers(receiver.received, subject: "/b") == [0, 1, 2, 3])
                isMended.withLock { $0 = true }
                let replayed = try await pool.withTransaction { try await WebhookStore($0).replay(id, position: nil) }
                #expect(replayed == 1)
                try await world.run([courier]) { try await world.find(id).pending == 0 }
                #expect(try Self.numbers(receiver.received, subject: "/a") == [0, 1, 1, 1, 1, 2, 3])
                // The same again, let go this time.
                isMended.withLock { $0 = false }
                for n in 1..<3 { try await world.publish(n, subject: "/a") }
                try await world.run([courier]) { try await world.find(id).dead == 1 }
                let position = try #require(try await world.attempts(id).first { $0.outcome == .dead }?.position)
                let isSkipped = try await pool.withTransaction {
                    try await WebhookStore($0).skip(id, position: position)
                }
                #expect(isSkipped)
                try await world.run([courier]) { try await world.find(id).pending == 0 }
                #expect(try Self.numbers(receiver.received, subject: "/a").last == 2)
                #expect(try await world.find(id).dead == 0)
            }
        }
    }

    @Test("a redirect is not followed, however good its target looks")
    func redirect() async throws {
        try await withTestDatabase { pool in
            let world = try World(pool)
            let inner = Receiver()
            try await inner.run { secretPort in
                let outer = Receiver { _, _ in
                    Response(status: .temporaryRedirect, headers: [.location: "http://127.0.0.1:\(secretPort)/secret"])
                }
                try await outer.run { port in
                    let origin = "http://127.0.0.1:\(port)"
                    let (id, _) = try await world.subscribe(origin)
                    try await world.publish(1)
                    try await world.run([try world.courier(allowing: [origin])]) {
                        try await world.attempts(id).count >= 2
                    }
                    #expect(inner.received.isEmpty)
                    let log = try await world.attempts(id)
                    #expect(log.allSatisfy { $0.status == 307 && $0.outcome == .failed }, "\(log)")
                }
            }
        }
    }

    @Test("a name that leads inside when the event is sent gets nothing, although it led outside when it was checked")
    func rebinding() async throws {
        try await withTestDatabase { pool in
            let world = try World(pool)
            let courier = try world.courier(allowing: [])
            world.addresses.list.withLock { $0 = ["93.184.215.14"] }
            try await courier.check("https://hooks.example/")
            let (id, _) = try await world.subscribe("https://hooks.example/")
            world.addresses.list.withLock { $0 = ["127.0.0.1"] }
            let problem = await #expect(throws: Problem.self) { try await courier.check("https://hooks.example/") }
            #expect(problem?.code == .webhookAddressRefused)
            try await world.publish(1)
            try await world.run([courier]) { try await !world.attempts(id).isEmpty }
            let attempt = try #require(try await world.attempts(id).first)
            #expect(attempt.status == nil && attempt.error?.contains("not on the public Internet") == true)
        }
    }

    @Test(
        "a receiver that says nothing, nonsense or too much is tried again later",
        arguments: [
            nil, "\u{0}\u{1}garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
            "HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + String(repeating: "x", count: 200_000), "",
        ] as [String?]
    )
    func badReceivers(_ answer: String?) async throws {
        try await withTestDatabase { pool in
            var world = try World(pool)
            world.rules.timeout = .milliseconds(300)
            let server = try RawServer(answering: answer)
            defer { server.stop() }
            let origin = "http://127.0.0.1:\(server.port)"
            let (id, _) = try await world.subscribe(origin)
            try await world.publish(1)
            let courier = try world.courier(allowing: [origin])
            try await world.run([courier]) { [world] in try await world.attempts(id).count >= 2 }
            let state = try await world.find(id)
            #expect(state.failures >= 1 && state.failingSince != nil && state.pending == 1)
            #expect(try await world.attempts(id).allSatisfy { $0.outcome == .failed && $0.error != nil })
        }
    }
}
