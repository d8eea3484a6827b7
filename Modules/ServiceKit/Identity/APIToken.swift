public import Crypto

/// A secret that stands for a principal: shown once, kept as its SHA-256 only.
///
/// `cyt_` and 43 random symbols of `0–9 A–Z a–z` (256.03 bits), then six symbols that check them, so that a scanner of
/// leaked secrets can tell a token from text without asking us. Of a bootstrap token the prefix is `cyb_`.
///
/// Source of the form: GitHub's tokens since 2021 (prefix, base 62, CRC-32 in base 62).
public struct APIToken: Sendable {
    /// What a token may do.
    public enum Kind: String, Sendable, CaseIterable {
        /// Stands for a principal.
        case access = "cyt_"
        /// Makes the first administrator, once.
        case bootstrap = "cyb_"
    }

    /// The kind.
    public let kind: Kind
    /// The whole text: the secret.
    public let text: String

    private static let symbols = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
    private static let randomCount = 43
    private static let checkCount = 6

    /// Makes a new one from the system's cryptographic random numbers.
    public init(_ kind: Kind = .access) {
        var generator = SystemRandomNumberGenerator()
        let random = (0..<Self.randomCount).map { _ in
            Self.symbols[Int.random(in: 0..<Self.symbols.count, using: &generator)]
        }
        self.kind = kind
        text = kind.rawValue + String(decoding: random + Self.check(random), as: UTF8.self)
    }

    /// Reads one; `nil` for what is none: another prefix, length or alphabet, or a wrong check.
    public init?(_ text: String) {
        guard let kind = Kind.allCases.first(where: { text.hasPrefix($0.rawValue) }) else { return nil }
        let body = Array(text.utf8.dropFirst(kind.rawValue.utf8.count))
        guard body.count == Self.randomCount + Self.checkCount, body.allSatisfy(Self.symbols.contains) else {
            return nil
        }
        guard Array(body.suffix(Self.checkCount)) == Self.check(Array(body.prefix(Self.randomCount))) else {
            return nil
        }
        self.kind = kind
        self.text = text
    }

    /// What is kept instead of the text.
    public var digest: SHA256.Digest { SHA256.hash(data: Array(text.utf8)) }

    /// The bytes of ``digest``, for the database.
    public var hash: [UInt8] { Array(digest) }

    /// The beginning of the secret, by which its owner tells it from others; 24 of 256 bits.
    public var hint: String { String(text.prefix(kind.rawValue.count + 4)) }

    /// CRC-32 (ISO/IEC 13239, as in zlib) of the symbols, in base 62.
    private static func check(_ bytes: [UInt8]) -> [UInt8] {
        var register = UInt32.max
        for byte in bytes {
            register ^= UInt32(byte)
            for _ in 0..<8 { register = register & 1 == 1 ? (register >> 1) ^ 0xEDB8_8320 : register >> 1 }
        }
        var rest = Int(~register)
        var result: [UInt8] = []
        for _ in 0..<checkCount {
            result.append(symbols[rest % symbols.count])
            rest /= symbols.count
        }
        return result.reversed()
    }
}
