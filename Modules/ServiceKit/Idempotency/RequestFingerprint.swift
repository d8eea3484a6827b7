import AuditTrail
import Crypto

/// What tells whether two requests are the same.
///
/// Whoever reads the database could confirm a guess of a whole request by its plain digest, and of a body with a resident
/// number there are few enough to try them all. With a key outside of the database nobody can.
struct RequestFingerprint: Hashable, Sendable {
    /// What is kept: HMAC-SHA-256 under the audit trail's key; the plain digest where there is none.
    let kept: [UInt8]
    private let plain: [UInt8]

    /// - Parameters:
    ///   - digest: SHA-256 over method, target and body.
    ///   - key: The key of the audit trail.
    init(_ digest: SHA256.Digest, by key: AuditKey?) {
        plain = Array(digest)
        kept = key?.hide(AuditDigest(bytes: plain)?.description ?? "", of: "request fingerprint").bytes ?? plain
    }

    /// Whether a request was this one, by what was kept of it: also before this host had a key.
    func matches(_ known: [UInt8]) -> Bool { known == kept || known == plain }
}
