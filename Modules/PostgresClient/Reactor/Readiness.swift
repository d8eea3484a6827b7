import CLinuxEvents

/// What a descriptor is waited for, and what it is ready for.
struct Readiness: OptionSet, Sendable, Hashable {
    let rawValue: UInt32

    /// Data, the end of the stream or an error can be read.
    static let readable = Readiness(rawValue: EPOLLIN.rawValue)
    /// The kernel takes more.
    static let writable = Readiness(rawValue: EPOLLOUT.rawValue)

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// A hang-up or an error ends both waits: the next read or write says what it is.
    init(events: UInt32) {
        let isOver = events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0
        self = isOver ? [.readable, .writable] : Readiness(rawValue: events)
    }
}
