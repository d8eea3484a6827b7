import AuditTrail
import DomainModel
import PostgresClient
import ServiceKit
import Storage
import Testing

@Suite("What a superuser changes quietly is found", .serialized, .timeLimit(.minutes(5)))
struct TamperingTests {
    /// Runs a script as a superuser on a trail of ten events with a checkpoint after the first six.
    private static func report(after script: String) async throws -> TrailReport {
        try await withAuditedPlatform { platform in
            let key = try #require(platform.auditKey)
            for index in 1...10 {
                if index == 7 {
                    try await platform.database.withTransaction { connection in
                        let made = try await CheckpointStore(connection).create(signedWith: key)
                        #expect(made.isNew)
                    }
                }
                try await platform.put("t\(index)")
            }
            #expect(try await platform.verifyTrail().isIntact)
            try await platform.tamper(script)
            return try await platform.verifyTrail()
        }
    }

    @Test(
        "any changed column of an event breaks its link",
        arguments: [
            "principal = 'user:x'", "at = at + interval '1 microsecond'", "activity = 'x'", "action = 'thing.x'",
            "subject_kind = 'x'", "subject_key = 'x'", "reason = ''", "before = decode(repeat('00', 32), 'hex')",
            "after = decode(repeat('00', 32), 'hex')", "details = '{\"value\": 2}'", "details = '{\"value\": 1.0}'",
            "occasion = occasion + 1", "hash = decode(repeat('00', 32), 'hex')",
        ]
    )
    func changed(_ change: String) async throws {
        let report = try await Self.report(after: "UPDATE audit.event SET \(change) WHERE chain = 0 AND sequence = 4")
        let fault = try #require(report.faults.first)
        #expect(fault.kind == .brokenLink)
        #expect(fault.chain == 0)
        #expect(fault.sequence == 4)
        #expect(fault.expected != fault.found)
        #expect(fault.at != nil)
    }

    @Test("a removed event, a removed tail, and a tail removed with its head and its checkpoint")
    func removed() async throws {
        let one = try await Self.report(after: "DELETE FROM audit.event WHERE chain = 0 AND sequence = 4")
        #expect(one.faults.map(\.kind) == [.missing])
        #expect(one.faults.first?.sequence == 4)
        let tail = try await Self.report(after: "DELETE FROM audit.event WHERE sequence > 8")
        #expect(tail.faults.map(\.kind) == [.truncated])
        let signedTail = try await Self.report(
            after: """
                DELETE FROM audit.event WHERE sequence > 5;
                UPDATE audit.head SET sequence = 5, hash = (SELECT hash FROM audit.event WHERE chain = 0 AND sequence = 5)
                WHERE chain = 0
                """
        )
        #expect(signedTail.faults.map(\.kind) == [.truncated])
        #expect(signedTail.faults.first?.sequence == 6)
    }

    @Test("an event moved to another chain, and one put in without a head")
    func added() async throws {
        let moved = try await Self.report(after: "UPDATE audit.event SET chain = 9 WHERE chain = 0 AND sequence = 10")
        #expect(moved.faults.contains { $0.kind == .truncated && $0.chain == 0 })
        #expect(moved.faults.contains { $0.chain == 9 })
        let added = try await Self.report(
            after: """
                INSERT INTO audit.event SELECT chain, 11, occasion, at, principal, activity, action, subject_kind,
                    subject_key, reason, before, after, details, hash FROM audit.event WHERE chain = 0 AND sequence = 10
                """
        )
        #expect(added.faults.first?.kind == .brokenLink)
        #expect(added.faults.first?.sequence == 11)
    }

    @Test("a changed or forged checkpoint")
    func checkpoints() async throws {
        let changed = try await Self.report(
            after: #"UPDATE audit.checkpoint SET content = replace(content, '"sequence":6', '"sequence":5')"#
        )
        #expect(changed.faults.map(\.kind) == [.forgedSignature])
        let signature = try await Self.report(
            after: "UPDATE audit.checkpoint SET signature = decode(repeat('07', 64), 'hex')"
        )
        #expect(signature.faults.map(\.kind) == [.forgedSignature])
        let unreadable = try await Self.report(after: "UPDATE audit.checkpoint SET content = content || ' '")
        #expect(unreadable.faults.contains { $0.kind == .forgedSignature })
    }
}
