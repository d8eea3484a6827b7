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

/// Receivers that are gone, couriers that are killed, secrets that are changed.
extension WebhookTests {
    @Test("a receiver that is gone, or fails for too long, gets nothing more, and the feed says so")
    func disabled() async throws {
        try await withTestDatabase { pool in
            var world = try World(pool)
            world.rules.disableAfter = .milliseconds(1)
            let receiver = Receiver { message, _ in
                Response(status: message.path == "/gone" ? .gone : .serviceUnavailable)
            }
            try await receiver.run { [world] port in
                let origin = "http://127.0.0.1:\(port)"
                // Not "*": the event of its own end would come to it as well, before or after the note.
                let (gone, _) = try await world.subscribe("\(origin)/gone", types: ["ceyuan.note.*"])
                let (failing, _) = try await world.subscribe("\(origin)/failing")
                try await world.publish(1)
                let courier = try world.courier(allowing: [origin])
                try await world.run([courier]) {
                    let states = [try await world.find(gone).state, try await world.find(failing).state]
                    return states == [.disabled, .disabled]
                }
                try await world.publish(2)
                let told = try await EventFeed(pool).read(EventFeed.Question()).documents
                #expect(told.filter { $0.contains("ceyuan.webhook.disabled") }.count == 2)
                // Set going again it goes on where it stopped.
                _ = try await pool.withTransaction { try await WebhookStore($0).set(gone, isPaused: false) }
                try await world.run([courier]) { receiver.received.count { $0.path == "/gone" } > 1 }
                #expect(try Self.numbers(receiver.received.filter { $0.path == "/gone" }) == [1, 1])
            }
        }
    }

    @Test("a courier that is killed while it sends is followed by another; nothing is lost")
    func killed() async throws {
        try await withTestDatabase { pool in
            let world = try World(pool)
            let receiver = Receiver()
            try await receiver.run { port in
                let origin = "http://127.0.0.1:\(port)"
                let (id, _) = try await world.subscribe(origin)
                for n in 0..<3 { try await world.publish(n) }
                // What a courier leaves that took an event and was killed.
                let left = try await pool.withTransaction { connection in
                    let store = DeliveryStore(connection)
                    _ = try await store.takeOver()
                    return try await store.claim(limit: 9, each: 4, lease: .milliseconds(300))
                }
                #expect(left.map(\.attempt) == [1])
                let courier = try world.courier(allowing: [origin])
                try await world.run([courier]) { try await world.find(id).pending == 0 }
                #expect(try Self.numbers(receiver.received) == [0, 1, 2])
                // It was only asleep: what it writes now changes nothing.
                let isWritten = try await pool.withTransaction {
                    try await DeliveryStore($0).deliver(left[0], .init(status: 200, milliseconds: 1, error: nil))
                }
                #expect(!isWritten)
            }
        }
    }

    @Test("while a secret is changed both sign, the new one first; then the former one signs no more")
    func rotation() async throws {
        try await withTestDatabase(connections: 20) { pool in
            let world = try World(pool)
            let receiver = Receiver { _, _ in Response(status: .noContent) }
            try await receiver.run { port in
                let origin = "http://hooks.invalid:\(port)"
                let (id, former) = try await world.subscribe("\(origin)/in")
                let key = WebhookSignature.newKey()
                func rotate(overlap: Duration) async throws {
                    let sealed = try world.vault.seal(key)
                    #expect(
                        try await pool.withConnection {
                            try await WebhookStore($0).rotate(id, to: sealed, overlap: overlap)
                        }
                    )
                }
                func signatures(_ n: Int) async throws -> [Substring] {
                    try await world.publish(n)
                    // Until it is written down too: a courier that ends before leaves the event leased.
                    try await world.run([try world.courier(allowing: [origin])]) {
                        guard receiver.received.count == n else { return false }
                        return try await world.find(id).pending == 0
                    }
                    let message = try #require(receiver.received.last)
                    let event = try #require(message["webhook-id"])
                    let seconds = try #require(message["webhook-timestamp"].flatMap { Int64($0) })
                    let expected = WebhookSignature(keys: [key, former])
                        .headers(id: event, seconds: seconds, body: Array(message.body.utf8))[2].value
                        .split(separator: " ")
                    let found = try #require(message["webhook-signature"]).split(separator: " ")
                    #expect(found.allSatisfy(expected.contains))
                    return found.isEmpty ? [] : found.map { $0 == expected[0] ? "new" : "former" }
                }
                #expect(try await signatures(1) == ["former"])
                try await rotate(overlap: .seconds(3_600))
                #expect(try await world.find(id).formerSecretUntil != nil)
                #expect(try await signatures(2) == ["new", "former"])
                // Its time is over.
                try await pool.execute("UPDATE webhooks.subscription SET former_until = now() - interval '1 second'")
                #expect(try await signatures(3) == ["new"])
                #expect(try await world.find(id).formerSecretUntil == nil)
                try await pool.withConnection { try await WebhookStore($0).forgetFormerSecrets() }
                let left = try await pool.queryOne(
                    "SELECT count(*) FROM webhooks.subscription WHERE former_secret IS NOT NULL"
                )
                #expect(try left?.decode(Int64.self) == 0)
            }
        }
    }
}
