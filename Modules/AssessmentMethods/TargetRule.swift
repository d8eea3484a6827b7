import DomainModel

/// What counts as reaching a target: the printed number, read with the direction of the indicator.
///
/// A plan that prints `1800` for an output means "at least 1800", and `0.066` for a death rate means "at most":
/// so where more is better `=` is a floor, where less is better a ceiling. A ceiling is also what 力争 and 超过 mean
/// for an indicator where less is better. A printed ceiling (以内, `<`) always stays one. `~` moves the floor or the
/// ceiling by the tolerance; where the target is a band, it is the tolerance on both sides.
struct TargetRule: Sendable {
    /// The number to reach.
    let value: ExactDecimal
    /// The numbers that count as reached.
    let accepted: NumberRange
    /// The rule as a formula: `x ≥ 1800`.
    let formula: String

    init(
        value: ExactDecimal,
        comparator: Comparator,
        direction: Indicator.Direction,
        tolerance: ExactDecimal
    ) throws(ArithmeticFailure) {
        self.value = value
        let strict = comparator == .moreThan || comparator == .lessThan
        let width = comparator == .about ? try value.magnitude.multiplied(by: tolerance) : .zero
        let isCeiling = comparator == .atMost || comparator == .lessThan
        switch direction {
        case .targetBand where comparator == .equal || comparator == .about:
            let range = try NumberRange(value, .about, tolerance: tolerance)
            accepted = range
            let ends = (range.lower?.value ?? value, range.upper?.value ?? value)
            formula = "\(Formula.text(ends.0.normalized)) ≤ x ≤ \(Formula.text(ends.1.normalized))"
        case .lower,
            _ where isCeiling:
            let end = try value.adding(width)
            accepted = NumberRange(lower: nil, upper: NumberRange.End(value: end, isIncluded: !strict))
            formula = "x \(strict ? "<" : "≤") \(Formula.text(width.isZero ? value : end.normalized))"
        default:
            let end = try value.subtracting(width)
            accepted = NumberRange(lower: NumberRange.End(value: end, isIncluded: !strict), upper: nil)
            formula = "x \(strict ? ">" : "≥") \(Formula.text(width.isZero ? value : end.normalized))"
        }
    }
}
