/// A syllable of Hanyu Pinyin without its tone.
///
/// Source: ISO 7098:2015 §2 and annex A; 汉语拼音方案 (1958).
public struct Pinyin: Sendable, Hashable {
    /// Its number in the table of syllables, from 1.
    let number: UInt16

    init(number: UInt16) { self.number = number }

    /// Reads a syllable such as `zhang`, `lü` or `lv`; `nil` when no character is read so.
    public init?(_ text: String) {
        let letters = text.lowercased().map { $0 == "ü" ? "v" : $0 }
        guard let pinyin = PinyinTable.pinyin(Substring(letters)) else { return nil }
        self = pinyin
    }

    /// The letters that are typed for it: ü is `v`.
    public var typed: String { PinyinTable.letters(of: self) }

    /// How it is written: `lü`.
    public var written: String { typed.contains("v") ? String(typed.map { $0 == "v" ? "ü" : $0 }) : typed }

    /// How capitals without marks write it: `LYU` for lü.
    ///
    /// Source: GB/T 28039-2011 §6.2.
    public var capitals: String { typed.replacing("v", with: "yu").uppercased() }

    /// The first letter: `z` of zhang.
    public var initial: Character { typed.first ?? "?" }

    /// Whether a sign must part it from a syllable before it: it begins with a, o or e.
    ///
    /// Source: ISO 7098:2015 §9.4; 汉语拼音方案 §5.
    var needsSeparation: Bool { "aoe".contains(initial) }
}
