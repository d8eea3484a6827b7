/// What one name of a record is found by: texts of which a question is the beginning.
///
/// Keys are at most ``limit`` characters long. Chinese names are also found by their Pinyin, whole and by initials, in all
/// plausible readings; by any part that begins with a Chinese character or a word.
public struct SearchKeys: Sendable, Hashable {
    /// The name without anything between its words; empty when nothing of it can be looked for.
    public let name: String
    /// What follows each further beginning within the name.
    public let inner: [String]
    /// The syllables without anything between them, the likeliest reading first.
    public let pinyin: [String]
    /// The initials of the syllables, the likeliest reading first.
    public let initials: [String]

    /// The most characters of a key.
    public static let limit = 48
    /// The most readings of a name.
    public static let readingLimit = 6

    /// What kind of name it is, which decides on how it is read.
    public enum Kind: Sendable { case person, other, identifier }

    /// Makes the keys of a name.
    public init(_ text: String, as kind: Kind) {
        let folded = FoldedText(text)
        let joined = folded.joined
        name = String(joined.unicodeScalars.prefix(Self.limit))
        let readings =
            switch kind {
            case .person: ChineseName(text)?.readings
            case .other: Self.readings(of: text)
            case .identifier: [[Pinyin]]?.none
            }
        let chosen = readings.map { Self.combinations(of: $0, atMost: Self.readingLimit) } ?? []
        pinyin = chosen.map { Self.cut($0.map(\.typed).joined()) }.withoutRepetition
        initials = chosen.map { Self.cut(String($0.map(\.initial))) }.withoutRepetition
        inner = kind == .identifier ? [] : Self.inner(of: folded)
    }

    /// The readings of the Chinese characters of a name that is no person's; `nil` when it has none.
    private static func readings(of text: String) -> [[Pinyin]]? {
        let readings = text.unicodeScalars.filter(\.isHan).map { PinyinTable.readings(of: $0) }.filter { !$0.isEmpty }
        return readings.isEmpty ? nil : Array(readings.prefix(limit))
    }

    /// The likeliest reading, then those that differ from it in one place, then in two.
    static func combinations(of readings: [[Pinyin]], atMost limit: Int) -> [[Pinyin]] {
        var found = [readings.compactMap(\.first)]
        var last = found
        for _ in 0..<2 {
            var next: [[Pinyin]] = []
            for combination in last {
                for place in readings.indices where combination[place] == readings[place].first {
                    for other in readings[place].dropFirst() where found.count + next.count < limit {
                        var changed = combination
                        changed[place] = other
                        if !found.contains(changed), !next.contains(changed) { next.append(changed) }
                    }
                }
            }
            found += next
            last = next
        }
        return found
    }

    private static func inner(of folded: FoldedText) -> [String] {
        var beginnings: [Int] = []
        var scalars: [Unicode.Scalar] = []
        for word in folded.words {
            for (place, scalar) in word.unicodeScalars.enumerated() {
                let before = scalars.last
                let isBeginning =
                    place == 0 || scalar.isHan || before.map { $0.isHan || $0.isDigit != scalar.isDigit } ?? true
                if isBeginning, before != nil { beginnings.append(scalars.count) }
                scalars.append(scalar)
            }
        }
        return beginnings.map { String(String.UnicodeScalarView(scalars[$0...].prefix(limit))) }.withoutRepetition
    }

    private static func cut(_ text: String) -> String { String(text.unicodeScalars.prefix(limit)) }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { value >= 0x30 && value <= 0x39 }
}

extension [String] {
    /// The elements in order, each once.
    var withoutRepetition: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
