import AuditTrail
import DomainModel
import Testing

@Suite("Verifying a trail")
struct TrailVerifierTests {
    @Test("a whole trail is intact, and says what nobody has signed for yet")
    func intact() throws {
        let report = try Trail().report()
        #expect(report.isIntact)
        #expect(report.events == 10)
        #expect(report.chains == 2)
        #expect(report.checkpoints == 1)
        #expect(report.unsigned == 4)
    }

    @Test("a changed event is the first broken link, with who and when")
    func changed() throws {
        var trail = try Trail()
        let victim = trail.events[1]
        trail.events[1] = LinkedEvent(event: Trail.event(0, 2, principal: "user:nobody"), hash: victim.hash)
        let report = trail.report()
        let fault = try #require(report.faults.first)
        #expect(report.faultCount == 1)
        #expect(fault.kind == .brokenLink)
        #expect(fault.chain == 0)
        #expect(fault.sequence == 2)
        #expect(fault.expected == victim.hash.description)
        #expect(fault.found == trail.events[1].event.link(after: trail.events[0].hash).description)
        #expect(fault.principal == "user:nobody")
        #expect(fault.at == victim.event.at)
    }

    @Test("a changed event with a new hash breaks the link behind it")
    func changedWithHash() throws {
        var trail = try Trail()
        let forged = Trail.event(1, 4, principal: "user:nobody")
        trail.events[8] = LinkedEvent(event: forged, hash: forged.link(after: trail.events[7].hash))
        let fault = try #require(trail.report().faults.first)
        #expect(fault.kind == .brokenLink)
        #expect(fault.chain == 1)
        #expect(fault.sequence == 5)
    }

    @Test("a chain that is written anew as a whole is not the one that was signed")
    func rewritten() throws {
        var trail = try Trail()
        var previous = AuditDigest.genesis
        for index in 0..<5 {
            let event = Trail.event(0, Int64(index) + 1, principal: "user:nobody")
            previous = event.link(after: previous)
            trail.events[index] = LinkedEvent(event: event, hash: previous)
        }
        trail.heads[0] = ChainHead(chain: 0, sequence: 5, hash: previous)
        let report = trail.report()
        #expect(report.faults.map(\.kind) == [.rewritten])
        #expect(report.faults.first?.sequence == 3)
    }

    @Test("a missing event is named by its place")
    func missing() throws {
        var trail = try Trail()
        trail.events.remove(at: 1)
        let report = trail.report()
        #expect(report.faults.map(\.kind) == [.missing])
        #expect(report.faults.first?.sequence == 2)
        #expect(report.faultCount == 1)
    }

    @Test("a tail that was cut off is missed by the head, and, head and all, by the checkpoint")
    func truncated() throws {
        var trail = try Trail()
        trail.events.removeSubrange(3..<5)
        #expect(trail.report().faults.map(\.kind) == [.truncated])
        trail.events.remove(at: 2)
        trail.heads[0] = ChainHead(chain: 0, sequence: 2, hash: trail.events[1].hash)
        let report = trail.report()
        #expect(report.faults.map(\.kind) == [.truncated])
        #expect(report.faults.first?.sequence == 3)
        // A chain that is gone altogether.
        trail.events.removeAll { $0.event.chain == 0 }
        trail.heads[0] = ChainHead(chain: 0, sequence: 0, hash: .genesis)
        #expect(trail.report().faults.map(\.kind) == [.truncated])
    }

    @Test("an event that stands twice is misplaced")
    func misplaced() throws {
        var trail = try Trail()
        trail.events.insert(trail.events[2], at: 3)
        #expect(trail.report().faults.map(\.kind) == [.misplaced])
    }

    @Test("a checkpoint with another signature, of another key, or without the one before it")
    func checkpoints() throws {
        var trail = try Trail()
        let heads = trail.checkpoints[0].checkpoint.heads
        trail.checkpoints[0] = SignedCheckpoint(
            checkpoint: trail.checkpoints[0].checkpoint,
            signature: Array(repeating: 7, count: 64)
        )
        #expect(trail.report().faults.map(\.kind) == [.forgedSignature])
        trail.checkpoints[0] = try Trail.signed(1, after: .genesis, heads: heads, key: AuditKey())
        #expect(trail.report().faults.map(\.kind) == [.forgedSignature])
        #expect(trail.report(keys: []).isIntact)
        trail.checkpoints = [try Trail.signed(2, after: .genesis, heads: heads)]
        #expect(trail.report().faults.map(\.kind) == [.brokenCheckpoint])
    }

    @Test("every line of an export is read back to itself, and a changed byte is not")
    func lines() throws {
        let trail = try Trail()
        let lines: [TrailLine] =
            [.header(.init(exportedAt: trail.events[0].event.at, publicKey: Trail.key.publicKey))]
            + trail.checkpoints.map { .checkpoint($0) } + trail.events.map { .event($0) }
            + [.end(.init(checkpoints: 1, events: 10, heads: trail.heads))]
        for line in lines { #expect(TrailLine(bytes: line.bytes) == line) }
        #expect(TrailLine(bytes: "{}".utf8) == nil)
        let event = String(decoding: lines[2].bytes, as: UTF8.self)
        #expect(TrailLine(bytes: event.replacing("\"reason\"", with: "\"raison\"").utf8) != nil)
        #expect(TrailLine(bytes: event.replacing("\"activity\"", with: "\"activités\"").utf8) == nil)
    }

    @Test("a key is read back from its text; hidden values differ by field and key")
    func key() throws {
        let key = try #require(AuditKey(text: Trail.key.text))
        #expect(key.publicKey == Trail.key.publicKey)
        #expect(AuditPublicKey(key.publicKey.description) == key.publicKey)
        #expect(AuditKey(text: "ceyuan-audit-key-1:AAAA") == nil)
        #expect(key.hide("13800000000", of: "phone") == Trail.key.hide("13800000000", of: "phone"))
        #expect(key.hide("13800000000", of: "phone") != key.hide("13800000000", of: "fax"))
        #expect(key.hide("13800000000", of: "phone") != AuditKey().hide("13800000000", of: "phone"))
    }
}
