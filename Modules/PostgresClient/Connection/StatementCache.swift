/// Which statements a connection has prepared, by SQL and parameter types; the least recently used one goes first.
struct StatementCache {
    struct Key: Hashable {
        let sql: String
        let types: [UInt32]
    }

    enum Decision: Equatable {
        /// Send the SQL itself: the cache is off, or this is the statement's first use.
        case unprepared
        /// Prepare under this name first, after deallocating the other, if any.
        case prepare(name: String, evicting: String?)
        /// Prepared under this name.
        case prepared(name: String)
    }

    private struct Entry {
        var name: String?
        var lastUse: UInt64
    }

    let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var clock: UInt64 = 0
    private var lastName: UInt64 = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Counts a use. A statement is prepared at its second use: most are used once, or thousands of times.
    mutating func use(_ key: Key) -> Decision {
        guard capacity > 0 else {
            return .unprepared
        }
        clock += 1
        if let index = entries.index(forKey: key) {
            // One look-up: hashing the SQL is most of the work.
            entries.values[index].lastUse = clock
            if let name = entries.values[index].name {
                return .prepared(name: name)
            }
            lastName += 1
            return .prepare(name: "s\(lastName)", evicting: nil)
        }
        var evicted: String?
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            evicted = oldest.value.name
            entries[oldest.key] = nil
        }
        entries[key] = Entry(name: nil, lastUse: clock)
        guard let evicted else {
            return .unprepared
        }
        lastName += 1
        return .prepare(name: "s\(lastName)", evicting: evicted)
    }

    mutating func didPrepare(_ key: Key, name: String) {
        entries[key]?.name = name
    }

    /// Forgets one that could not be prepared.
    mutating func forget(_ key: Key) {
        entries[key] = nil
    }

    /// Forgets all, after the server was told to or has told so itself.
    mutating func removeAll() {
        entries.removeAll()
    }

    var isEmpty: Bool { entries.isEmpty }
}
