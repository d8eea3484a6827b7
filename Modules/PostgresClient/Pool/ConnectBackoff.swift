/// How long to wait before connecting again: nothing after a success, else from 50 ms up to 2 s, doubled with each
/// failure.
struct ConnectBackoff {
    private var failures = 0
    private var lastFailure: ContinuousClock.Instant?

    /// True after a failure, until a success.
    var isActive: Bool { failures > 0 }

    mutating func succeeded() {
        failures = 0
        lastFailure = nil
    }

    mutating func failed(at now: ContinuousClock.Instant) {
        failures += 1
        lastFailure = now
    }

    /// The pause at this moment; the jitter, a factor up to 1, is drawn anew for each attempt: a server that comes back
    /// is not to be met by everybody at once.
    func pause(at now: ContinuousClock.Instant, jitter: () -> Double) -> Duration {
        guard let lastFailure else {
            return .zero
        }
        let whole = min(2, 0.05 * Double(1 << min(failures - 1, 10)))
        return max(.zero, lastFailure + .seconds(whole * jitter()) - now)
    }
}
