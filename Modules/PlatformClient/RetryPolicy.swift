/// When a request is sent again, and after how long.
///
/// A connection that was refused is tried again; so are a broken connection and
/// the answers 502, 503 and 504, since GET, HEAD, PUT and DELETE may be repeated
/// by themselves and POST carries an idempotency key. A POST whose first sending
/// is still being answered (409 `REQUEST_IN_FLIGHT`) is sent again for its answer.
///
/// The wait is exponential with full jitter, so that many clients of a service
/// that comes back do not come back at the same moment. Source: M. Brooker,
/// "Exponential Backoff and Jitter", AWS Architecture Blog, 2015.
public struct RetryPolicy: Sendable, Hashable {
    /// How often a request is sent at most, the first time included; at least 1.
    public var attempts: Int
    /// The upper bound of the first wait.
    public var base: Duration
    /// The upper bound of every wait, `Retry-After` included.
    public var limit: Duration

    /// Makes a policy.
    public init(attempts: Int = 4, base: Duration = .milliseconds(100), limit: Duration = .seconds(5)) {
        self.attempts = max(1, attempts)
        self.base = base
        self.limit = limit
    }

    /// Sends every request once.
    public static let never = RetryPolicy(attempts: 1)

    /// How long to wait after the attempt numbered `attempt` (from 1) failed.
    ///
    /// - Parameters:
    ///   - attempt: The number of the attempt that failed, from 1.
    ///   - retryAfter: What the server asked for, in seconds; the wait is never shorter than that,
    ///     unless it exceeds ``limit``.
    ///   - generator: Source of the jitter.
    /// - Returns: The wait, or `nil` when no attempt is left.
    func delay(
        afterAttempt attempt: Int,
        retryAfter: Int?,
        using generator: inout some RandomNumberGenerator
    ) -> Duration? {
        if attempt >= attempts { return nil }
        let ceiling = min(limit, base * (1 << min(attempt - 1, 20)))
        let jitter = ceiling * Double.random(in: 0...1, using: &generator)
        guard let retryAfter else { return jitter }
        return min(limit, .seconds(retryAfter) + min(jitter, base))
    }
}
