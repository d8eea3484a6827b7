/// What a feature says for or against two records being one.
public struct LinkageEvidence: Sendable, Equatable, Codable {
    /// The feature.
    public let feature: LinkageFeature
    /// How far it agrees.
    public let level: LinkageLevel
    /// For (positive) or against, in bits: log₂ of how much likelier this is for one and the same than for two.
    public let weight: Double

    /// Makes evidence.
    public init(feature: LinkageFeature, level: LinkageLevel, weight: Double) {
        self.feature = feature
        self.level = level
        self.weight = weight
    }
}
