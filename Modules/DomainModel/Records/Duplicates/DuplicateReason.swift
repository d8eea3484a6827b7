/// What a feature says for or against two records being one.
public struct DuplicateReason: Sendable, Hashable, Codable {
    /// The feature: `name`, `birth`, …
    public let feature: String
    /// How far it agrees: `same`, `readsAlike`, `near`, `different`.
    public let level: String
    /// For (positive) or against, in bits.
    public let weight: Double
    /// The same in words, without any value.
    public let text: LocalizedText

    /// Makes a reason of its parts.
    public init(feature: String, level: String, weight: Double, text: LocalizedText) {
        self.feature = feature
        self.level = level
        self.weight = weight
        self.text = text
    }
}

/// A record that may be about the same as one that was just made.
public struct PossibleDuplicate: Sendable, Hashable, Codable {
    /// Its key.
    public let key: String
    /// How likely they are one, from 0 to 1.
    public let probability: Double
    /// Why, the weightiest first.
    public let reasons: [DuplicateReason]

    /// Makes a possibility of its parts.
    public init(key: String, probability: Double, reasons: [DuplicateReason]) {
        self.key = key
        self.probability = probability
        self.reasons = reasons
    }
}
