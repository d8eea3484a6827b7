import Synchronization

/// How many events may be on their way at the same time.
final class SendingPlaces: Sendable {
    private let count: Mutex<Int>

    init(_ count: Int) { self.count = Mutex(count) }

    /// How many more may go.
    var free: Int { count.withLock { $0 } }

    func take() { count.withLock { $0 -= 1 } }
    func leave() { count.withLock { $0 += 1 } }
}
