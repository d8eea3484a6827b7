import Crypto
import Storage
import Synchronization

/// What was found out about tokens a moment ago, so that most requests ask the database nothing.
///
/// Entries are keyed by the SHA-256 of the token, which whoever sends it cannot steer. They live for a second or two:
/// as long as a revocation may take to be felt.
final class AuthorityCache: Sendable {
    private struct Entry {
        let authority: Authority
        let end: ContinuousClock.Instant
    }

    private let lifetime: Duration
    private let maximum: Int
    private let entries = Mutex<[SHA256.Digest: Entry]>([:])

    /// Makes an empty cache.
    ///
    /// - Parameters:
    ///   - lifetime: How long an entry holds; zero keeps nothing.
    ///   - maximum: The most entries.
    init(lifetime: Duration, maximum: Int = 10_000) {
        self.lifetime = lifetime
        self.maximum = maximum
    }

    /// The authority of a token, if it was found out within the lifetime.
    func find(_ digest: SHA256.Digest) -> Authority? {
        let now = ContinuousClock.now
        return entries.withLock { entries in
            guard let entry = entries[digest], entry.end > now else { return nil }
            return entry.authority
        }
    }

    /// Keeps an authority; when the cache is full, what is too old goes, then everything.
    func keep(_ authority: Authority, for digest: SHA256.Digest) {
        guard lifetime > .zero else { return }
        let now = ContinuousClock.now
        entries.withLock { entries in
            if entries.count >= maximum {
                entries = entries.filter { $0.value.end > now }
                if entries.count >= maximum { entries.removeAll() }
            }
            entries[digest] = Entry(authority: authority, end: now + lifetime)
        }
    }

    /// Forgets everything: this process changed who may do what.
    func clear() { entries.withLock { $0.removeAll() } }
}
