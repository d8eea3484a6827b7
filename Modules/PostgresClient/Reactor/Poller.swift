import CLinuxEvents
import Glibc

/// An epoll set, and the descriptor that ends its wait from another thread.
struct Poller: Sendable {
    /// The token of the descriptor that wakes.
    static let wakeToken: UInt64 = 0

    private let set: CInt
    private let wakeDescriptor: CInt

    /// Opens both.
    ///
    /// - Returns: Nil when the process has no descriptor left.
    init?() {
        set = epoll_create1(CInt(EPOLL_CLOEXEC))
        wakeDescriptor = eventfd(0, CInt(EFD_CLOEXEC) | CInt(EFD_NONBLOCK))
        // Edge-triggered, so that it need not be read: each write is an event.
        let edge = Readiness(rawValue: Readiness.readable.rawValue | EPOLLET.rawValue)
        guard set >= 0, wakeDescriptor >= 0, add(wakeDescriptor, for: edge, token: Self.wakeToken) else {
            _ = Glibc.close(set)
            _ = Glibc.close(wakeDescriptor)
            return nil
        }
    }

    /// Ends the wait, or the next one. May be called from any thread.
    func wake() {
        var one: UInt64 = 1
        _ = Glibc.write(wakeDescriptor, &one, MemoryLayout.size(ofValue: one))
    }

    /// - Returns: False when the kernel has no room.
    func add(_ descriptor: CInt, for readiness: Readiness, token: UInt64) -> Bool {
        control(EPOLL_CTL_ADD, descriptor, readiness, token)
    }

    /// - Returns: False when the descriptor is not watched.
    func change(_ descriptor: CInt, to readiness: Readiness, token: UInt64) -> Bool {
        control(EPOLL_CTL_MOD, descriptor, readiness, token)
    }

    /// Must come before the descriptor is closed, or not at all: its number may be another file's afterwards.
    func remove(_ descriptor: CInt) {
        _ = control(EPOLL_CTL_DEL, descriptor, [], 0)
    }

    private func control(_ operation: CInt, _ descriptor: CInt, _ readiness: Readiness, _ token: UInt64) -> Bool {
        var event = epoll_event(events: readiness.rawValue, data: epoll_data_t(u64: token))
        return epoll_ctl(set, operation, descriptor, &event) == 0
    }

    /// Waits for events.
    ///
    /// - Parameters:
    ///   - events: Where they are put; its count is the most that are taken.
    ///   - timeout: In milliseconds; -1 for none.
    /// - Returns: How many came; 0 also after a signal.
    func wait(_ events: inout [epoll_event], timeout: CInt) -> Int {
        max(0, Int(epoll_wait(set, &events, CInt(events.count), timeout)))
    }
}
