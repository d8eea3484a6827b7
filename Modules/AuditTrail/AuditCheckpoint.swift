public import DomainModel

/// The end of a chain: its last link.
public struct ChainHead: Sendable, Hashable, Codable {
    /// The chain.
    public let chain: Int
    /// The place of its last event; 0 when it has none.
    public let sequence: Int64
    /// The hash of its last event; ``AuditDigest/genesis`` when it has none.
    public let hash: AuditDigest

    /// Makes a head of its parts.
    public init(chain: Int, sequence: Int64, hash: AuditDigest) {
        self.chain = chain
        self.sequence = sequence
        self.hash = hash
    }

    var canonical: CanonicalValue {
        ["chain": .count(Int64(chain)), "hash": .text(hash.description), "sequence": .count(sequence)]
    }

    init?(canonical value: CanonicalValue) {
        guard let chain = value["chain"]?.integer, let sequence = value["sequence"]?.integer,
            let hash = value["hash"]?.text.flatMap({ AuditDigest($0) })
        else { return nil }
        self.init(chain: Int(chain), sequence: sequence, hash: hash)
    }
}

/// The heads of all chains at one instant, signed: what stood before it can no longer be changed unseen by anybody
/// who does not have the key.
public struct AuditCheckpoint: Sendable, Hashable, Codable {
    /// From 1 on, without gaps.
    public let number: Int64
    /// By the clock of the database.
    public let at: Instant
    /// Digest of the checkpoint before it; ``AuditDigest/genesis`` for the first.
    public let previous: AuditDigest
    /// Fingerprint of the key that signs it.
    public let key: AuditDigest
    /// The head of each chain, in the order of chains.
    public let heads: [ChainHead]

    /// Makes a checkpoint of its parts.
    public init(number: Int64, at: Instant, previous: AuditDigest, key: AuditDigest, heads: [ChainHead]) {
        self.number = number
        self.at = at
        self.previous = previous
        self.key = key
        self.heads = heads
    }

    /// How many events it covers.
    public var events: Int64 { heads.reduce(0) { $0 + $1.sequence } }
}

/// A checkpoint with its signature, as it is stored.
public struct SignedCheckpoint: Sendable, Hashable, Codable {
    /// The checkpoint.
    public let checkpoint: AuditCheckpoint
    /// 64 bytes. Source: RFC 8032 §5.1 (Ed25519).
    public let signature: [UInt8]

    /// Pairs a checkpoint with its stored signature.
    public init(checkpoint: AuditCheckpoint, signature: [UInt8]) {
        self.checkpoint = checkpoint
        self.signature = signature
    }
}

extension AuditCheckpoint {
    private static let domain = Array("ceyuan-audit-checkpoint-1\n".utf8)

    /// The checkpoint as one value.
    public var canonical: CanonicalValue {
        [
            "at": .text(at.description),
            "heads": .array(heads.map(\.canonical)),
            "key": .text(key.description),
            "number": .count(number),
            "previous": .text(previous.description),
        ]
    }

    /// Reads a checkpoint back from ``canonical``.
    public init?(canonical value: CanonicalValue) {
        guard let number = value["number"]?.integer, let at = value["at"]?.text.flatMap(Instant.init),
            let previous = value["previous"]?.text.flatMap({ AuditDigest($0) }),
            let key = value["key"]?.text.flatMap({ AuditDigest($0) }), case .array(let heads)? = value["heads"]
        else { return nil }
        self.init(
            number: number,
            at: at,
            previous: previous,
            key: key,
            heads: heads.compactMap { ChainHead(canonical: $0) }
        )
        guard canonical == value else { return nil }
    }

    /// What is signed: a fixed prefix and the canonical bytes.
    public var signedBytes: [UInt8] {
        var bytes = Self.domain
        canonical.append(to: &bytes)
        return bytes
    }

    /// What the next checkpoint hangs on.
    public var digest: AuditDigest { AuditDigest(of: signedBytes) }
}
