public import DomainModel
import Glibc

/// Tells the time; handed to plugins so that a test can set it.
///
///     let clock = PlatformClock { Instant("2026-07-01T00:00:00Z")! }
public struct PlatformClock: Sendable {
    private let read: @Sendable () -> Instant

    /// Makes a clock that answers what `read` gives.
    public init(_ read: @escaping @Sendable () -> Instant) { self.read = read }

    /// The present instant.
    public var now: Instant { read() }

    /// The machine's clock, to the microsecond.
    public static let system = PlatformClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microsecondsSince1970: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}
