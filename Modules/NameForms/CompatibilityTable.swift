/// Forms that only look different: what NFKC and the loss of diacritics make of them.
///
/// Covered are Latin, Greek, Cyrillic, Han, kana and symbols; scripts written from right to left and Hangul stay.
enum CompatibilityTable {
    /// The plain text of a small letter or symbol; `nil` when it is plain already.
    static func plain(_ scalar: Unicode.Scalar) -> Substring? { table[scalar] }

    private static let table: [Unicode.Scalar: Substring] = {
        var table: [Unicode.Scalar: Substring] = [:]
        table.reserveCapacity(4_000)
        for token in forms.split(whereSeparator: \.isWhitespace) {
            guard let source = token.unicodeScalars.first else { continue }
            table[source] = Substring(token.unicodeScalars.dropFirst())
        }
        return table
    }()
}
