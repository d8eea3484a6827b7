extension StringProtocol {
    /// How many columns of a terminal the text takes.
    ///
    /// Wide characters (汉字, full-width forms, emoji) take two, combining marks and format characters none.
    /// East Asian Ambiguous characters count one, as terminals draw them by default.
    ///
    /// Source: Unicode Standard Annex 11 (East Asian Width) for the wide ranges, Unicode 16.0.
    var displayWidth: Int {
        reduce(0) { $0 + $1.displayWidth }
    }
}

extension Character {
    /// How many columns of a terminal the character takes: 0, 1 or 2.
    var displayWidth: Int {
        if let ascii = asciiValue { return ascii < 32 || ascii == 127 ? 0 : 1 }
        var width = 0
        var regionalIndicators = 0
        for scalar in unicodeScalars {
            // Variation selector 16 asks for the emoji's picture, which is wide.
            if scalar.value == 0xFE0F, width > 0 { return 2 }
            if (0x1F1E6...0x1F1FF).contains(scalar.value) { regionalIndicators += 1 }
            width = Swift.max(width, scalar.displayWidth)
        }
        return regionalIndicators == 2 ? 2 : width
    }
}

extension Unicode.Scalar {
    /// How many columns the scalar takes when it stands alone: 0, 1 or 2.
    var displayWidth: Int {
        // The vowels and finals of conjoining Hangul are drawn into the block that the leading consonant begins.
        if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value) { return 0 }
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .nonspacingMark, .enclosingMark, .surrogate: return 0
        // The soft hyphen is drawn as a hyphen by terminals.
        case .format: return value == 0xAD ? 1 : 0
        default: return isWide ? 2 : 1
        }
    }

    private var isWide: Bool {
        if value < 0x1100 { return false }
        return properties.isEmojiPresentation || Self.wide.contains { $0.contains(value) }
    }

    /// The ranges of East Asian Width W and F, unassigned characters of the same blocks included; emoji, which are
    /// wide too, are known to the standard library.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F,  // Hangul leading consonants
        0x2329...0x232A,  // angle brackets
        0x2630...0x2637, 0x268A...0x268F,  // trigrams and digrams
        0x2E80...0x303E,  // radicals, ideographic punctuation
        0x3041...0xA4CF,  // kana, bopomofo, enclosed forms, ideographs, Yi
        0xA960...0xA97F,  // Hangul leading consonants, extended
        0xAC00...0xD7A3,  // Hangul syllables
        0xF900...0xFAFF,  // compatibility ideographs
        0xFE10...0xFE19, 0xFE30...0xFE6F,  // vertical and small forms
        0xFF01...0xFF60, 0xFFE0...0xFFE6,  // full-width forms
        0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF,  // Tangut, Khitan, Nüshu, kana supplements
        0x1D300...0x1D376,  // Tai Xuan Jing symbols, counting rods
        0x1F200...0x1F2FF,  // enclosed ideographs
        0x20000...0x2FFFD, 0x30000...0x3FFFD,  // ideographs of planes 2 and 3
    ]
}

extension String {
    /// The text cut to a number of columns, with `…` in place of what was cut.
    func truncated(toWidth limit: Int) -> String {
        if displayWidth <= limit { return self }
        var result = ""
        var width = 0
        for character in self {
            let next = width + character.displayWidth
            if next > limit - 1 { break }
            result.append(character)
            width = next
        }
        return limit > 0 ? result + "…" : ""
    }

    /// The text without what would move the cursor or turn the reading direction.
    ///
    /// Submitted files may hold any character; in a table each must stay in its cell. Control characters become their
    /// picture (`␊`), directional controls the replacement character.
    var printable: String {
        let isClean = unicodeScalars.allSatisfy { $0.value >= 32 && $0.value < 127 || $0.isHarmless }
        if isClean { return self }
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0..<32: result.append(Unicode.Scalar(UInt16(0x2400 + scalar.value)) ?? "�")
            case 127: result.append("␡")
            default: result.append(scalar.isHarmless ? scalar : "�")
            }
        }
        return String(result)
    }
}

extension Unicode.Scalar {
    /// Whether printing the scalar leaves the cursor where it belongs.
    fileprivate var isHarmless: Bool {
        switch value {
        case 0..<32, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: false
        default: true
        }
    }
}
