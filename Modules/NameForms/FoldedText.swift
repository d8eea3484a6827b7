/// A text without what people do not mean when they look for it.
///
/// Capitals, width, traditional and Japanese forms, diacritics, invisible characters and punctuation are gone:
/// `Ｊｅａｎ－Ｐｉｅｒｒｅ`, `張·偉` and `O’Neill` become `jean pierre`, `张 伟` and `oneill`. The result is a key and is never shown.
/// Folding a folded text changes nothing.
public struct FoldedText: Sendable, Hashable {
    /// The runs of letters, digits and symbols between blanks and punctuation.
    public let words: [String]

    /// Folds a text; the cost grows with its length.
    public init(_ text: String) {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        func end() {
            if !word.isEmpty { words.append(String(word)) }
            word = String.UnicodeScalarView()
        }
        for scalar in text.unicodeScalars {
            for plain in Self.plain(scalar) {
                switch plain.role {
                case .kept: word.append(plain)
                case .dropped: break
                case .boundary: end()
                }
            }
        }
        end()
        self.words = words
    }

    /// All words without anything between them.
    public var joined: String { words.joined() }

    /// The words, parted once more where Chinese characters meet others: `张wei` has two parts.
    public var parts: [String] {
        words.flatMap { word in
            var parts: [String.UnicodeScalarView] = []
            var wasHan: Bool?
            for scalar in word.unicodeScalars {
                if scalar.isHan != wasHan { parts.append(String.UnicodeScalarView()) }
                wasHan = scalar.isHan
                parts[parts.count - 1].append(scalar)
            }
            return parts.map { String($0) }
        }
    }

    /// The scalars that stand for one.
    private static func plain(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        switch scalar.value {
        case 0x61...0x7A, 0x30...0x39: [scalar]
        case 0xFF01...0xFF5E: plain(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
        default:
            scalar.properties.lowercaseMapping.unicodeScalars.flatMap { small in
                (CompatibilityTable.plain(small)?.unicodeScalars).map(Array.init) ?? [small]
            }.map(SimplifiedTable.simplified)
        }
    }
}

extension Unicode.Scalar {
    /// What becomes of a scalar in a folded text.
    fileprivate enum Role { case kept, dropped, boundary }

    fileprivate var role: Role {
        switch value {
        case 0x61...0x7A, 0x30...0x39, 0x4E00...0x9FFF: return .kept
        // Apostrophes of all kinds join: O'Neill, Xi'an.
        case 0x27, 0x60, 0xB4, 0x2B9...0x2BF, 0x2C8, 0x2018...0x201B, 0x2032, 0x2035: return .dropped
        // Half-width voicing marks of kana.
        case 0xFF9E, 0xFF9F: return .dropped
        default: break
        }
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return .dropped
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .connectorPunctuation, .dashPunctuation,
            .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation, .surrogate,
            .privateUse, .unassigned:
            return .boundary
        default: return .kept
        }
    }

    /// Whether the scalar is a Chinese character.
    var isHan: Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3007, 0x20000...0x323AF, 0xF900...0xFAFF: true
        default: false
        }
    }
}
