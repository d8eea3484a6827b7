/// A Chinese patent number: of an application, of the patent granted on it, or of a published document.
///
/// Applications have 8 digits (1985–2003: year, kind, five for the order) or 12 (since October 2003: year, kind, seven
/// for the order); a point and a check character follow, with `ZL` before a granted patent and `CN` for the country.
/// The check character may be missing, as in all numbers before 1989; then nothing but the form is checked. Single
/// blanks stand where ZC 0006 allows them. Documents are `CN`, 7 or 9 digits and a letter, or 8 digits before 1989.
///
/// Source: ZC 0006-2003 §4–§6 (application numbers); ZC 0007-2012 §4 and ZC 0008-2012 (document numbers and kinds).
public struct PatentNumber: Identifier {
    /// What the number names.
    public enum Subject: Sendable, Hashable {
        /// An application, or a patent by the number of its application.
        case application(checked: Bool)
        /// A published document.
        case document
    }

    /// The kind.
    public static var kind: IdentifierKind { .patent }
    /// How the number is written.
    public static let notation = IdentifierNotation(alphabet: "0123456789X")

    /// The canonical form.
    public let description: String
    /// What the number names.
    public let subject: Subject

    /// Reads a number; see ``Identifier/init(reading:on:)``.
    public init(reading bytes: [UInt8], on day: CivilDate) throws(IdentifierFault) {
        if bytes.isEmpty { throw .empty }
        if bytes.count > 24 { throw .length(given: bytes.count, expected: "≤24") }
        let prefix = [Array("ZL".utf8), Array("CN".utf8)].first { bytes.starts(with: $0) } ?? []
        var rest = bytes[prefix.count...]
        if !prefix.isEmpty, rest.first == UInt8(ascii: " ") { rest = rest.dropFirst() }
        if prefix == Array("CN".utf8), let last = rest.last,
            last.isCapital && last != UInt8(ascii: "X")
                || rest.dropLast().last.map({ $0.isCapital && $0 != UInt8(ascii: "X") }) == true && last.isDigit
        {
            subject = .document
            description = "CN" + (try Self.document(rest)).text
            return
        }
        let number = try Self.withoutBlanks(rest)
        let digits = number.prefix { $0.isDigit }
        let behind = number.dropFirst(digits.count)
        try Self.demandApplication(Array(digits), behind: behind, on: day)
        subject = .application(checked: !behind.isEmpty)
        description = (prefix[...].text) + number[...].text
    }

    /// Takes away the blanks between year and kind, and between kind and order.
    private static func withoutBlanks(_ bytes: ArraySlice<UInt8>) throws(IdentifierFault) -> [UInt8] {
        let blank = UInt8(ascii: " ")
        let pieces = bytes.split(separator: blank, omittingEmptySubsequences: false)
        guard pieces.count > 1 else { return Array(bytes) }
        let counts = pieces.map { piece in piece.prefix { $0.isDigit }.count }
        let isAllowed = [[4, 1, 7], [4, 8], [5, 7], [2, 1, 5], [2, 6], [3, 5]].contains(counts)
        guard isAllowed else { throw .form(.patent) }
        return Array(pieces.joined())
    }

    private static func demandApplication(
        _ digits: [UInt8],
        behind: ArraySlice<UInt8>,
        on day: CivilDate
    ) throws(IdentifierFault) {
        let isPointMissing =
            [9, 13].contains(digits.count) && behind.isEmpty
            || [8, 12].contains(digits.count) && behind.count == 1 && behind.first == UInt8(ascii: "X")
        if isPointMissing { throw .form(.patentPoint) }
        guard [8, 12].contains(digits.count) else { throw .form(.patent) }
        let isOld = digits.count == 8
        let year = isOld ? 1_900 + digits[..<2].number : digits[..<4].number
        // Two digits of a year: 85–99, and 00–03 of this century.
        let isYearPossible =
            isOld
            ? (1_985...1_999).contains(year) || (1_900...1_903).contains(year)
            : year >= 2_003 && year <= day.components.year
        guard isYearPossible else { throw .form(.patentYear) }
        guard [1, 2, 3, 8, 9].contains(digits[isOld ? 2 : 4] & 15) else { throw .form(.patentKind) }
        if behind.isEmpty { return }
        guard behind.count == 2, behind.first == UInt8(ascii: "."), let given = behind.last,
            given.isDigit || given == UInt8(ascii: "X")
        else { throw .form(.patent) }
        let check = CheckCharacters.patent(digits[...])
        guard given == check else { throw .checkCharacter(expected: check.letter) }
    }

    private static func document(_ bytes: ArraySlice<UInt8>) throws(IdentifierFault) -> ArraySlice<UInt8> {
        let digits = bytes.prefix { $0.isDigit }
        let letters = bytes.dropFirst(digits.count)
        guard [7, 8, 9].contains(digits.count), (1...2).contains(letters.count), let letter = letters.first else {
            throw .form(.patent)
        }
        // In 1985–1988 documents had the number of the application, whose third digit is the kind.
        let kind = digits.count == 8 ? digits.dropFirst(2).first : digits.first
        let allowed: String.UTF8View
        switch kind {
        case UInt8(ascii: "1"): allowed = "ABC".utf8
        case UInt8(ascii: "2"): allowed = "UY".utf8
        case UInt8(ascii: "3"): allowed = "SD".utf8
        default: throw .form(.patentDocumentKind)
        }
        guard allowed.contains(letter) else { throw .form(.patentDocumentKind) }
        return bytes
    }

    /// Year and kind of an application, or the kind of a document.
    public var parts: [IdentifierPart] {
        let bytes = Array(description.utf8)
        let digits = Array(bytes.drop { !$0.isDigit })
        guard case .application(let isChecked) = subject else {
            return [IdentifierPart("类型", "names", "专利文献", en: "a published document")]
        }
        let isOld = digits.prefix(while: \.isDigit).count == 8
        let short = digits[..<2].number
        let year = isOld ? (short < 85 ? 2_000 : 1_900) + short : digits[..<4].number
        let kinds: [UInt8: (String, String)] = [
            1: ("发明", "invention"), 2: ("实用新型", "utility model"), 3: ("外观设计", "design"),
            8: ("进入国家阶段的 PCT 发明", "invention from PCT"), 9: ("进入国家阶段的 PCT 实用新型", "utility model from PCT"),
        ]
        let kind = kinds[digits[isOld ? 2 : 4] & 15] ?? ("", "")
        let check = CheckCharacters.patent(digits[..<(isOld ? 8 : 12)])
        return [
            IdentifierPart("申请年", "year", String(year)),
            IdentifierPart("种类", "kind", kind.0, en: kind.1),
            isChecked
                ? IdentifierPart("校验码", "check character", "相符", en: "matches")
                : IdentifierPart(
                    "校验码",
                    "check character",
                    "未给出，应为 \(check.letter)",
                    en: "not given, it is \(check.letter)"
                ),
        ]
    }
}
