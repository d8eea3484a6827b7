/// The identifier of a legal entity in financial transactions (LEI): 18 capitals and digits, two check digits.
///
/// Source: ISO 17442-1:2020 §4 (ISO/IEC 7064 MOD 97-10).
public struct LegalEntityIdentifier: Identifier {
    /// The kind.
    public static var kind: IdentifierKind { .lei }
    /// How the identifier is written.
    public static let notation = IdentifierNotation(alphabet: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    /// The canonical form.
    public let description: String

    /// Reads an identifier; see ``Identifier/init(reading:on:)``.
    public init(reading bytes: [UInt8], on day: CivilDate) throws(IdentifierFault) {
        try bytes.demand(20...20, or: "20")
        for place in 0..<18 where !bytes[place].isDigit && !bytes[place].isCapital {
            throw .character(place: place + 1)
        }
        try bytes.demandDigits(18..<20)
        let check = 98 - CheckCharacters.mod97(bytes[..<18] + [0x30, 0x30])
        // 00, 01 and 99 leave the same remainders as 97, 98 and 02, and are never given.
        guard bytes[18...].number == check else {
            throw .checkCharacter(expected: check < 10 ? "0\(check)" : "\(check)")
        }
        description = bytes[...].text
    }

    /// The issuer's number.
    public var parts: [IdentifierPart] {
        [IdentifierPart("发放机构代码", "issuer", String(description.prefix(4)))]
    }
}
