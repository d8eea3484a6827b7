/// Whether a replica is worth trying: a pure state machine, whose clock is given.
struct ReplicaHealth: Sendable {
    private static let longestPause = Duration.seconds(30)

    private var failures = 0
    private var retryAt: ContinuousClock.Instant?

    func isWorthTrying(at now: ContinuousClock.Instant) -> Bool { retryAt.map { $0 <= now } ?? true }

    /// Notes that the replica answered.
    ///
    /// - Returns: True when it had been out.
    mutating func succeed() -> Bool {
        defer {
            failures = 0
            retryAt = nil
        }
        return failures > 0
    }

    /// Notes that the replica could not be used; the pause doubles, with up to a quarter less so that many clients do
    /// not come back at once.
    ///
    /// - Returns: True when it had not been out.
    mutating func fail(at now: ContinuousClock.Instant, pause: Duration, jitter: Double) -> Bool {
        let longest = min(Self.longestPause, pause * (1 << min(failures, 16)))
        failures += 1
        retryAt = now + longest * (1 - jitter / 4)
        return failures == 1
    }
}
