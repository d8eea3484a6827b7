/// The result of an exact calculation does not fit the range of ``ExactDecimal``, or does not exist.
public enum ArithmeticFailure: Error, Sendable, Equatable {
    /// More digits than 128 bits hold.
    case overflow
    /// Division by zero.
    case divisionByZero
}

extension ExactDecimal {
    /// The sum, exact, with the larger number of decimal places.
    public func adding(_ other: ExactDecimal) throws(ArithmeticFailure) -> ExactDecimal {
        let scale = max(self.scale, other.scale)
        let (sum, overflow) = try aligned(to: scale).addingReportingOverflow(other.aligned(to: scale))
        guard !overflow else { throw .overflow }
        return ExactDecimal(mantissa: sum, scale: scale)
    }

    /// The difference, exact, with the larger number of decimal places.
    public func subtracting(_ other: ExactDecimal) throws(ArithmeticFailure) -> ExactDecimal {
        try adding(ExactDecimal(mantissa: -other.mantissa, scale: other.scale))
    }

    /// The product, exact where it has at most ``maximumScale`` decimal places, else rounded half to even.
    public func multiplied(by other: ExactDecimal) throws(ArithmeticFailure) -> ExactDecimal {
        let (product, overflow) = mantissa.multipliedReportingOverflow(by: other.mantissa)
        guard !overflow else { throw .overflow }
        let scale = scale + other.scale
        if scale <= Self.maximumScale { return ExactDecimal(mantissa: product, scale: scale) }
        let mantissa = Self.quotientHalfEven(product, Self.powerOfTen(scale - Self.maximumScale))
        return ExactDecimal(mantissa: mantissa, scale: Self.maximumScale)
    }

    /// The quotient, rounded half to even.
    ///
    /// - Parameters:
    ///   - divisor: Not zero.
    ///   - places: Decimal places of the result, `0...maximumScale`.
    /// - Returns: The quotient with that many decimal places.
    /// - Throws: ``ArithmeticFailure``.
    public func divided(by divisor: ExactDecimal, places: Int) throws(ArithmeticFailure) -> ExactDecimal {
        guard !divisor.isZero else { throw .divisionByZero }
        // (m₁ / 10^s₁) / (m₂ / 10^s₂) × 10^places = m₁ × 10^(places + s₂ − s₁) / m₂
        let (a, b) = (normalized, divisor.normalized)
        let shift = places + b.scale - a.scale
        var numerator = a.mantissa
        var denominator = b.mantissa
        var overflow = false
        if shift >= 0 {
            (numerator, overflow) = numerator.multipliedReportingOverflow(by: Self.powerOfTen(shift))
        } else {
            (denominator, overflow) = denominator.multipliedReportingOverflow(by: Self.powerOfTen(-shift))
        }
        guard !overflow else { throw .overflow }
        return ExactDecimal(mantissa: Self.quotientHalfEven(numerator, denominator), scale: places)
    }

    /// The number with another count of decimal places, rounded half to even where digits are lost.
    ///
    /// Source: GB/T 8170-2008 §3 (数值修约规则), which rounds half to even.
    public func rounded(places: Int) throws(ArithmeticFailure) -> ExactDecimal {
        if places >= scale { return ExactDecimal(mantissa: try aligned(to: places), scale: places) }
        let mantissa = Self.quotientHalfEven(mantissa, Self.powerOfTen(scale - places))
        return ExactDecimal(mantissa: mantissa, scale: places)
    }

    /// The absolute value.
    public var magnitude: ExactDecimal {
        mantissa < 0 ? ExactDecimal(mantissa: -mantissa, scale: scale) : self
    }

    private func aligned(to scale: Int) throws(ArithmeticFailure) -> Int128 {
        let (value, overflow) = mantissa.multipliedReportingOverflow(by: Self.powerOfTen(scale - self.scale))
        guard !overflow else { throw .overflow }
        return value
    }

    private static func quotientHalfEven(_ numerator: Int128, _ denominator: Int128) -> Int128 {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        if remainder == 0 { return quotient }
        let doubled = remainder.magnitude.multipliedReportingOverflow(by: 2)
        let isNegative = (numerator < 0) != (denominator < 0)
        let away = quotient + (isNegative ? -1 : 1)
        if doubled.overflow || doubled.partialValue > denominator.magnitude { return away }
        if doubled.partialValue < denominator.magnitude { return quotient }
        return quotient % 2 == 0 ? quotient : away
    }
}
