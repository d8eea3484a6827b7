import Glibc

/// How much agreement in a feature says, and disagreement.
///
/// For each level two probabilities: `m`, of seeing it when both records are one; `u`, when they are not. The weight is
/// log₂(m/u). They are set by judgement from the usual rates of errors in registers, and stand here to be read; none
/// was estimated from the corridor's own data.
///
/// Source: I. P. Fellegi, A. B. Sunter, A Theory for Record Linkage, JASA 64 (1969) 1183–1210, §2.
public struct LinkageWeights: Sendable {
    private let table: [LinkageFeature: [LinkageLevel: (m: Double, u: Double)]]

    /// The weight of a level in bits; 0 when the feature does not know it.
    public func weight(_ feature: LinkageFeature, _ level: LinkageLevel) -> Double {
        guard let (m, u) = table[feature]?[level] else { return 0 }
        return log2(m / u)
    }

    /// The share of records that are one whose feature agrees at this level.
    func likelihood(_ feature: LinkageFeature, _ level: LinkageLevel) -> Double {
        table[feature]?[level]?.m ?? 0
    }

    /// For persons.
    ///
    /// `u` of a birth date: one day of about 60 years. Of a telephone or mail: families and offices share them.
    public static let persons = LinkageWeights(
        table: [
            // `u` of the same name is that of the name itself: see ``LinkageModel``.
            .name: [.same: (0.92, 1e-4), .readsAlike: (0.04, 3e-4), .near: (0.02, 2e-3), .different: (0.02, 0.9976)],
            .birth: [.same: (0.96, 1 / 21_900), .near: (0.03, 0.006), .different: (0.01, 0.994)],
            .gender: [.same: (0.995, 0.5), .different: (0.005, 0.5)],
            .residentNumber: [.same: (0.985, 1e-9), .different: (0.015, 1)],
            .travelDocument: [.same: (0.70, 1e-8), .different: (0.30, 1)],
            .scholarIdentifier: [.same: (0.97, 1e-9), .different: (0.03, 1)],
            .telephone: [.same: (0.70, 2e-5), .different: (0.30, 1)],
            .mail: [.same: (0.70, 1e-5), .different: (0.30, 1)],
            .employer: [.same: (0.75, 0.002), .different: (0.25, 0.998)],
            .school: [.same: (0.85, 0.02), .different: (0.15, 0.98)],
            .region: [.same: (0.85, 0.15), .different: (0.15, 0.85)],
        ]
    )

    /// For enterprises and other organisations.
    public static let organisations = LinkageWeights(
        table: [
            .name: [.same: (0.88, 1e-6), .readsAlike: (0.04, 3e-6), .near: (0.06, 1e-4), .different: (0.02, 0.9999)],
            .creditCode: [.same: (0.98, 1e-9), .near: (0.01, 1e-7), .different: (0.01, 1)],
            .telephone: [.same: (0.65, 5e-4), .different: (0.35, 1)],
            .mail: [.same: (0.65, 2e-4), .different: (0.35, 1)],
            .representative: [.same: (0.85, 1e-3), .different: (0.15, 1)],
            .address: [.same: (0.75, 1e-3), .different: (0.25, 1)],
            .region: [.same: (0.92, 0.15), .different: (0.08, 0.85)],
        ]
    )
}
