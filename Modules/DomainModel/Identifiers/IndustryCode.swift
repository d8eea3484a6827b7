/// The code of an economic activity (国民经济行业代码): a section letter, a division, a group or a class.
///
/// Read are `I`, `I65`, `I651`, `I6513`, and the digits without the letter, which follows from the division. The
/// canonical form has the letter. A group without classes has one class that ends in 0.
///
/// Source: GB/T 4754-2017 §4 and table 1, 20 sections, 97 divisions, 473 groups, 1381 classes; changes by amendment 1 of
/// 2019 are not known here.
public struct IndustryCode: Identifier {
    /// The kind.
    public static var kind: IdentifierKind { .industry }
    /// How the code is written.
    public static let notation = IdentifierNotation(alphabet: "0123456789")

    /// The canonical form.
    public let description: String

    /// Reads a code; see ``Identifier/init(reading:on:)``.
    public init(reading bytes: [UInt8], on day: CivilDate) throws(IdentifierFault) {
        if bytes.isEmpty { throw .empty }
        let letter = bytes[0].isCapital ? bytes[0] : nil
        let digits = bytes[(letter == nil ? 0 : 1)...]
        guard digits.count <= 4, letter != nil || digits.count >= 2 else {
            throw .length(given: bytes.count { $0 & 0xC0 != 0x80 }, expected: letter == nil ? "2–4" : "1–5")
        }
        for place in digits.indices where !digits[place].isDigit { throw .character(place: place + 1) }
        if let letter, digits.isEmpty {
            guard IndustryTable.sections[letter] != nil else { throw .industryUnknown }
            description = letter.letter
            return
        }
        guard digits.count >= 2 else { throw .form(.industry) }
        guard let division = IndustryTable.divisions[digits.prefix(2).number] else { throw .industryUnknown }
        let rest = digits.dropFirst(2)
        if let group = rest.first {
            guard let classes = division.groups[group] else { throw .industryUnknown }
            if let last = rest.dropFirst().first, !classes.contains(last) { throw .industryUnknown }
        }
        if let letter, letter != division.section { throw .industrySection(expected: division.section.letter) }
        description = division.section.letter + digits.text
    }

    /// The names of section and division, and the level.
    public var parts: [IdentifierPart] {
        let bytes = Array(description.utf8)
        let section = IndustryTable.sections[bytes[0]]
        let levels = [1: ("门类", "section"), 3: ("大类", "division"), 4: ("中类", "group"), 5: ("小类", "class")]
        let level = levels[bytes.count] ?? ("", "")
        var parts = [
            IdentifierPart("层级", "level", level.0, en: level.1),
            IdentifierPart("门类", "section", section?.zh ?? "", en: section?.en),
        ]
        if bytes.count >= 3, let division = IndustryTable.divisions[bytes[1..<3].number] {
            parts.append(IdentifierPart("大类", "division", division.name))
        }
        return parts
    }
}
