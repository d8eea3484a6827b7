import Crypto
import FoundationEssentials

/// The secret of an audit trail: signs checkpoints, and hides personal values behind keyed hashes.
///
/// It is 32 random bytes, kept in a file outside of the database.
public struct AuditKey: Sendable {
    private let signing: Curve25519.Signing.PrivateKey
    private let hiding: SymmetricKey

    private static let prefix = "ceyuan-audit-key-1:"

    /// A new key from the system's random numbers.
    public init() { self.init(Curve25519.Signing.PrivateKey()) }

    private init(_ key: Curve25519.Signing.PrivateKey) {
        signing = key
        // Source: RFC 5869. Another use gets another key, so that a hash tells nothing of a signature.
        hiding = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: key.rawRepresentation),
            info: Data("ceyuan audit: personal values".utf8),
            outputByteCount: 32
        )
    }

    /// Reads the text of a key file.
    ///
    /// - Returns: `nil` when it is none.
    public init?(text: String) {
        let line = text.trimmed
        guard line.hasPrefix(Self.prefix), let seed = Data(base64Encoded: String(line.dropFirst(Self.prefix.count))),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        else { return nil }
        self.init(key)
    }

    /// The text of a key file. Secret.
    public var text: String { Self.prefix + signing.rawRepresentation.base64EncodedString() + "\n" }

    /// What verifies its signatures.
    public var publicKey: AuditPublicKey { AuditPublicKey(signing.publicKey) }

    /// Signs a checkpoint that names this key.
    ///
    /// - Throws: `CryptoError` when the system's random numbers fail.
    public func sign(_ checkpoint: AuditCheckpoint) throws -> SignedCheckpoint {
        let signature = try signing.signature(for: checkpoint.signedBytes)
        return SignedCheckpoint(checkpoint: checkpoint, signature: Array(signature))
    }

    /// A value that stands for a personal one: equal values give equal hashes, and without the key nothing leads back.
    ///
    /// - Parameters:
    ///   - value: The value in clear.
    ///   - field: The name of its field: the same value of two fields has two hashes.
    /// - Returns: HMAC-SHA-256 (RFC 2104) under a key of this key's own.
    public func hide(_ value: String, of field: String) -> AuditDigest {
        var code = HMAC<SHA256>(key: hiding)
        code.update(data: Data("\(field.utf8.count):\(field)".utf8))
        code.update(data: Data(value.utf8))
        return AuditDigest(bytes: Array(code.finalize())) ?? .genesis
    }
}

/// What verifies the signatures of an audit trail. No secret.
public struct AuditPublicKey: Sendable, Hashable, LosslessStringConvertible {
    private let bytes: [UInt8]

    private static let prefix = "ceyuan-audit-public-1:"

    fileprivate init(_ key: Curve25519.Signing.PublicKey) { bytes = Array(key.rawRepresentation) }

    /// Reads what ``description`` prints.
    public init?(_ description: String) {
        let line = description.trimmed
        guard line.hasPrefix(Self.prefix), let raw = Data(base64Encoded: String(line.dropFirst(Self.prefix.count))),
            raw.count == 32
        else { return nil }
        bytes = Array(raw)
    }

    /// One line of text.
    public var description: String { Self.prefix + Data(bytes).base64EncodedString() }

    /// SHA-256 of its bytes: short enough to be compared by people.
    public var fingerprint: AuditDigest { AuditDigest(of: bytes) }

    /// Whether a checkpoint was signed with this key's secret half.
    public func isSignature(of signed: SignedCheckpoint) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
        return key.isValidSignature(signed.signature, for: signed.checkpoint.signedBytes)
    }
}

extension String {
    /// The text without blanks and line ends around it.
    fileprivate var trimmed: String {
        var rest = self[...]
        while rest.last?.isWhitespace == true { rest.removeLast() }
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        return String(rest)
    }
}
