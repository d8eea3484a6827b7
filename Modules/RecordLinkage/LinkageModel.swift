import Glibc

/// Compares two records of one kind, and says how likely they are one and why.
///
/// A rare name that agrees says more than a common one: the chance of meeting it is taken from the number of its
/// bearers, as W. E. Winkler, Frequency-Based Matching in Fellegi–Sunter Model of Record Linkage (US Bureau of the
/// Census RR/2000/06), does.
public struct LinkageModel: Sendable {
    /// The weights.
    public let weights: LinkageWeights
    /// How many records the population has.
    public let population: Int

    /// Makes a model.
    ///
    /// - Parameters:
    ///   - weights: Those of the kind.
    ///   - population: Its size; at least 2.
    public init(_ weights: LinkageWeights, population: Int) {
        self.weights = weights
        self.population = max(2, population)
    }

    /// Compares two records; the order does not matter.
    public func compare(_ one: LinkageProfile, _ other: LinkageProfile) -> LinkageScore {
        var evidence: [LinkageEvidence] = []
        for feature in LinkageFeature.allCases {
            guard let mine = one.values[feature], let theirs = other.values[feature],
                let level = Self.level(feature, mine, theirs, one.readings, other.readings)
            else { continue }
            let weight =
                feature == .name && level == .same
                ? sameName(min(one.namesakes, other.namesakes)) : weights.weight(feature, level)
            if weight != 0 { evidence.append(LinkageEvidence(feature: feature, level: level, weight: weight)) }
        }
        evidence.sort {
            (abs($1.weight), $0.feature.rawValue) < (abs($0.weight), $1.feature.rawValue)
        }
        return LinkageScore(evidence: evidence, prior: -log2(Double(population - 1)))
    }

    private func sameName(_ namesakes: Int) -> Double {
        log2(weights.likelihood(.name, .same) * Double(population) / Double(min(namesakes, population)))
    }

    private static func level(
        _ feature: LinkageFeature,
        _ mine: [String],
        _ theirs: [String],
        _ myReadings: [String],
        _ theirReadings: [String]
    ) -> LinkageLevel? {
        if mine.contains(where: theirs.contains) { return .same }
        switch feature {
        case .name:
            if myReadings.contains(where: theirReadings.contains) { return .readsAlike }
            let isNear = mine.contains { a in theirs.contains { NameDistance.isNear(a, $0) } }
            return isNear ? .near : .different
        case .birth:
            let isNear = mine.contains { a in theirs.contains { BirthDistance.isNear(a, $0) } }
            return isNear ? .near : .different
        case .creditCode:
            let isNear = mine.contains { a in theirs.contains { NameDistance.edits(a, $0, limit: 1) != nil } }
            return isNear ? .near : .different
        default:
            return .different
        }
    }
}
