/// A text in Chinese and in English.
public struct LocalizedText: Sendable, Hashable, Codable {
    /// The Chinese text.
    public let zh: String
    /// The English text.
    public let en: String

    /// Makes a text of its two languages.
    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// The text in one language.
    public subscript(language: Language) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }
}

/// A language that the platform writes in (ISO 639-1).
public enum Language: String, Sendable, Codable, CaseIterable {
    /// Chinese, simplified.
    case zh
    /// English.
    case en
}
