import DomainModel
import HTTPTypes
import Synchronization

/// Bounds how many requests an identity makes: a token bucket for each principal, or for each address of callers who
/// have shown nothing.
///
/// Source of the fields: draft-ietf-httpapi-ratelimit-headers-10 §2 and §3.
final class RateLimit: Sendable {
    /// What was decided about a request.
    struct Decision: Sendable, Equatable {
        let isAdmitted: Bool
        /// Requests that may follow at once.
        let remaining: Int
        /// Whole seconds until the next one is admitted, or until one more may follow.
        let seconds: Int
    }

    private struct Bucket {
        var tokens: Double
        var filled: ContinuousClock.Instant
    }

    /// Requests a second.
    private let rate: Double
    /// Requests at once.
    private let burst: Double
    /// How many identities are remembered; beyond it those that are full anyway are forgotten.
    private static let remembered = 10_000
    private let buckets = Mutex<[String: Bucket]>([:])

    /// Makes the limit; `nil` when there is none.
    ///
    /// - Parameters:
    ///   - rate: Requests a second; 0 sets no limit.
    ///   - burst: Requests at once.
    init?(rate: Int, burst: Int) {
        guard rate > 0 else { return nil }
        self.rate = Double(rate)
        self.burst = Double(max(1, burst))
    }

    /// Takes a token of an identity's bucket, if there is one.
    func take(_ identity: String, at now: ContinuousClock.Instant = .now) -> Decision {
        buckets.withLock { buckets in
            if buckets.count >= Self.remembered, buckets[identity] == nil {
                buckets = buckets.filter { filled($0.value, at: now) < burst }
                // Too many callers to tell apart: the newest share a bucket.
                if buckets.count >= Self.remembered { return take("", &buckets, now) }
            }
            return take(identity, &buckets, now)
        }
    }

    private func take(
        _ identity: String,
        _ buckets: inout [String: Bucket],
        _ now: ContinuousClock.Instant
    ) -> Decision {
        let tokens = buckets[identity].map { filled($0, at: now) } ?? burst
        let isAdmitted = tokens >= 1
        let left = isAdmitted ? tokens - 1 : tokens
        buckets[identity] = Bucket(tokens: left, filled: now)
        let missing = max(0, left.rounded(.down) + 1 - left)
        return Decision(
            isAdmitted: isAdmitted,
            remaining: Int(left),
            seconds: max(1, Int((missing / rate).rounded(.up)))
        )
    }

    private func filled(_ bucket: Bucket, at now: ContinuousClock.Instant) -> Double {
        let (seconds, attoseconds) = (now - bucket.filled).components
        return min(burst, bucket.tokens + max(0, Double(seconds) + Double(attoseconds) / 1e18) * rate)
    }

    /// The fields that tell a caller how it stands.
    func fields(_ decision: Decision) -> HTTPFields {
        let window = Int((burst / rate).rounded(.up))
        return [
            .rateLimitPolicy: "\"requests\";q=\(Int(burst));w=\(max(1, window))",
            .rateLimit: "\"requests\";r=\(decision.remaining);t=\(decision.seconds)",
        ]
    }

    /// The problem of a caller whose bucket is empty.
    func problem(_ decision: Decision) -> Problem {
        var problem = Problem(
            .tooManyRequests,
            "More than \(Int(rate)) requests a second.",
            zh: "每秒请求超过 \(Int(rate)) 次。"
        )
        .retry(afterSeconds: decision.seconds)
        problem.headers.append(contentsOf: fields(decision))
        return problem
    }
}

extension HTTPField.Name {
    /// `RateLimit`.
    static let rateLimit = HTTPField.Name("RateLimit")!
    /// `RateLimit-Policy`.
    static let rateLimitPolicy = HTTPField.Name("RateLimit-Policy")!
}
