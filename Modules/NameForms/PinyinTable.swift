/// The readings of Chinese characters without tones, ü written `v`.
///
/// All of the block U+4E00–U+9FFF that has a reading, and the other characters of the 通用规范汉字表 of 2013.
enum PinyinTable {
    /// The readings of a character, the usual one first, at most four; none when it is no Chinese character known here.
    ///
    /// One look-up in an array, and one in a table of some eight hundred characters that have more than one reading.
    static func readings(of scalar: Unicode.Scalar) -> [Pinyin] {
        guard let usual = usual(of: scalar) else { return [] }
        return [usual] + (tables.others[scalar] ?? [])
    }

    /// The usual reading of a character.
    static func usual(of scalar: Unicode.Scalar) -> Pinyin? {
        let number = Int(scalar.value) - first
        let place = number >= 0 && number < count ? tables.block[number] : tables.beyond[scalar] ?? 0
        return place == 0 ? nil : Pinyin(number: place)
    }

    /// The letters of a syllable.
    static func letters(of pinyin: Pinyin) -> String { tables.syllables[Int(pinyin.number)] }

    /// The syllable that letters are, all small and ü written `v`.
    static func pinyin(_ letters: Substring) -> Pinyin? { tables.numbers[letters].map { Pinyin(number: $0) } }

    private static let first = 0x4E00
    private static let count = 0x9FFF - first + 1
    private static let tables = Tables()

    private struct Tables: Sendable {
        /// The number of the usual reading by the distance from the first character; 0 when there is none.
        var block = [UInt16](repeating: 0, count: count)
        /// The usual reading of characters outside of the block.
        var beyond: [Unicode.Scalar: UInt16] = [:]
        var others: [Unicode.Scalar: [Pinyin]] = [:]
        /// The letters by number; the first is no syllable.
        var syllables = [""]
        var numbers: [Substring: UInt16] = [:]

        init() {
            for (scalar, number) in [usualAtoJ, usualKtoR, usualStoZ].flatMap({ entries(of: $0) }) {
                let place = Int(scalar.value) - first
                if place >= 0, place < count { block[place] = number } else { beyond[scalar] = number }
            }
            for (scalar, number) in entries(of: PinyinTable.others) {
                others[scalar, default: []].append(Pinyin(number: number))
            }
        }

        /// Reads texts such as `ai哀哎 an安`; a line without letters goes on with the syllable before.
        private mutating func entries(of text: String) -> [(Unicode.Scalar, UInt16)] {
            var entries: [(Unicode.Scalar, UInt16)] = []
            entries.reserveCapacity(text.utf8.count / 3)
            var letters = ""
            var number: UInt16 = 0
            for scalar in text.unicodeScalars {
                if scalar.isASCII {
                    if scalar.value > 0x20 { letters.unicodeScalars.append(scalar) }
                    continue
                }
                if !letters.isEmpty {
                    number = self.number(of: letters)
                    letters = ""
                }
                entries.append((scalar, number))
            }
            return entries
        }

        private mutating func number(of letters: String) -> UInt16 {
            if let known = numbers[letters[...]] { return known }
            let number = UInt16(syllables.count)
            syllables.append(letters)
            numbers[letters[...]] = number
            return number
        }
    }
}
