/// The identifier of a researcher: 16 places in four groups, the last a check character.
///
/// Read are `0000-0002-1825-0097`, the same without hyphens, and the same as an address under `orcid.org`. The canonical
/// form has the hyphens.
///
/// Source: ORCID, "Structure of the ORCID Identifier", with ISO/IEC 7064 MOD 11-2.
public struct ORCID: Identifier {
    /// The kind.
    public static var kind: IdentifierKind { .orcid }
    /// How the identifier is written.
    public static let notation = IdentifierNotation(alphabet: "0123456789X")

    /// The canonical form.
    public let description: String

    /// The address that ORCID asks to be shown.
    public var address: String { "https://orcid.org/\(description)" }

    /// Reads an identifier; see ``Identifier/init(reading:on:)``.
    public init(reading bytes: [UInt8], on day: CivilDate) throws(IdentifierFault) {
        let places = try NameIdentifier.places(
            of: bytes,
            after: [
                "https://orcid.org/", "http://orcid.org/", "https://www.orcid.org/", "http://www.orcid.org/",
                "orcid.org/",
            ],
            separator: UInt8(ascii: "-")
        )
        description = NameIdentifier.groups(places, separator: "-")
    }

    /// The address, and whether the number lies in the blocks that ORCID assigns from.
    public var parts: [IdentifierPart] {
        let number = Array(description.utf8.filter { $0 != UInt8(ascii: "-") })[..<15].number
        let isAssigned =
            (15_000_000...35_000_000).contains(number) || (900_000_000_000...900_100_000_000).contains(number)
        return [
            IdentifierPart("网址", "address", address),
            IdentifierPart(
                "号段",
                "block",
                isAssigned ? "ORCID 公布的号段" : "不在 ORCID 公布的号段内",
                en: isAssigned ? "one that ORCID announced" : "none that ORCID announced"
            ),
        ]
    }
}

/// What ORCID and ISNI share: 16 places, of which ORCID has a block.
enum NameIdentifier {
    /// The 16 bytes of an identifier with its check character right.
    static func places(
        of bytes: [UInt8],
        after beginnings: [String],
        separator: UInt8
    ) throws(IdentifierFault) -> [UInt8] {
        if bytes.isEmpty { throw .empty }
        let start = beginnings.first { bytes.hasBeginning($0) }.map(\.utf8.count) ?? 0
        var places: [UInt8] = []
        places.reserveCapacity(16)
        let body = bytes[start...]
        let isGrouped = body.count == 19
        guard isGrouped || body.count == 16 else {
            throw .length(given: body.count { $0 & 0xC0 != 0x80 }, expected: "16")
        }
        for (index, byte) in body.enumerated() {
            if isGrouped, index % 5 == 4 {
                guard byte == separator else { throw .form(.fourGroups) }
                continue
            }
            guard byte.isDigit || places.count == 15 && byte == UInt8(ascii: "X") else {
                throw .character(place: start + index + 1)
            }
            places.append(byte)
        }
        let check = CheckCharacters.mod11Radix2(places[..<15])
        guard places[15] == check else { throw .checkCharacter(expected: check.letter) }
        return places
    }

    /// Four groups of four.
    static func groups(_ places: [UInt8], separator: String) -> String {
        stride(from: 0, to: 16, by: 4).map { places[$0..<$0 + 4].text }.joined(separator: separator)
    }
}

extension [UInt8] {
    /// Whether the bytes begin with an ASCII text, capitals or not.
    func hasBeginning(_ text: String) -> Bool {
        count >= text.utf8.count && zip(self, text.utf8).allSatisfy { ($0.isCapital ? $0 | 0x20 : $0) == $1 }
    }
}

extension ORCID {
    /// An identifier from its first fifteen digits: the check character is put behind them.
    public static func completed(_ places: [UInt8]) -> String {
        NameIdentifier.groups(places + [CheckCharacters.mod11Radix2(places[...])], separator: "-")
    }
}
