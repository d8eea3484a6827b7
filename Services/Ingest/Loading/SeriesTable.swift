import DomainModel
import Storage

/// The series that are known, those that a file makes, and which periods of each the file has named so far.
///
/// Memory: about 40 bytes a known series and 25 bytes for each 64 periods of a series that the file names; a file of
/// 20,000 series over 100 months needs two megabytes.
struct SeriesTable {
    /// What is found for the key of a row.
    struct Match {
        /// Number of the series.
        let id: Int64
        /// Whether the series was not known before this file.
        let isFresh: Bool
        /// Whether an earlier row of the file has the same key, period and rank.
        let isRepeated: Bool
    }

    /// Series that the file makes, in the order of their first rows.
    private(set) var made: [SeriesStore.Entry] = []

    private var keys = OpenTable()
    private var ids: [Int64] = []
    private var firstFresh = 0
    private var periods = OpenTable()
    private var seen: [UInt64] = []
    private var numbers: [Int64] = []
    private var nextNumber = 0

    /// Adds a series that was known before.
    mutating func add(_ entry: SeriesStore.Entry) {
        _ = keys.index(of: Self.key(entry.indicator, entry.region, entry.frequency))
        ids.append(entry.id)
        firstFresh = ids.count
    }

    /// How many more series the file can make before numbers must be supplied.
    var sparedNumbers: Int { numbers.count - nextNumber }

    /// Supplies numbers for series that the file makes.
    mutating func supply(_ more: [Int64]) {
        numbers.removeFirst(nextNumber)
        nextNumber = 0
        numbers += more
    }

    /// Finds or makes the series of a row and marks the period as named.
    ///
    /// There must be a number to spare: see ``sparedNumbers``.
    mutating func match(indicator: Int32, region: Int32, period: Period, rank: Int) -> Match {
        let slot = keys.index(of: Self.key(indicator, region, period.frequency))
        if slot == ids.count {
            let id = numbers[nextNumber]
            nextNumber += 1
            ids.append(id)
            made.append(SeriesStore.Entry(id: id, indicator: indicator, region: region, frequency: period.frequency))
        }
        let word =
            UInt64(slot) << 28 | UInt64(truncatingIfNeeded: (period.ordinal >> 6) + (1 << 25)) << 1 | UInt64(rank)
        let index = periods.index(of: word)
        if index == seen.count { seen.append(0) }
        let bit: UInt64 = 1 << UInt64(period.ordinal & 63)
        let isRepeated = seen[index] & bit != 0
        seen[index] |= bit
        return Match(id: ids[slot], isFresh: slot >= firstFresh, isRepeated: isRepeated)
    }

    private static func key(_ indicator: Int32, _ region: Int32, _ frequency: Frequency) -> UInt64 {
        let code: UInt64 =
            switch frequency {
            case .annual: 0
            case .semester: 1
            case .quarterly: 2
            case .monthly: 3
            case .weekly: 4
            case .daily: 5
            }
        return UInt64(UInt32(bitPattern: indicator)) << 35 | UInt64(UInt32(bitPattern: region)) << 3 | code
    }
}

/// Gives each distinct 64-bit key the next number, from 0 on: open addressing with linear probing.
struct OpenTable {
    private var keys: [UInt64] = Array(repeating: 0, count: 1_024)
    private var values: [Int32] = Array(repeating: -1, count: 1_024)
    private var count = 0
    private var lastKey: UInt64 = .max
    private var lastValue = 0

    /// The number of a key; a key that was not seen before gets the number of distinct keys seen so far.
    mutating func index(of key: UInt64) -> Int {
        if key == lastKey, count > 0 { return lastValue }
        if count * 2 >= keys.count { grow() }
        let mask = keys.count - 1
        var slot = Self.hash(key) & mask
        while values[slot] >= 0 {
            if keys[slot] == key {
                (lastKey, lastValue) = (key, Int(values[slot]))
                return lastValue
            }
            slot = (slot + 1) & mask
        }
        keys[slot] = key
        values[slot] = Int32(count)
        (lastKey, lastValue) = (key, count)
        count += 1
        return count - 1
    }

    private mutating func grow() {
        let (oldKeys, oldValues) = (keys, values)
        keys = Array(repeating: 0, count: oldKeys.count * 2)
        values = Array(repeating: -1, count: oldKeys.count * 2)
        let mask = keys.count - 1
        for (key, value) in zip(oldKeys, oldValues) where value >= 0 {
            var slot = Self.hash(key) & mask
            while values[slot] >= 0 { slot = (slot + 1) & mask }
            keys[slot] = key
            values[slot] = value
        }
    }

    // The finaliser of MurmurHash3 (A. Appleby, public domain description): spreads nearby keys.
    private static func hash(_ key: UInt64) -> Int {
        var hash = key
        hash = (hash ^ (hash >> 33)) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ (hash >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return Int(truncatingIfNeeded: (hash ^ (hash >> 33)) & 0x7fff_ffff_ffff_ffff)
    }
}
