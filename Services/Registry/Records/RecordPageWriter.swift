import DomainModel
import Storage

/// Writes a ``RecordPage`` as the encoder would, but for the statements, which become bytes without a value in between:
/// a firm may have a thousand of them.
struct RecordPageWriter: Sendable {
    private let record: [UInt8]
    private let statements: [UInt8]
    private let incoming: [UInt8]
    private let related: [UInt8]
    private let isPartial: Bool

    /// Writes all that is read with the record.
    ///
    /// - Throws: ``Problem`` `PERSONAL_KEY_UNAVAILABLE`; `PostgresError`, `StorageError` for what the database should
    ///   not hold.
    init(_ parts: RecordPageStore.Parts, to sight: RecordSight) throws {
        record = Array(try CanonicalJSON.encode(sight.show(parts.record, by: parts.keys)))
        statements = try Self.array(parts.statements, parts, sight)
        // They are about other records, which the purpose was not named for.
        incoming = try Self.array(parts.incoming, parts, sight.masked)
        related = parts.related
        isPartial = parts.isPartial
    }

    /// The page with what the rules conclude of the record.
    ///
    /// - Throws: `EncodingError`.
    func finish(_ derived: [DerivedFact]) throws -> [UInt8] {
        let derived = Array(try CanonicalJSON.encode(derived))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(derived.count + incoming.count + record.count + related.count + statements.count + 96)
        bytes += #"{"derived":"#.utf8
        bytes += derived
        bytes += #","incoming":"#.utf8
        bytes += incoming
        bytes += #","isPartial":\#(isPartial),"record":"#.utf8
        bytes += record
        bytes += #","related":"#.utf8
        bytes += related
        bytes += #","statements":"#.utf8
        bytes += statements
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private static func array(
        _ statements: [PageStatement],
        _ parts: RecordPageStore.Parts,
        _ sight: RecordSight
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 + statements.count * 512)
        bytes.append(UInt8(ascii: "["))
        for (place, statement) in statements.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            if sight.isMasked, try statement.appendMasked(to: &bytes) { continue }
            for shown in try sight.show([statement.value()], by: parts.keys) {
                bytes += try CanonicalJSON.encode(shown)
            }
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }
}
