import Crypto
import DomainModel

/// A SHA-256 digest.
public struct AuditDigest: Sendable, Hashable {
    /// Its 32 bytes.
    public let bytes: [UInt8]

    /// Takes bytes that are a digest already.
    ///
    /// - Returns: `nil` unless there are 32.
    public init?(bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// The digest of some bytes.
    public init(of bytes: [UInt8]) {
        self.bytes = Array(SHA256.hash(data: bytes))
    }

    /// The digest of a value: of its canonical bytes.
    public init(of value: CanonicalValue) {
        self.init(of: value.canonicalBytes)
    }

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// 32 zeros: what the first link of a chain hangs on.
    public static let genesis = AuditDigest(unchecked: Array(repeating: 0, count: 32))
}

extension AuditDigest: LosslessStringConvertible, Codable {
    /// Reads 64 hexadecimal digits.
    public init?(_ description: String) {
        let digits = Array(description.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        for index in stride(from: 0, to: 64, by: 2) {
            guard let high = Self.value(digits[index]), let low = Self.value(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.bytes = bytes
    }

    /// 64 hexadecimal digits.
    public var description: String {
        Hexadecimal.text(of: bytes)
    }

    /// Decodes 64 hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = AuditDigest(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "expected 64 hexadecimal digits")
        }
        self = digest
    }

    /// Encodes 64 hexadecimal digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 97...102: digit - 87
        default: nil
        }
    }
}
