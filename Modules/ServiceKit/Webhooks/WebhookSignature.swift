import Crypto
import FoundationEssentials

/// Signs what is sent to subscribers, so that they know it is ours and fresh.
///
/// Source: Standard Webhooks 1.0.0, "Verifying webhook authenticity": HMAC-SHA256 over `id.timestamp.body`; several
/// signatures with spaces between them while a secret is being changed.
struct WebhookSignature: Sendable {
    /// What introduces a secret as people see it.
    static let prefix = "whsec_"

    private let keys: [[UInt8]]

    /// Signs with the bytes of each secret.
    init(keys: [[UInt8]]) { self.keys = keys }

    /// A new secret of 256 random bits.
    static func newKey() -> [UInt8] { SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) } }

    /// A secret as it is shown to people.
    static func text(of key: [UInt8]) -> String { prefix + Data(key).base64EncodedString() }

    /// The header fields of a message.
    ///
    /// - Parameters:
    ///   - id: The event's id; the same for every attempt.
    ///   - seconds: Now, in seconds since 1970.
    ///   - body: What is sent.
    /// - Returns: `webhook-id`, `webhook-timestamp` and `webhook-signature`.
    func headers(id: String, seconds: Int64, body: [UInt8]) -> [(name: String, value: String)] {
        let signed = Array("\(id).\(seconds).".utf8) + body
        let signatures = keys.map { key in
            let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: key))
            return "v1,\(Data(code).base64EncodedString())"
        }
        return [
            ("webhook-id", id), ("webhook-timestamp", String(seconds)),
            ("webhook-signature", signatures.joined(separator: " ")),
        ]
    }
}
