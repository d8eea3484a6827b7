/// What somebody typed into the search box, as the keys that it may be the beginning of.
public struct SearchQuestion: Sendable, Hashable {
    /// The whole text without anything between its words.
    public let whole: String
    /// Readings of it as Pinyin or initials: the letters as they are, ü as `v`, and words in turned order.
    public let pinyin: [String]
    /// The parts that must all occur in a name, the most telling first; one when the text is of one piece.
    public let parts: [String]

    /// The most characters that count.
    public static let limit = SearchKeys.limit

    /// Reads a text.
    ///
    /// - Returns: `nil` when nothing of it can be looked for.
    public init?(_ text: String) {
        let folded = FoldedText(text)
        whole = String(folded.joined.unicodeScalars.prefix(Self.limit))
        if whole.isEmpty { return nil }
        parts = Array(folded.parts.sorted { Self.weight($0) > Self.weight($1) }.prefix(4)).withoutRepetition
        // Folding takes the dots from ü, so it is looked for in the text itself.
        let typed = FoldedText(text.lowercased().replacing("ü", with: "v").replacing("u\u{308}", with: "v"))
        pinyin = Self.pinyin(typed.words)
    }

    /// How few names a part is likely to be in: Chinese characters tell more than letters.
    private static func weight(_ part: String) -> Int {
        part.unicodeScalars.reduce(0) { $0 + ($1.isHan ? 16 : 1) }
    }

    private static func pinyin(_ words: [String]) -> [String] {
        guard !words.isEmpty, words.allSatisfy({ $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } }) else { return [] }
        var orders = [words.joined()]
        if words.count > 1 { orders.append((words.suffix(1) + words.dropLast()).joined()) }
        // lyu and lue can only be lü and lüe; nyu may also be …n yu….
        let plain = orders.map {
            $0.replacing("lyu", with: "lv").replacing("lue", with: "lve").replacing("nue", with: "nve")
        }
        let typed = plain + plain.filter { $0.contains("nyu") }.map { $0.replacing("nyu", with: "nv") }
        return typed.map { String($0.unicodeScalars.prefix(limit)) }.withoutRepetition
    }
}
