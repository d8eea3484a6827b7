/// The number of a passport; only its form is checked.
///
/// Travel documents of all countries have up to nine capitals and digits. Six at least, one of them a digit, are asked
/// for here, so that a word is not taken for a number. Chinese series are named.
///
/// Source: ICAO Doc 9303-4, 8th edition, §4.2.2 (document number); announcement of the Ministry of Public Security of
/// 2017-04 on the numbers of electronic passports.
public struct PassportNumber: Identifier {
    /// The kind.
    public static var kind: IdentifierKind { .passport }
    /// How the number is written.
    public static let notation = IdentifierNotation(alphabet: "")

    /// The canonical form.
    public let description: String

    /// Reads a number; see ``Identifier/init(reading:on:)``.
    public init(reading bytes: [UInt8], on day: CivilDate) throws(IdentifierFault) {
        try bytes.demand(6...9, or: "6–9")
        for place in bytes.indices where !bytes[place].isDigit && !bytes[place].isCapital {
            throw .character(place: place + 1)
        }
        guard bytes.contains(where: \.isDigit) else { throw .form(.passport) }
        description = bytes[...].text
    }

    /// The Chinese series that the number looks like, or that it looks like none.
    public var parts: [IdentifierPart] {
        let series = Self.series.first { $0.matches(Array(description.utf8)) }
        return [
            IdentifierPart(
                "号码样式",
                "looks like",
                series?.name.zh ?? "其他国家或地区的护照",
                en: series?.name.en ?? "a passport of another country or region"
            )
        ]
    }

    /// A beginning and the number of digits behind it; `?` is any capital but I and O.
    private struct Series: Sendable {
        let beginning: [UInt8]
        let digits: ClosedRange<Int>
        let name: LocalizedText

        init(_ beginning: String, _ digits: ClosedRange<Int>, _ zh: String, _ en: String) {
            self.beginning = Array(beginning.utf8)
            self.digits = digits
            name = LocalizedText(zh: zh, en: en)
        }

        func matches(_ bytes: [UInt8]) -> Bool {
            guard digits.contains(bytes.count - beginning.count) else { return false }
            return zip(beginning, bytes).allSatisfy { wanted, byte in
                wanted == UInt8(ascii: "?")
                    ? byte.isCapital && byte != UInt8(ascii: "I") && byte != UInt8(ascii: "O") : wanted == byte
            } && bytes[beginning.count...].allSatisfy(\.isDigit)
        }
    }

    private static let series = [
        Series("DE", 7...7, "外交电子护照", "a Chinese diplomatic passport"),
        Series("SE", 7...7, "公务电子护照", "a Chinese service passport"),
        Series("PE", 7...7, "公务普通电子护照", "a Chinese passport for public affairs"),
        Series("MA", 7...7, "澳门特别行政区护照", "a passport of the Macao Special Administrative Region"),
        Series("E", 8...8, "普通电子护照", "a Chinese ordinary electronic passport"),
        Series("E?", 7...7, "普通电子护照", "a Chinese ordinary electronic passport"),
        Series("G", 8...8, "普通护照", "a Chinese ordinary passport"),
        Series("14", 7...7, "普通护照（旧）", "an old Chinese ordinary passport"),
        Series("15", 7...7, "普通护照（旧）", "an old Chinese ordinary passport"),
        Series("K", 8...8, "香港特别行政区护照", "a passport of the Hong Kong Special Administrative Region"),
        Series("H", 8...8, "香港特别行政区护照", "a passport of the Hong Kong Special Administrative Region"),
        Series("D", 7...8, "外交护照", "a Chinese diplomatic passport"),
        Series("S", 7...8, "公务护照", "a Chinese service passport"),
        Series("P", 7...8, "公务普通护照", "a Chinese passport for public affairs"),
    ]
}
