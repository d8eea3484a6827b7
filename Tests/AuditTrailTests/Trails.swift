import AuditTrail
import DomainModel

/// A trail in memory that a test makes and then damages.
struct Trail {
    static let key = AuditKey()
    var checkpoints: [SignedCheckpoint] = []
    var events: [LinkedEvent] = []
    var heads: [ChainHead] = []

    /// Two chains of `length` events, with a signed checkpoint after `signed` events of each.
    init(length: Int64 = 5, signed: Int64 = 3) throws {
        var signedHeads: [ChainHead] = []
        for chain in 0..<2 {
            var previous = AuditDigest.genesis
            for sequence in 1...length {
                let event = Self.event(chain, sequence)
                previous = event.link(after: previous)
                events.append(LinkedEvent(event: event, hash: previous))
                if sequence == signed {
                    signedHeads.append(ChainHead(chain: chain, sequence: sequence, hash: previous))
                }
            }
            heads.append(ChainHead(chain: chain, sequence: length, hash: previous))
        }
        checkpoints = [try Self.signed(1, after: .genesis, heads: signedHeads)]
    }

    static func event(_ chain: Int, _ sequence: Int64, principal: String = "user:li.wei") -> AuditEvent {
        AuditEvent(
            chain: chain,
            sequence: sequence,
            occasion: sequence * 2 + Int64(chain),
            at: Instant(microsecondsSince1970: 1_780_000_000_000_000 + sequence),
            principal: principal,
            activity: "request-\(sequence)",
            action: "region.change",
            subject: AuditSubject("region", "330110"),
            reason: nil,
            before: AuditDigest(of: .text("before \(sequence)")),
            after: AuditDigest(of: .text("after \(sequence)")),
            details: ["changed": ["name_zh": ["before": "余杭", "after": "余杭区"]]]
        )
    }

    static func signed(
        _ number: Int64,
        after previous: AuditDigest,
        heads: [ChainHead],
        key: AuditKey = Self.key
    ) throws -> SignedCheckpoint {
        try key.sign(
            AuditCheckpoint(
                number: number,
                at: Instant(microsecondsSince1970: 1_790_000_000_000_000 + number),
                previous: previous,
                key: key.publicKey.fingerprint,
                heads: heads
            )
        )
    }

    /// What a verification finds.
    func report(keys: [AuditPublicKey] = [Self.key.publicKey]) -> TrailReport {
        var verifier = TrailVerifier(keys: keys)
        for checkpoint in checkpoints { verifier.take(checkpoint) }
        for event in events { verifier.take(event) }
        return verifier.finish(heads: heads)
    }
}
