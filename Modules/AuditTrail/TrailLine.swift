public import DomainModel
import FoundationEssentials

/// One line of an exported trail: canonical JSON, and a line break.
///
/// A trail is a header, the checkpoints in order, the events by chain and sequence, and an end that counts them.
public enum TrailLine: Sendable, Hashable {
    /// What the file is.
    case header(Header)
    /// A signed checkpoint.
    case checkpoint(SignedCheckpoint)
    /// An event with its link.
    case event(LinkedEvent)
    /// The end, without which the file is cut off.
    case end(End)

    /// The first line.
    public struct Header: Sendable, Hashable {
        /// When it was exported, by the clock of the database.
        public let exportedAt: Instant
        /// What the service believes to verify its signatures; an auditor brings a key of their own.
        public let publicKey: AuditPublicKey?

        /// Makes a header of its parts.
        public init(exportedAt: Instant, publicKey: AuditPublicKey?) {
            self.exportedAt = exportedAt
            self.publicKey = publicKey
        }
    }

    /// The last line.
    public struct End: Sendable, Hashable {
        /// How many checkpoints there are.
        public let checkpoints: Int64
        /// How many events there are.
        public let events: Int64
        /// The heads as the database keeps them.
        public let heads: [ChainHead]

        /// Makes an end of its parts.
        public init(checkpoints: Int64, events: Int64, heads: [ChainHead]) {
            self.checkpoints = checkpoints
            self.events = events
            self.heads = heads
        }
    }

    private static let format: CanonicalValue = "ceyuan-audit-trail-1"

    /// The line with its line break.
    public var bytes: [UInt8] {
        var bytes = value.canonicalBytes
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private var value: CanonicalValue {
        switch self {
        case .header(let header):
            var members: [String: CanonicalValue] = [
                "exported_at": .text(header.exportedAt.description), "format": Self.format,
            ]
            if let key = header.publicKey { members["public_key"] = .text(key.description) }
            return .object(members)
        case .checkpoint(let signed):
            let signature = Data(signed.signature).base64EncodedString()
            return ["checkpoint": signed.checkpoint.canonical, "signature": .text(signature)]
        case .event(let linked):
            return ["event": linked.event.canonical, "hash": .text(linked.hash.description)]
        case .end(let end):
            return [
                "end": [
                    "checkpoints": .count(end.checkpoints), "events": .count(end.events),
                    "heads": .array(end.heads.map(\.canonical)),
                ]
            ]
        }
    }

    /// Reads a line, with or without its line break.
    ///
    /// - Returns: `nil` when it is no line of a trail.
    public init?(bytes: some Sequence<UInt8>) {
        guard let value = try? CanonicalValue(json: bytes) else { return nil }
        if let event = value["event"] {
            guard let event = AuditEvent(canonical: event), let hash = value["hash"]?.text.flatMap({ AuditDigest($0) })
            else { return nil }
            self = .event(LinkedEvent(event: event, hash: hash))
        } else if let checkpoint = value["checkpoint"] {
            guard let checkpoint = AuditCheckpoint(canonical: checkpoint),
                let signature = value["signature"]?.text.flatMap({ Data(base64Encoded: $0) })
            else { return nil }
            self = .checkpoint(SignedCheckpoint(checkpoint: checkpoint, signature: Array(signature)))
        } else if let end = value["end"] {
            guard let checkpoints = end["checkpoints"]?.integer, let events = end["events"]?.integer,
                case .array(let heads)? = end["heads"]
            else { return nil }
            self = .end(
                End(checkpoints: checkpoints, events: events, heads: heads.compactMap { ChainHead(canonical: $0) })
            )
        } else {
            guard value["format"] == Self.format, let at = value["exported_at"]?.text.flatMap(Instant.init)
            else { return nil }
            let key = value["public_key"]?.text.flatMap { AuditPublicKey($0) }
            self = .header(Header(exportedAt: at, publicKey: key))
        }
    }
}
