import Glibc

/// How likely two records are one, and why.
public struct LinkageScore: Sendable, Equatable {
    /// The evidence, the weightiest first.
    public let evidence: [LinkageEvidence]
    /// The odds before any evidence, in bits: 1 of the population's size.
    public let prior: Double

    /// The sum of prior and evidence, in bits; 0 is an even chance.
    public var bits: Double { evidence.reduce(prior) { $0 + $1.weight } }

    /// The probability that they are one, from 0 to 1.
    ///
    /// It takes the features for independent, which they are not quite: an order among candidates, not a frequency.
    public var probability: Double { 1 / (1 + exp2(-bits)) }
}
