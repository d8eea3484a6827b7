/// The identity number of a citizen (公民身份号码): 18 places.
///
/// Places 1–6 division of the first registration, 7–14 day of birth, 15–17 order, odd for men, 18 check character. The
/// division may have been retired since. Residents of Hong Kong, Macao and Taiwan have 810000, 820000 and 830000.
///
/// Source: GB 11643-1999 (the check of ISO/IEC 7064 MOD 11-2); State Council order of 2018-08-19 on residence permits.
public struct ResidentIdentityNumber: Identifier {
    /// The kind.
    public static var kind: IdentifierKind { .residentIdentity }
    /// How the number is written.
    public static let notation = IdentifierNotation(alphabet: "0123456789X")

    /// The canonical form.
    public let description: String
    /// The day of birth.
    public let birthDate: CivilDate

    /// Reads a number; see ``Identifier/init(reading:on:)``.
    public init(reading bytes: [UInt8], on day: CivilDate) throws(IdentifierFault) {
        try bytes.demand(18...18, or: "18")
        try bytes.demandDigits(0..<17)
        guard bytes[17].isDigit || bytes[17] == UInt8(ascii: "X") else { throw .character(place: 18) }
        let division = bytes[..<6].number
        guard DivisionTable.wasEverInForce(division) || division == Self.taiwanResidents else {
            throw .divisionUnknown(code: bytes[..<6].text)
        }
        birthDate = try CivilDate(birth: bytes[6..<14], on: day)
        let check = CheckCharacters.mod11Radix2(bytes[..<17])
        guard bytes[17] == check else { throw .checkCharacter(expected: check.letter) }
        description = bytes[...].text
    }

    private static let taiwanResidents = 830_000

    /// The 18 places of a number of 15, the form of cards before 1999; births of 19xx.
    ///
    /// - Returns: `nil` when it was no number of 15 places either.
    static func lengthened(_ old: [UInt8], on day: CivilDate) -> ResidentIdentityNumber? {
        guard old.count == 15, old.allSatisfy(\.isDigit) else { return nil }
        var bytes = Array(old[..<6]) + Array("19".utf8) + Array(old[6...])
        bytes.append(CheckCharacters.mod11Radix2(bytes[...]))
        return try? ResidentIdentityNumber(reading: bytes, on: day)
    }

    /// Division, day of birth and sex.
    public var parts: [IdentifierPart] {
        let bytes = Array(description.utf8)
        let division = bytes[..<6].number
        let isMan = bytes[16] & 1 == 1
        let name = division == Self.taiwanResidents ? "台湾居民" : DivisionTable.fullName(division) ?? ""
        return [
            IdentifierPart("首次登记地", "first registered in", "\(bytes[..<6].text) \(name)"),
            IdentifierPart("出生日期", "born on", birthDate.text),
            IdentifierPart("性别", "sex", isMan ? "男" : "女", en: isMan ? "male" : "female"),
        ]
    }
}

extension CivilDate {
    /// Reads eight digits as a day of birth, not before 1800 and not after the day.
    init(birth digits: ArraySlice<UInt8>, on day: CivilDate) throws(IdentifierFault) {
        let number = digits.number
        guard number >= 18_000_000,
            let date = CivilDate(year: number / 10_000, month: number / 100 % 100, day: number % 100)
        else { throw .birthDate }
        guard date <= day else { throw .birthDateInFuture }
        self = date
    }

    /// ISO 8601: `2026-07-01`.
    var text: String {
        let (year, month, day) = components
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

extension ResidentIdentityNumber {
    /// A number from its first seventeen digits: the check character is put behind them.
    public static func completed(_ places: [UInt8]) -> String {
        (places + [CheckCharacters.mod11Radix2(places[...])])[...].text
    }
}
