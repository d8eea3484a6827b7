/// How long to wait before a failed job is tried again: exponential, with jitter over the upper half.
public struct JobBackoff: Sendable, Hashable {
    /// The wait after the first failure.
    public var base: Duration
    /// The longest wait.
    public var limit: Duration

    /// Makes a rule.
    public init(base: Duration = .seconds(1), limit: Duration = .seconds(600)) {
        self.base = base
        self.limit = limit
    }

    /// The wait after the attempt numbered `attempt`, from 1.
    func delay(afterAttempt attempt: Int, using generator: inout some RandomNumberGenerator) -> Duration {
        let ceiling = min(limit, base * (1 << min(max(attempt, 1) - 1, 20)))
        return ceiling * Double.random(in: 0.5...1, using: &generator)
    }
}
