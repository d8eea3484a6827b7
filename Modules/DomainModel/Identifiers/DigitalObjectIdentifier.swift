/// The name of an object on the network (DOI): `10.`, a number of the registrant, a slash and a suffix.
///
/// Read are the bare name, `doi:` before it, and addresses under `doi.org`. Capitals of ASCII are the same as small
/// letters, so the canonical form has small ones. The suffix may have any visible characters. Whether a name is
/// registered is not looked up.
///
/// Source: ISO 26324:2022 §4; DOI Handbook (doi:10.1000/182) §2.2, §2.4.
public struct DigitalObjectIdentifier: Identifier {
    /// The kind.
    public static var kind: IdentifierKind { .doi }
    /// How the name is written.
    public static let notation = IdentifierNotation(alphabet: "", isUpperCase: false, isUnbroken: false, limit: 2_048)

    /// The canonical form.
    public let description: String

    /// The address that leads to the object.
    public var address: String { "https://doi.org/\(description)" }

    private static let beginnings = [
        "https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "https://www.doi.org/",
        "http://www.doi.org/", "doi.org/", "doi: ", "doi:",
    ]

    /// Reads a name; see ``Identifier/init(reading:on:)``.
    public init(reading bytes: [UInt8], on day: CivilDate) throws(IdentifierFault) {
        if bytes.isEmpty { throw .empty }
        if bytes.count > Self.notation.limit { throw .length(given: bytes.count, expected: "≤2048") }
        let start = Self.beginnings.first { bytes.hasBeginning($0) }.map(\.utf8.count) ?? 0
        let name = bytes[start...]
        guard name.starts(with: "10.".utf8), let slash = name.firstIndex(of: UInt8(ascii: "/")) else {
            throw .form(.doi)
        }
        let registrant = name[(start + 3)..<slash].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let first = registrant.first, (4...9).contains(first.count),
            registrant.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }), slash + 1 < bytes.endIndex
        else { throw .form(.doi) }
        guard let text = String(validating: bytes[start...], as: UTF8.self) else { throw .form(.doi) }
        var place = start
        for scalar in text.unicodeScalars {
            place += 1
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator,
                .paragraphSeparator:
                throw .character(place: place)
            default: continue
            }
        }
        description = String(decoding: name.map { $0.isCapital ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// The registrant and the address.
    public var parts: [IdentifierPart] {
        [
            IdentifierPart("注册者前缀", "prefix", String(description.prefix { $0 != "/" })),
            IdentifierPart("网址", "address", address),
        ]
    }
}
