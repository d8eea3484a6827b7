import DomainModel

/// The numbers between two ends, each of which may be open or missing: what a bound such as `1000以上` says.
struct NumberRange: Sendable, Hashable {
    /// One end of a range.
    struct End: Sendable, Hashable {
        let value: ExactDecimal
        /// Whether the number itself lies in the range.
        let isIncluded: Bool
    }

    /// How a range lies to another one.
    enum Relation: Sendable {
        case inside, outside, overlapping
    }

    /// The lower end; absent when the range has none.
    let lower: End?
    /// The upper end; absent when the range has none.
    let upper: End?

    /// The range that a printed number stands for; half the width of "about" is given as a share of the number.
    init(_ value: ExactDecimal, _ comparator: Comparator, tolerance: ExactDecimal) throws(ArithmeticFailure) {
        let end = End(value: value, isIncluded: true)
        switch comparator {
        case .equal: self.init(lower: end, upper: end)
        case .atLeast: self.init(lower: end, upper: nil)
        case .moreThan: self.init(lower: End(value: value, isIncluded: false), upper: nil)
        case .atMost: self.init(lower: nil, upper: end)
        case .lessThan: self.init(lower: nil, upper: End(value: value, isIncluded: false))
        case .about:
            let width = try value.magnitude.multiplied(by: tolerance)
            self.init(
                lower: End(value: try value.subtracting(width), isIncluded: true),
                upper: End(value: try value.adding(width), isIncluded: true)
            )
        }
    }

    init(lower: End?, upper: End?) {
        self.lower = lower
        self.upper = upper
    }

    /// Whether a number lies in the range.
    func contains(_ value: ExactDecimal) -> Bool {
        if let lower, value < lower.value || (value == lower.value && !lower.isIncluded) { return false }
        if let upper, value > upper.value || (value == upper.value && !upper.isIncluded) { return false }
        return true
    }

    /// How this range lies to another: all of it inside, all of it outside, or partly.
    func relation(to other: NumberRange) -> Relation {
        if begins(notBefore: other), ends(notAfter: other) { return .inside }
        return Self.isBefore(upper, other.lower) || Self.isBefore(other.upper, lower) ? .outside : .overlapping
    }

    private func begins(notBefore other: NumberRange) -> Bool {
        guard let theirs = other.lower else { return true }
        guard let lower else { return false }
        return lower.value > theirs.value
            || (lower.value == theirs.value && (theirs.isIncluded || !lower.isIncluded))
    }

    private func ends(notAfter other: NumberRange) -> Bool {
        guard let theirs = other.upper else { return true }
        guard let upper else { return false }
        return upper.value < theirs.value
            || (upper.value == theirs.value && (theirs.isIncluded || !upper.isIncluded))
    }

    private static func isBefore(_ upper: End?, _ lower: End?) -> Bool {
        guard let upper, let lower else { return false }
        return upper.value < lower.value
            || (upper.value == lower.value && !(upper.isIncluded && lower.isIncluded))
    }
}
