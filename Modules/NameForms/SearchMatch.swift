/// How well a name answers a question; smaller is better.
///
/// Raw values are stable: SQL ranks by the same numbers.
public enum SearchRank: Int16, Sendable, Codable, CaseIterable, Comparable {
    /// The name is what was asked for.
    case exact = 1
    /// The name begins with it.
    case prefix = 2
    /// Its Pinyin begins with it.
    case pinyin = 3
    /// The initials of its Pinyin begin with it.
    case initials = 4
    /// It occurs within the name.
    case overlap = 5

    /// Whether a rank is better than another.
    public static func < (left: SearchRank, right: SearchRank) -> Bool { left.rawValue < right.rawValue }
}

/// The best way in which a name answers a question.
public struct SearchMatch: Sendable, Hashable, Comparable {
    /// How well.
    public let rank: SearchRank
    /// The key that answers; among equals, the first in the order of UTF-8 stands first.
    public let key: String

    /// Makes a match of its parts.
    public init(rank: SearchRank, key: String) {
        self.rank = rank
        self.key = key
    }

    /// Better ranks first, then by key.
    public static func < (left: SearchMatch, right: SearchMatch) -> Bool {
        left.rank != right.rank
            ? left.rank < right.rank : left.key.utf8.lexicographicallyPrecedes(right.key.utf8)
    }
}

extension SearchQuestion {
    /// The best match of a name, or `nil` when it does not answer; the ranking that SQL follows.
    public func match(_ keys: SearchKeys) -> SearchMatch? {
        var found: [SearchMatch] = []
        func offer(_ rank: SearchRank, _ candidates: [String], _ beginnings: [String]) {
            for key in candidates where beginnings.contains(where: { key.hasBeginning($0) }) {
                found.append(SearchMatch(rank: rank, key: key))
            }
        }
        if !keys.name.isEmpty, keys.name == whole { return SearchMatch(rank: .exact, key: whole) }
        offer(.prefix, [keys.name], [whole])
        offer(.pinyin, keys.pinyin, pinyin)
        offer(.initials, keys.initials, pinyin)
        let within = keys.inner + [keys.name]
        if parts.count > 1 {
            let isWhole = parts.dropFirst().allSatisfy { part in
                ([keys.name] + keys.pinyin).contains { $0.hasPart(part) }
            }
            if isWhole { offer(.overlap, within, [parts[0]]) }
        } else {
            offer(.overlap, keys.inner, [whole])
        }
        return found.min()
    }
}

extension String {
    fileprivate var bytes: [UInt8] { Array(utf8) }

    /// Whether the text begins with another, scalar for scalar.
    fileprivate func hasBeginning(_ other: String) -> Bool { utf8.starts(with: other.utf8) }

    /// Whether another text occurs within, scalar for scalar.
    fileprivate func hasPart(_ other: String) -> Bool {
        let bytes = bytes
        let part = other.bytes
        guard bytes.count >= part.count else { return false }
        return (0...(bytes.count - part.count)).contains { bytes[$0..<($0 + part.count)].elementsEqual(part) }
    }
}
