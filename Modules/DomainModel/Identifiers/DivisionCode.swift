/// The code of a province, prefecture or county (行政区划代码): six digits.
///
/// Places 1–2 province, 3–4 prefecture, 5–6 county. Codes change in time: what is in force on the given day counts.
/// What is known of them, and its limits, see ``DivisionTable``.
///
/// Source: GB/T 2260-2007; the yearly lists of the Ministry of Civil Affairs, 1981–2024.
public struct DivisionCode: Identifier {
    /// The kind.
    public static var kind: IdentifierKind { .division }
    /// How the code is written.
    public static let notation = IdentifierNotation(alphabet: "0123456789")

    /// The code as a number of six digits.
    public let number: Int
    /// The name of the division on the day.
    public let name: String

    /// The canonical form.
    public var description: String { String(number) }

    /// Reads a code; see ``Identifier/init(reading:on:)``.
    public init(reading bytes: [UInt8], on day: CivilDate) throws(IdentifierFault) {
        try bytes.demand(6...6, or: "6")
        try bytes.demandDigits(0..<6)
        number = bytes[...].number
        switch DivisionTable.state(of: number, on: day) {
        case .inForce(let name): self.name = name
        case .retired(let year): throw .divisionRetired(code: number, lastYear: year)
        case .notYet(let year): throw .divisionNotYet(code: number, firstYear: year)
        case .unknown: throw .divisionUnknown(code: bytes[...].text)
        }
    }

    /// The full name, and what happened to the area while the code stayed.
    public var parts: [IdentifierPart] {
        let name = IdentifierPart("名称", "name", DivisionTable.fullName(number, itself: name) ?? name)
        return [name] + (DivisionTable.remarks[number].map { [IdentifierPart("变更", "change", $0.zh, en: $0.en)] } ?? [])
    }
}
