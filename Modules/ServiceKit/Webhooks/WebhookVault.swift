import Crypto
import FoundationEssentials
import Glibc
public import Storage

/// Keeps the secrets of subscriptions in the database, sealed with a key that is outside of it.
///
/// AES-256-GCM; each secret is bound to its row by a random UUID, so that one copied into another row does not open.
public struct WebhookVault: Sendable {
    /// Why the key cannot be used.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// What is wrong and how to mend it, without the key.
        public let description: String
    }

    private let key: SymmetricKey

    /// Reads the key's file; makes it at the first time.
    ///
    /// - Parameter path: A file of 32 bytes that only its owner may read.
    /// - Throws: ``ConfigurationError`` when the file is no such key, ``Failure`` when it cannot be made.
    public init(keyFile path: String) throws {
        if let made = try Self.make(path) {
            key = made
            return
        }
        let name = "webhooks.keyFile"
        let bytes = try SecretFile.read(path, for: name)
        guard bytes.count == 32 else {
            throw ConfigurationError(key: name, given: path, expected: "a file of 32 bytes, not \(bytes.count)")
        }
        key = SymmetricKey(data: bytes)
    }

    /// Writes a new key unless there is a file already; then `nil`.
    private static func make(_ path: String) throws -> SymmetricKey? {
        let key = SymmetricKey(size: .bits256)
        // Made whole under another name, so that nobody ever reads half a key.
        let draft = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
        if access(path, F_OK) == 0 { return nil }
        let file = Glibc.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw Failure(description: "the key of the webhooks cannot be written to \(path) / 无法写入回调密钥文件")
        }
        defer { unlink(draft) }
        let isWritten = key.withUnsafeBytes { write(file, $0.baseAddress, $0.count) == $0.count } && fsync(file) == 0
        close(file)
        guard isWritten else { throw Failure(description: "\(path) cannot be written / 无法写入密钥文件") }
        // Another process may have been faster: then its key holds.
        return link(draft, path) == 0 ? key : nil
    }

    /// Seals a secret.
    public func seal(_ secret: [UInt8]) throws -> WebhookStore.SealedSecret {
        let seal = UUID().uuidString.lowercased()
        guard let bytes = try AES.GCM.seal(secret, using: key, authenticating: Array(seal.utf8)).combined else {
            throw Failure(description: "the secret cannot be sealed")
        }
        return WebhookStore.SealedSecret(seal: seal, bytes: Array(bytes))
    }

    /// Opens a secret.
    ///
    /// - Throws: ``Failure`` when it was sealed with another key, or belongs to another row.
    public func open(_ secret: WebhookStore.SealedSecret) throws -> [UInt8] {
        do {
            let box = try AES.GCM.SealedBox(combined: secret.bytes)
            return Array(try AES.GCM.open(box, using: key, authenticating: Array(secret.seal.utf8)))
        } catch {
            throw Failure(description: "the secret was sealed with another key: check webhooks.keyFile / 密钥不匹配")
        }
    }
}

extension WebhookVault {
    /// A new secret of 256 random bits.
    public static func newSecret() -> [UInt8] { WebhookSignature.newKey() }

    /// A secret as it is shown to people, once.
    public static func text(of secret: [UInt8]) -> String { WebhookSignature.text(of: secret) }
}
