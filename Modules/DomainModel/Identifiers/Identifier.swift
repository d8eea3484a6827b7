/// A value of one kind of identifier, checked as its standard says.
///
/// A checked value is well formed; whether it was ever issued, only its issuer knows.
public protocol Identifier: Sendable, Hashable, CustomStringConvertible {
    /// The kind.
    static var kind: IdentifierKind { get }

    /// How texts of the kind are written.
    static var notation: IdentifierNotation { get }

    /// Reads a text in one of the forms that the standard allows.
    ///
    /// - Parameters:
    ///   - bytes: The text in UTF-8, any bytes at all.
    ///   - day: The day for codes that change in time, and the last day that a birth date may have.
    /// - Throws: The first thing that is wrong.
    init(reading bytes: [UInt8], on day: CivilDate) throws(IdentifierFault)

    /// The canonical form: one text for each value.
    var description: String { get }

    /// What the parts of the value mean.
    var parts: [IdentifierPart] { get }
}

/// What a part of an identifier means.
public struct IdentifierPart: Sendable, Hashable, Codable {
    /// What the part is called.
    public let name: LocalizedText
    /// What it says.
    public let value: LocalizedText

    /// Makes a part whose value is the same in both languages unless English is given.
    init(_ zh: String, _ en: String, _ value: String, en english: String? = nil) {
        name = LocalizedText(zh: zh, en: en)
        self.value = LocalizedText(zh: value, en: english ?? value)
    }
}

/// How the texts of a kind are written, so that a slip can be told from a wrong text.
public struct IdentifierNotation: Sendable {
    /// The characters to try in the place of a wrong one; empty when a right text cannot be told from a wrong one.
    let alphabet: [UInt8]
    /// Whether small letters are a slip for capitals.
    let isUpperCase: Bool
    /// Whether blanks and hyphens between the characters are a slip.
    let isUnbroken: Bool
    /// The most bytes that are looked at; longer texts are refused for their length.
    let limit: Int

    init(alphabet: String, isUpperCase: Bool = true, isUnbroken: Bool = true, limit: Int = 256) {
        self.alphabet = Array(alphabet.utf8)
        self.isUpperCase = isUpperCase
        self.isUnbroken = isUnbroken
        self.limit = limit
    }
}

extension Identifier {
    /// Reads a text; `nil` when it is none of the kind.
    public init?(_ text: String, on day: CivilDate) {
        guard let value = try? Self(reading: Array(text.utf8), on: day) else { return nil }
        self = value
    }
}
