/// The identifier of a public identity of a person or organisation: 16 places, the last a check character.
///
/// Read are the 16 places together or in four groups with blanks, after `ISNI` or as an address under `isni.org`. The
/// canonical form has no blanks.
///
/// Source: ISO 27729:2012 §4 and annex A (ISO/IEC 7064 MOD 11-2).
public struct ISNI: Identifier {
    /// The kind.
    public static var kind: IdentifierKind { .isni }
    /// How the identifier is written.
    public static let notation = IdentifierNotation(alphabet: "0123456789X")

    /// The canonical form.
    public let description: String

    /// Reads an identifier; see ``Identifier/init(reading:on:)``.
    public init(reading bytes: [UInt8], on day: CivilDate) throws(IdentifierFault) {
        let places = try NameIdentifier.places(
            of: bytes,
            after: [
                "https://isni.org/isni/", "http://isni.org/isni/", "https://www.isni.org/isni/",
                "http://www.isni.org/isni/", "isni ", "isni: ", "isni:",
            ],
            separator: UInt8(ascii: " ")
        )
        description = places[...].text
    }

    /// The form for people.
    public var parts: [IdentifierPart] {
        [IdentifierPart("显示形式", "shown as", "ISNI " + NameIdentifier.groups(Array(description.utf8), separator: " "))]
    }
}
