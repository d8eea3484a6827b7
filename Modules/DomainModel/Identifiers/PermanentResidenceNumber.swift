/// The number on the identity card of a foreigner who lives in China for good (外国人永久居留身份证).
///
/// The card of 2017 has 15 characters: three letters for the country, four digits for the place of application, six for
/// the day of birth, two more. Only this form is checked, since its check digit is not published. The card of 2023 has
/// 18: `9`, two digits for the province, three for the country, eight for the day of birth, three for the order, and the
/// check character of resident identity numbers. Countries are not looked up.
///
/// Source: National Immigration Administration, rules for the machine-readable data of the card, version 2023, §2–3.
public struct PermanentResidenceNumber: Identifier {
    /// The kind.
    public static var kind: IdentifierKind { .foreignResidence }
    /// How the number is written.
    public static let notation = IdentifierNotation(alphabet: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    /// The canonical form.
    public let description: String

    /// Reads a number; see ``Identifier/init(reading:on:)``.
    public init(reading bytes: [UInt8], on day: CivilDate) throws(IdentifierFault) {
        try bytes.demand(bytes.count == 15 ? 15...15 : 18...18, or: "15/18")
        if bytes.count == 15 {
            for place in 0..<3 where !bytes[place].isCapital { throw .character(place: place + 1) }
            try bytes.demandDigits(3..<15)
            guard DivisionTable.hasProvince(bytes[3..<5].number) else {
                throw .divisionUnknown(code: bytes[3..<5].text)
            }
            guard Self.birthDate(bytes[7..<13], on: day) else { throw .birthDate }
        } else {
            try bytes.demandDigits(0..<17)
            guard bytes[17].isDigit || bytes[17] == UInt8(ascii: "X") else { throw .character(place: 18) }
            guard bytes[0] == UInt8(ascii: "9") else { throw .form(.permanentResidence) }
            guard DivisionTable.hasProvince(bytes[1..<3].number) else {
                throw .divisionUnknown(code: bytes[1..<3].text)
            }
            _ = try CivilDate(birth: bytes[6..<14], on: day)
            let check = CheckCharacters.mod11Radix2(bytes[..<17])
            guard bytes[17] == check else { throw .checkCharacter(expected: check.letter) }
        }
        description = bytes[...].text
    }

    /// Whether six digits are a day of 19xx or 20xx that has come.
    private static func birthDate(_ digits: ArraySlice<UInt8>, on day: CivilDate) -> Bool {
        [19, 20].contains { century in
            let number = digits.number
            return CivilDate(year: century * 100 + number / 10_000, month: number / 100 % 100, day: number % 100)
                .map { $0 <= day } ?? false
        }
    }

    /// The card, the country and the province.
    public var parts: [IdentifierPart] {
        let bytes = Array(description.utf8)
        let isNew = bytes.count == 18
        let province = (isNew ? bytes[1..<3] : bytes[3..<5]).number
        return [
            IdentifierPart("证件版本", "card of", isNew ? "2023" : "2017"),
            IdentifierPart("国家或地区代码", "country code", (isNew ? bytes[3..<6] : bytes[..<3]).text),
            IdentifierPart("受理地", "applied in", DivisionTable.fullName(province * 10_000) ?? ""),
        ]
    }
}
