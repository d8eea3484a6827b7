/// Traditional, variant and Japanese forms of Chinese characters, and the simplified one that stands for them.
///
/// A key for finding, not a translation: 乾 becomes 干 everywhere, so both are found by either.
enum SimplifiedTable {
    /// The simplified form; the scalar itself when it has none.
    static func simplified(_ scalar: Unicode.Scalar) -> Unicode.Scalar { table[scalar] ?? scalar }

    private static let table: [Unicode.Scalar: Unicode.Scalar] = {
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        table.reserveCapacity(4_500)
        for token in pairs.split(whereSeparator: \.isWhitespace) {
            let scalars = Array(token.unicodeScalars)
            if scalars.count == 2 { table[scalars[0]] = scalars[1] }
        }
        return table
    }()
}
