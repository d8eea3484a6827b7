import HeapModule

/// What is to be done when, the soonest first.
struct TimerQueue {
    typealias Instant = ContinuousClock.Instant

    private struct Entry: Comparable {
        let due: Instant
        let id: UInt64

        static func < (one: Entry, other: Entry) -> Bool { (one.due, one.id) < (other.due, other.id) }
    }

    private var entries = Heap<Entry>()
    /// Entries without an action were cancelled; they leave the heap when they are due or too many.
    private var actions: [UInt64: @Sendable () -> Void] = [:]
    private var lastID: UInt64 = 0

    /// - Returns: The number to cancel it by.
    mutating func add(due: Instant, _ action: @escaping @Sendable () -> Void) -> UInt64 {
        lastID += 1
        entries.insert(Entry(due: due, id: lastID))
        actions[lastID] = action
        return lastID
    }

    mutating func cancel(_ id: UInt64) {
        actions[id] = nil
        if entries.count > 64, entries.count > 2 * actions.count {
            entries = Heap(entries.unordered.filter { actions[$0.id] != nil })
        }
    }

    /// When the next action is due; may be early by a cancelled one.
    var nextDue: Instant? { entries.min?.due }

    /// Takes out the actions that are due, in the order of their times.
    mutating func takeDue(at now: Instant) -> [@Sendable () -> Void] {
        var due: [@Sendable () -> Void] = []
        while let first = entries.min, first.due <= now {
            entries.removeMin()
            if let action = actions.removeValue(forKey: first.id) {
                due.append(action)
            }
        }
        return due
    }
}
