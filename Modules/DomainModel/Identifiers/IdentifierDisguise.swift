/// A way of writing that looks right to people and is wrong to programs.
public enum IdentifierDisguise: Sendable, Hashable {
    /// Characters as wide as Chinese ones.
    case fullWidth
    /// Small letters for capitals.
    case smallLetters
    /// U+FEFF at the beginning, as some programs put it there.
    case byteOrderMark
    /// A character that nobody sees, at a place; 1 is the first.
    case invisible(scalar: UInt32, place: Int)
    /// Quotation marks or an apostrophe around the text.
    case quotes
    /// Blanks or line ends before or behind the text.
    case outerBlanks
    /// Blanks or hyphens within the text.
    case separators
    /// A dash that is no hyphen.
    case dash

    /// What it is called.
    public var text: LocalizedText {
        switch self {
        case .fullWidth: LocalizedText(zh: "含全角字符", en: "full-width characters")
        case .smallLetters: LocalizedText(zh: "含小写字母", en: "small letters")
        case .byteOrderMark: LocalizedText(zh: "开头有字节序标记 U+FEFF", en: "a byte order mark U+FEFF at the beginning")
        case .invisible(let scalar, let place):
            LocalizedText(
                zh: "第 \(place) 个字符不可见：U+\(Self.hex(scalar))",
                en: "an invisible character U+\(Self.hex(scalar)) at place \(place)"
            )
        case .quotes: LocalizedText(zh: "两端有引号", en: "quotation marks around it")
        case .outerBlanks: LocalizedText(zh: "两端有空白", en: "blanks around it")
        case .separators: LocalizedText(zh: "中间有空格或连字符", en: "blanks or hyphens within it")
        case .dash: LocalizedText(zh: "横线不是连字符 U+002D", en: "a dash that is not the hyphen U+002D")
        }
    }

    private static func hex(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

/// A text without its disguises.
struct PlainText {
    /// The text in ASCII; 255 stands for any character that ASCII does not have.
    private(set) var bytes: [UInt8] = []
    /// What was taken away, each kind once.
    private(set) var disguises: [IdentifierDisguise] = []

    /// Takes the disguises off a text, but leaves blanks and hyphens within it.
    init(of text: [UInt8], _ notation: IdentifierNotation) {
        let keepsOthers = !notation.isUpperCase
        for (index, scalar) in String(decoding: text, as: UTF8.self).unicodeScalars.enumerated() {
            switch scalar.value {
            case 0xFEFF where index == 0: note(.byteOrderMark)
            case 0xFF01...0xFF5E:
                note(.fullWidth)
                bytes.append(UInt8(scalar.value - 0xFEE0))
            case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63:
                note(.dash)
                bytes.append(UInt8(ascii: "-"))
            case 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: bytes.append(UInt8(ascii: " "))
            case 0x2018...0x201F, 0x300C...0x300F: bytes.append(UInt8(ascii: "\""))
            case 0..<0x80: bytes.append(UInt8(scalar.value))
            default:
                if scalar.properties.generalCategory == .format {
                    note(.invisible(scalar: scalar.value, place: index + 1))
                } else if keepsOthers {
                    bytes += Array(String(scalar).utf8)
                } else {
                    bytes.append(255)
                }
            }
        }
        trim()
        if notation.isUpperCase, bytes.contains(where: { $0 &- 0x61 <= 25 }) {
            note(.smallLetters)
            for place in bytes.indices where bytes[place] &- 0x61 <= 25 { bytes[place] &= 0xDF }
        }
    }

    /// Takes away blanks and hyphens within the text, where they are a slip.
    mutating func close(_ notation: IdentifierNotation) {
        guard notation.isUnbroken, bytes.contains(where: Self.isSeparator) else { return }
        note(.separators)
        bytes.removeAll(where: Self.isSeparator)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-") }

    private mutating func note(_ disguise: IdentifierDisguise) {
        if disguises.count < 8, !disguises.contains(disguise) { disguises.append(disguise) }
    }

    /// Takes blanks and quotation marks off both ends.
    private mutating func trim() {
        var range = bytes[...]
        func isQuote(_ byte: UInt8?) -> Bool {
            byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`")
        }
        func isBlank(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: " ") }
        while isQuote(range.first) || isBlank(range.first) {
            note(isQuote(range.removeFirst()) ? .quotes : .outerBlanks)
        }
        while isQuote(range.last) || isBlank(range.last) {
            note(isQuote(range.removeLast()) ? .quotes : .outerBlanks)
        }
        bytes = Array(range)
    }
}
