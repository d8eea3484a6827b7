/// A field of a kind of record, or of a kind of statement: declared as data, whether it comes with the platform or was
/// added by an office.
public struct FieldDefinition: Sendable, Hashable, Codable {
    /// One value of a short list.
    public struct Choice: Sendable, Hashable, Codable {
        /// The code that is stored.
        public let code: String
        /// What it is called.
        public let label: LocalizedText

        /// Makes a choice.
        public init(_ code: String, _ zh: String, _ en: String) {
            self.code = code
            label = LocalizedText(zh: zh, en: en)
        }
    }

    /// The name that is stored: small letters, digits and underscores.
    public let code: String
    /// What it is called.
    public let label: LocalizedText
    /// What it holds.
    public let type: FieldType
    /// The vocabulary of a term.
    public let vocabulary: String?
    /// The values of a choice.
    public let choices: [Choice]
    /// The kind of an identifier.
    public let identifier: IdentifierKind?
    /// The unit of a decimal or an integer, as it is printed: `万元`.
    public let unit: String?
    /// The least number.
    public let minimum: ExactDecimal?
    /// The greatest number.
    public let maximum: ExactDecimal?
    /// The most characters of a text.
    public let maximumLength: Int
    /// A regular expression that the whole text matches: characters, classes, counts and groups.
    public let pattern: String?
    /// Whether it holds a list.
    public let isMany: Bool
    /// Whether it must have a value.
    public let isRequired: Bool
    /// How it may be kept and shown.
    public let privacy: PrivacyClass
    /// What asks for it: a requirement, or a document.
    public let source: String

    /// The most characters of a text, unless the definition says another number.
    public static let usualLength = 2_000

    /// What the stored texts of sealed values begin with.
    public static let sealedMark = "sealed:"

    /// Declares a field.
    ///
    /// - Parameters:
    ///   - code: The name that is stored.
    ///   - zh: What it is called in Chinese.
    ///   - en: What it is called in English.
    ///   - type: What it holds.
    ///   - vocabulary: The vocabulary of a term.
    ///   - choices: The values of a choice.
    ///   - identifier: The kind of an identifier.
    ///   - unit: The unit of a number.
    ///   - range: The least and the greatest number.
    ///   - maximumLength: The most characters of a text.
    ///   - pattern: What the whole text matches.
    ///   - isMany: Whether it holds a list.
    ///   - isRequired: Whether it must have a value.
    ///   - privacy: How it may be kept and shown.
    ///   - source: What asks for it.
    public init(
        _ code: String,
        _ zh: String,
        _ en: String,
        _ type: FieldType,
        of vocabulary: String? = nil,
        choices: [Choice] = [],
        identifier: IdentifierKind? = nil,
        unit: String? = nil,
        range: (minimum: ExactDecimal?, maximum: ExactDecimal?) = (nil, nil),
        maximumLength: Int = FieldDefinition.usualLength,
        pattern: String? = nil,
        isMany: Bool = false,
        isRequired: Bool = false,
        privacy: PrivacyClass = .open,
        source: String
    ) {
        self.code = code
        label = LocalizedText(zh: zh, en: en)
        self.type = type
        self.vocabulary = vocabulary
        self.choices = choices
        self.identifier = identifier
        self.unit = unit
        minimum = range.minimum
        maximum = range.maximum
        self.maximumLength = maximumLength
        self.pattern = pattern
        self.isMany = isMany
        self.isRequired = isRequired
        self.privacy = privacy
        self.source = source
    }

    /// Whether a text may be the code of a field.
    public static func isCode(_ text: String) -> Bool {
        guard let first = text.utf8.first, (97...122).contains(first), text.utf8.count <= 63 else { return false }
        return text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    }
}
