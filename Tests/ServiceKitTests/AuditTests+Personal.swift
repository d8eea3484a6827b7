import AuditTrail
import DomainModel
import PostgresClient
import ServiceKit
import Storage
import Synchronization
import TestSupport
import Testing

/// Personal data in the trail.
extension AuditTests {
    @Test("reading personal data is recorded before it is shown, with fields and purpose")
    func personalRead() async throws {
        try await withAuditedPlatform { platform in
            let activity = Activity(principal: Principal(id: "user:li.wei"), id: "request-9")
            let phone = try await platform.audit(
                read: AuditedRead(of: "person", ["7"], fields: ["phone", "email"], purpose: "award ceremony"),
                as: activity
            ) { connection in try await connection.queryOne("SELECT '13800000000'")?.decode(String.self) }
            #expect(phone == "13800000000")
            let page = try await platform.database.withConnection { connection in
                try await AuditStore(connection).list(AuditStore.Filter(), after: nil, limit: 10)
            }
            let event = try #require(page.items.first?.event)
            #expect(event.action == "person.read")
            #expect(event.subject == AuditSubject("person", "7"))
            #expect(event.reason == "award ceremony")
            #expect(event.details == ["fields": ["email", "phone"]])
            await #expect(throws: AuditError.purposeMissing(activity: "request-9")) {
                try await platform.audit(
                    read: AuditedRead(of: "person", ["7"], fields: ["phone"], purpose: " "),
                    as: activity
                ) { _ in }
            }
        }
    }

    @Test("a personal value stands in the trail as a keyed hash; without a key the write fails")
    func personalValue() async throws {
        let activity = Activity(principal: Principal(id: "user:li.wei"), id: "request-1")
        let entry = AuditEntry("person.create", of: "7", details: ["phone": .personal("13800000000")])
        try await withAuditedPlatform { platform in
            try await platform.write(activity) { $0.record(entry) }
            let text = try await platform.database.queryOne("SELECT details::text FROM audit.event")?.decode(
                String.self
            )
            let details = try CanonicalValue(json: try #require(text))
            let hidden = try #require(platform.auditKey?.hide("13800000000", of: "phone"))
            #expect(details["phone"]?["hmac_sha256"]?.text == hidden.description)
            #expect(text?.contains("13800000000") == false)
        }
        try await withAuditedPlatform(key: nil) { platform in
            await #expect(throws: AuditError.keyMissing(field: "phone")) {
                try await platform.write(activity) { $0.record(entry) }
            }
            let report = try await platform.verifyTrail()
            #expect(report.events == 0)
        }
    }

    @Test(
        "the tables take no change, not even of their owner",
        arguments: [
            "UPDATE audit.event SET principal = 'user:x'", "DELETE FROM audit.event", "TRUNCATE audit.event",
            "TRUNCATE audit.event_0", "DELETE FROM audit.head", "TRUNCATE audit.head",
            "UPDATE audit.head SET sequence = sequence + 1", "UPDATE audit.head SET sequence = 0",
            "DELETE FROM audit.checkpoint", "UPDATE audit.checkpoint SET content = '{}'", "TRUNCATE audit.checkpoint",
        ]
    )
    func appendOnly(_ statement: String) async throws {
        try await withAuditedPlatform { platform in
            let key = try #require(platform.auditKey)
            try await platform.put("one")
            try await platform.database.withTransaction { connection in
                _ = try await CheckpointStore(connection).create(signedWith: key)
            }
            await #expect(throws: PostgresError.self) {
                try await platform.database.execute("\(unescaped: statement)")
            }
            #expect(try await platform.verifyTrail().isIntact)
        }
    }
}
