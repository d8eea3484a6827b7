import DomainModel

/// One row of a `COPY … FROM stdin` in text format.
///
/// Source: PostgreSQL 15 documentation, COPY, “Text Format”.
struct DumpRow {
    // Absent for NULL.
    private let fields: [[UInt8]?]
    private let columns: [String: Int]

    init(_ line: some Collection<UInt8>, _ columns: [String: Int]) {
        self.columns = columns
        fields = line.split(separator: 9, omittingEmptySubsequences: false).map { Self.unescaped($0) }
    }

    private subscript(_ column: String) -> [UInt8]? {
        guard let index = columns[column], index < fields.count else { return nil }
        return fields[index]
    }

    private func text(_ column: String) -> String? {
        self[column].flatMap { String(validating: $0, as: UTF8.self) }
    }

    private func number(_ column: String) -> Int64? { text(column).flatMap { Int64($0) } }

    // bytea_output hex, which pg_dump leaves as it is by default.
    private func bytes(_ column: String) -> [UInt8]? {
        guard let digits = self[column], digits.starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "x")]) else {
            return nil
        }
        let pairs = digits.dropFirst(2)
        guard pairs.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        var index = pairs.startIndex
        while index < pairs.endIndex {
            let pair = String(decoding: pairs[index..<index + 2], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else { return nil }
            bytes.append(byte)
            index += 2
        }
        return bytes
    }

    private func digest(_ column: String) -> AuditDigest? { bytes(column).flatMap { AuditDigest(bytes: $0) } }

    /// Where the event of the row stands.
    var place: AuditPlace? {
        guard let chain = number("chain").flatMap({ Int16(exactly: $0) }), let sequence = number("sequence"),
            chain >= 0, sequence > 0
        else { return nil }
        return AuditPlace(chain: Int(chain), sequence: sequence)
    }

    /// The event of the row.
    var event: LinkedEvent? {
        guard let place, let occasion = number("occasion"), let at = text("at").flatMap(Self.instant),
            let principal = text("principal"), let activity = text("activity"), let action = text("action"),
            let kind = text("subject_kind"), let key = text("subject_key"), let details = text("details"),
            let hash = digest("hash"), (self["before"] == nil) == (digest("before") == nil),
            (self["after"] == nil) == (digest("after") == nil),
            (self["reason"] == nil) == (text("reason") == nil)
        else { return nil }
        let event = AuditEvent(
            chain: place.chain,
            sequence: place.sequence,
            occasion: occasion,
            at: at,
            principal: principal,
            activity: activity,
            action: action,
            subject: AuditSubject(kind, key),
            reason: text("reason"),
            before: digest("before"),
            after: digest("after"),
            // What is no canonical value was not written by the platform: as a text it breaks the link.
            details: (try? CanonicalValue(json: details)) ?? .text(details)
        )
        return LinkedEvent(event: event, hash: hash)
    }

    /// The head of the row.
    var head: ChainHead? {
        guard let chain = number("chain"), let sequence = number("sequence"), let hash = digest("hash") else {
            return nil
        }
        return ChainHead(chain: Int(chain), sequence: sequence, hash: hash)
    }

    /// The checkpoint of the row.
    var checkpoint: SignedCheckpoint? {
        guard let number = number("number"), let content = text("content"), let signature = bytes("signature"),
            let checkpoint = (try? CanonicalValue(json: content)).flatMap({ AuditCheckpoint(canonical: $0) }),
            checkpoint.number == number, checkpoint.canonical.canonicalText == content
        else { return nil }
        return SignedCheckpoint(checkpoint: checkpoint, signature: signature)
    }

    /// `2026-11-21 10:11:08.876803+08`: pg_dump writes ISO dates, in the zone of whoever ran it.
    private static func instant(_ text: String) -> Instant? {
        guard let space = text.firstIndex(of: " "), let sign = text[space...].lastIndex(where: { "+-".contains($0) })
        else { return nil }
        let offset = text[text.index(after: sign)...].split(separator: ":").map { Int64($0) }
        guard (1...3).contains(offset.count), !offset.contains(nil),
            let local = Instant("\(text[..<space])T\(text[text.index(after: space)..<sign])Z")
        else { return nil }
        let seconds = zip(offset, [3_600, 60, 1]).reduce(0) { $0 + ($1.0 ?? 0) * $1.1 }
        let shift = (text[sign] == "-" ? seconds : -seconds) * 1_000_000
        return Instant(microsecondsSince1970: local.microsecondsSince1970 + shift)
    }

    private static func unescaped(_ field: some Collection<UInt8>) -> [UInt8]? {
        let backslash = UInt8(ascii: "\\")
        if field.elementsEqual([backslash, UInt8(ascii: "N")]) { return nil }
        guard field.contains(backslash) else { return Array(field) }
        var bytes: [UInt8] = []
        var rest = Array(field)[...]
        while let byte = rest.popFirst() {
            guard byte == backslash, let escape = rest.popFirst() else {
                bytes.append(byte)
                continue
            }
            switch escape {
            case UInt8(ascii: "b"): bytes.append(8)
            case UInt8(ascii: "t"): bytes.append(9)
            case UInt8(ascii: "n"): bytes.append(10)
            case UInt8(ascii: "v"): bytes.append(11)
            case UInt8(ascii: "f"): bytes.append(12)
            case UInt8(ascii: "r"): bytes.append(13)
            // COPY reads octal and hexadecimal digits as well, but PostgreSQL never writes them.
            default: bytes.append(escape)
            }
        }
        return bytes
    }
}
