import DomainModel

/// A fraction of whole numbers, so that 1/3 of a plan stays exact until a result is rounded.
struct Fraction: Sendable, Hashable {
    let numerator: Int
    let denominator: Int

    /// `value × numerator / denominator`, four decimal places.
    func of(_ value: ExactDecimal) throws(ArithmeticFailure) -> ExactDecimal {
        try value.multiplied(by: ExactDecimal(numerator)).divided(by: ExactDecimal(denominator), places: 4)
    }

    /// `value ÷ (numerator / denominator)`, four decimal places.
    func divide(_ value: ExactDecimal) throws(ArithmeticFailure) -> ExactDecimal {
        try value.multiplied(by: ExactDecimal(denominator)).divided(by: ExactDecimal(numerator), places: 4)
    }

    /// The fraction as text: `4`, or `31 ÷ 12`.
    var text: String {
        numerator % denominator == 0 ? String(numerator / denominator) : "\(numerator) ÷ \(denominator)"
    }
}

/// The years from the start of a plan to the year of a target.
struct PlanTime: Sendable {
    /// The first year of the plan.
    let startYear: Int
    /// The year by which the target is to be reached.
    let targetYear: Int

    /// Whole years of the way.
    var years: Int { targetYear - startYear + 1 }

    /// Whether the target year is over at the end of a period.
    func isOver(at period: Period) -> Bool {
        period.end >= Period.year(targetYear).end
    }

    /// Whether a period ends before the plan begins.
    func isBefore(_ period: Period) -> Bool {
        period.end < Period.year(startYear).start
    }

    /// The years from the start of the plan to the end of a period; parts of a year count by months and days.
    func passed(atEndOf period: Period) -> Fraction {
        let (year, month, day) = period.end.components
        let days = CivilDate.daysInMonth(month, of: year)
        if month == 12, day == days { return Fraction(numerator: year - startYear + 1, denominator: 1) }
        if day == days { return Fraction(numerator: (year - startYear) * 12 + month, denominator: 12) }
        let months = (year - startYear) * 12 + month - 1
        return Fraction(numerator: months * days + day, denominator: 12 * days)
    }

    /// The years from the end of a period to the end of the target year.
    func left(atEndOf period: Period) -> Fraction {
        let passed = passed(atEndOf: period)
        return Fraction(numerator: years * passed.denominator - passed.numerator, denominator: passed.denominator)
    }
}
