/// A name in Chinese characters, parted into surname and given name, and how it is written in Pinyin.
///
/// ```swift
/// ChineseName("单雄信")?.spelling   // "Shan Xiongxin"
/// ChineseName("欧阳文")?.spelling   // "Ouyang Wen"
/// ```
///
/// Source: GB/T 28039-2011. Names of other peoples, whose own spelling the standard asks for, are spelled by their
/// characters, part by part.
public struct ChineseName: Sendable, Hashable {
    /// The surname; empty when the name has parts with dots between them.
    public let surname: String
    /// The given name; for names with dots, their parts with `·` between them.
    public let given: String

    /// The readings of each character in order, the likeliest first; never empty.
    let readings: [[Pinyin]]
    /// The number of characters of the parts of each word of the spelling; only a surname made of two has more than one.
    private let words: [[Int]]

    /// Parts a name; a surname of two characters is known by its look.
    ///
    /// - Returns: `nil` when the text has anything but Chinese characters that have a reading, dots and blanks.
    public init?(_ text: String) {
        var parts: [[Unicode.Scalar]] = [[]]
        for scalar in text.unicodeScalars {
            if scalar.isHan {
                parts[parts.count - 1].append(scalar)
            } else if Self.dots.contains(scalar) {
                parts.append([])
            } else {
                return nil
            }
        }
        parts.removeAll(where: \.isEmpty)
        switch parts.count {
        case 0: return nil
        case 1:
            let whole = parts[0]
            let isCompound = whole.count > 2 && SurnameTable.reading(of: whole[0], whole[1]) != nil
            self.init(surname: whole.prefix(isCompound ? 2 : 1), given: whole.dropFirst(isCompound ? 2 : 1))
        default: self.init(parts: parts)
        }
    }

    /// Makes a name whose surname is known; two surnames side by side are spelled with a hyphen.
    ///
    /// - Returns: `nil` when either has anything but Chinese characters that have a reading.
    public init?(surname: String, given: String) {
        guard !surname.isEmpty, surname.unicodeScalars.allSatisfy(\.isHan), given.unicodeScalars.allSatisfy(\.isHan)
        else {
            return nil
        }
        self.init(surname: Array(surname.unicodeScalars)[...], given: Array(given.unicodeScalars)[...])
    }

    private static let dots: Set<Unicode.Scalar> = [
        "\u{B7}", "\u{2022}", "\u{2027}", "\u{30FB}", "\u{FF0E}", " ", "\u{3000}",
    ]

    private init?(surname: ArraySlice<Unicode.Scalar>, given: ArraySlice<Unicode.Scalar>) {
        var readings: [[Pinyin]] = []
        var lengths: [Int] = []
        var rest = surname
        while let first = rest.first {
            let compound = rest.count > 1 ? SurnameTable.reading(of: first, rest[rest.startIndex + 1]) : nil
            let part = rest.prefix(compound == nil ? 1 : 2)
            for (place, scalar) in part.enumerated() {
                let known = compound.map { [$0[place]] } ?? []
                readings.append(known + SurnameTable.readings(of: scalar) + PinyinTable.readings(of: scalar.known))
            }
            lengths.append(part.count)
            rest = rest.dropFirst(part.count)
        }
        readings += given.map { PinyinTable.readings(of: $0.known) }
        guard readings.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.readings = readings.map(\.withoutRepetition)
        self.surname = String(String.UnicodeScalarView(surname))
        self.given = String(String.UnicodeScalarView(given))
        words = [lengths] + (given.isEmpty ? [] : [[given.count]])
    }

    private init?(parts: [[Unicode.Scalar]]) {
        readings = parts.joined().map { PinyinTable.readings(of: $0.known) }
        guard readings.allSatisfy({ !$0.isEmpty }) else { return nil }
        surname = ""
        given = parts.map { String(String.UnicodeScalarView($0)) }.joined(separator: "·")
        words = parts.map { [$0.count] }
    }

    /// The likeliest syllables.
    public var syllables: [Pinyin] { readings.compactMap(\.first) }

    /// How the name is written: `Lü Lüe`, `Zhao Ping'an`, `Zheng-Li Shufang`.
    ///
    /// Source: GB/T 28039-2011 §5.1.1, §5.1.2.
    public var spelling: String {
        spelled(with: "-") { syllables in
            syllables.dropFirst().reduce(syllables[syllables.startIndex].written.capitalised) {
                $0 + ($1.needsSeparation ? "'" : "") + $1.written
            }
        }
    }

    /// How a passport writes the name: capitals without marks, `LYU LYUE`, `ZHAO PINGAN`.
    ///
    /// Source: GB/T 28039-2011 §6.2.
    public var passportSpelling: String { spelled(with: "") { $0.map(\.capitals).joined() } }

    private func spelled(with sign: String, _ spell: (ArraySlice<Pinyin>) -> String) -> String {
        var rest = syllables[...]
        return words.map { parts in
            parts.map { length in
                defer { rest = rest.dropFirst(length) }
                return spell(rest.prefix(length))
            }.joined(separator: sign)
        }.joined(separator: " ")
    }
}

extension String {
    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}

extension Unicode.Scalar {
    /// The character itself when its reading is known, or else the simplified one.
    fileprivate var known: Unicode.Scalar {
        let plain = CompatibilityTable.plain(self)?.unicodeScalars.first ?? self
        return PinyinTable.usual(of: plain) == nil ? SimplifiedTable.simplified(plain) : plain
    }
}

extension [Pinyin] {
    /// The elements in order, each once, at most four.
    fileprivate var withoutRepetition: [Pinyin] {
        var seen: Set<Pinyin> = []
        return Array(filter { seen.insert($0).inserted }.prefix(4))
    }
}
