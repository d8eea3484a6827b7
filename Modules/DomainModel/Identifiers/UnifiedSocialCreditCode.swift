/// The code of a legal person or other organisation (统一社会信用代码): 18 characters.
///
/// Place 1 registering department, 2 category, 3–8 division of the registering authority, 9–17 organisation code with
/// a check character of its own, 18 check character. The letters I, O, S, V and Z are not used.
///
/// Only the province of the division is checked: registering authorities of development zones use codes that
/// GB/T 2260 does not list, such as 320594, and codes outlive their division.
///
/// Source: GB 32100-2015 with amendment 1 of 2016; GB 11714-1997.
public struct UnifiedSocialCreditCode: Identifier {
    /// The kind.
    public static var kind: IdentifierKind { .unifiedSocialCreditCode }
    /// How the code is written.
    public static let notation = IdentifierNotation(alphabet: symbols)

    /// The canonical form.
    public let description: String

    private static let symbols = "0123456789ABCDEFGHJKLMNPQRTUWXY"

    /// The value of each byte, 255 for bytes that are none of the symbols.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, byte) in symbols.utf8.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()

    private static let bytes = Array(symbols.utf8)

    /// 3ⁿ modulo 31 for the places 1–17.
    private static let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

    /// Reads a code; see ``Identifier/init(reading:on:)``.
    public init(reading bytes: [UInt8], on day: CivilDate) throws(IdentifierFault) {
        try bytes.demand(18...18, or: "18")
        var sum = 0
        for place in 0..<18 {
            let value = Self.values[Int(bytes[place])]
            guard value != 255, !(2..<8).contains(place) || value < 10 else { throw .character(place: place + 1) }
            if place < 17 { sum += Int(value) * Self.weights[place] }
        }
        guard Self.departments.keys.contains(bytes[0]) else { throw .form(.registeringDepartment) }
        let division = bytes[2..<8].number
        guard division == Self.nation || DivisionTable.hasProvince(division / 10_000) else {
            throw .divisionUnknown(code: bytes[2..<8].text)
        }
        let organisation = CheckCharacters.organisation(bytes[8..<16])
        guard bytes[16] == organisation else {
            throw .organisationCheckCharacter(expected: organisation.letter)
        }
        let check = Self.bytes[(31 - sum % 31) % 31]
        guard bytes[17] == check else { throw .checkCharacter(expected: check.letter) }
        description = bytes[...].text
    }

    /// The division code of authorities of the whole country.
    private static let nation = 100_000

    /// Department, category, division and organisation code.
    public var parts: [IdentifierPart] {
        let bytes = Array(description.utf8)
        let department = Self.departments[bytes[0]]
        let category = department?.categories[bytes[1]] ?? ("未列类别", "category that the standard does not list")
        let division = bytes[2..<8].number
        let place = division == Self.nation ? "全国" : DivisionTable.fullName(division)
        return [
            IdentifierPart("登记管理部门", "registered by", department?.name.zh ?? "", en: department?.name.en),
            IdentifierPart("机构类别", "category", category.0, en: category.1),
            IdentifierPart("登记机关区划", "division", [bytes[2..<8].text, place].compactMap(\.self).joined(separator: " ")),
            IdentifierPart("组织机构代码", "organisation code", "\(bytes[8..<16].text)-\(bytes[16...16].text)"),
        ]
    }
}

extension UnifiedSocialCreditCode {
    /// A code from its first sixteen characters: both check characters are put behind them.
    ///
    /// - Parameter places: Department, category, division and the first eight characters of the organisation code.
    /// - Returns: The eighteen characters.
    public static func completed(_ places: [UInt8]) -> String {
        let places = places + [CheckCharacters.organisation(places[8..<16])]
        let sum = zip(places, weights).reduce(0) { $0 + Int(values[Int($1.0)]) * $1.1 }
        return (places + [bytes[(31 - sum % 31) % 31]])[...].text
    }
}
