import DequeModule

/// The pool's bookkeeping: pure decisions, no I/O. Guarded by the pool's lock.
///
/// `Waiter` is whatever resumes a waiting task; waiters are served in the order of their coming.
struct PoolState<Connection, Waiter> {
    typealias Instant = ContinuousClock.Instant

    struct Pooled {
        let connection: Connection
        /// When it is to be replaced.
        let expiry: Instant
    }

    private struct Idle {
        let pooled: Pooled
        let since: Instant
    }

    private struct Queued {
        let id: UInt64
        let deadline: Instant
        let waiter: Waiter
    }

    enum Answer {
        case connection(Pooled)
        /// There is room: make a connection, then report by ``connected()`` or ``lost()``.
        case permit
        case wait
        case shutDown
    }

    let maximum: Int
    private var idle: [Idle] = []
    private var queue: Deque<Queued> = []
    /// Idle, lent and being made.
    private(set) var open = 0
    private(set) var isShutDown = false
    var backoff = ConnectBackoff()

    init(maximum: Int) {
        self.maximum = maximum
    }

    var idleCount: Int { idle.count }
    var waitingCount: Int { queue.count }
    var inUseCount: Int { open - idle.count }
    var nextDeadline: Instant? { queue.first?.deadline }

    /// Takes a connection or a permit. Newcomers do not overtake those who wait; connections that broke while idle
    /// (not `isUsable`) are forgotten.
    mutating func request(at now: Instant, isUsable: (Connection) -> Bool) -> Answer {
        guard !isShutDown else {
            return .shutDown
        }
        guard queue.isEmpty else {
            return .wait
        }
        // The most recently used one: its caches are warm, and the others may grow old enough to be closed.
        while let last = idle.popLast() {
            if isUsable(last.pooled.connection), last.pooled.expiry > now {
                return .connection(last.pooled)
            }
            open -= 1
        }
        guard open < maximum else {
            return .wait
        }
        open += 1
        return .permit
    }

    mutating func enqueue(_ waiter: Waiter, id: UInt64, deadline: Instant) {
        queue.append(Queued(id: id, deadline: deadline, waiter: waiter))
    }

    mutating func remove(waiter id: UInt64) -> Waiter? {
        guard let index = queue.firstIndex(where: { $0.id == id }) else {
            return nil
        }
        return queue.remove(at: index).waiter
    }

    /// Those who have waited too long. The deadlines are in the queue's order.
    mutating func expireWaiters(at now: Instant) -> [Waiter] {
        var expired: [Waiter] = []
        while let first = queue.first, first.deadline <= now {
            expired.append(first.waiter)
            queue.removeFirst()
        }
        return expired
    }

    /// Takes a good connection back.
    ///
    /// - Returns: The waiter who gets it, if any; nil when it is idle now, or was dropped.
    mutating func put(_ pooled: Pooled, at now: Instant) -> (waiter: Waiter, answer: Answer)? {
        guard !isShutDown, pooled.expiry > now else {
            return lose()
        }
        if let next = queue.popFirst() {
            return (next.waiter, .connection(pooled))
        }
        idle.append(Idle(pooled: pooled, since: now))
        return nil
    }

    /// Reports that a connection is gone or was never made.
    ///
    /// - Returns: The waiter who may make one instead.
    mutating func lose() -> (waiter: Waiter, answer: Answer)? {
        open -= 1
        guard !isShutDown, let next = queue.popFirst() else {
            return nil
        }
        open += 1
        return (next.waiter, .permit)
    }

    /// Takes out idle connections that are broken, too old, or idle for too long above the minimum.
    ///
    /// - Returns: How many connections are missing from the minimum; for each, the caller has a permit.
    mutating func maintain(
        at now: Instant,
        minimum: Int,
        idleTimeout: Duration,
        isUsable: (Connection) -> Bool
    ) -> Int {
        guard !isShutDown else {
            return 0
        }
        var kept: [Idle] = []
        for (index, entry) in idle.enumerated() {
            let others = inUseCount + kept.count + (idle.count - index - 1)
            let isStale = now - entry.since > idleTimeout && others >= minimum
            if isUsable(entry.pooled.connection), entry.pooled.expiry > now, !isStale {
                kept.append(entry)
            }
        }
        open -= idle.count - kept.count
        idle = kept
        let missing = max(0, min(minimum, maximum) - open)
        open += missing
        return missing
    }

    /// Forgets idle connections and refuses everything from now on.
    ///
    /// - Returns: Those who wait.
    mutating func shutDown() -> [Waiter] {
        isShutDown = true
        open -= idle.count
        idle = []
        defer { queue = [] }
        return queue.map(\.waiter)
    }
}

extension PoolState.Pooled: Sendable where Connection: Sendable {}
