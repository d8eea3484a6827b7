/// A decimal number held exactly, with the number of decimal places it was printed with.
///
/// Statistics are published as decimals and must be given back as published: `55.0` is equal to `55` but is
/// printed as `55.0`. The value is `mantissa × 10^−scale`.
///
/// Range: at most ``maximumSignificantDigits`` significant digits and at most ``maximumScale`` decimal places,
/// so that any two values can be compared and added within 128 bits. Values outside of it are refused when they
/// are read, never rounded quietly.
public struct ExactDecimal: Sendable {
    /// The most significant digits that a value may be read with.
    public static let maximumSignificantDigits = 24
    /// The most decimal places that a value may be read with.
    public static let maximumScale = 12

    /// The digits, with sign.
    public let mantissa: Int128
    /// The number of decimal places, 0 or more.
    public let scale: Int

    /// Makes `mantissa × 10^−scale`.
    ///
    /// - Parameters:
    ///   - mantissa: The digits, with sign.
    ///   - scale: Decimal places, `0...maximumScale`.
    public init(mantissa: Int128, scale: Int) {
        precondition((0...Self.maximumScale).contains(scale), "scale out of range")
        self.mantissa = mantissa
        self.scale = scale
    }

    /// Makes a whole number.
    public init(_ integer: Int) {
        self.init(mantissa: Int128(integer), scale: 0)
    }

    /// Zero, without decimal places.
    public static let zero = ExactDecimal(0)

    /// Whether the value is zero.
    public var isZero: Bool { mantissa == 0 }
    /// Whether the value is below zero.
    public var isNegative: Bool { mantissa < 0 }

    /// The same number with no trailing zeros after the decimal point.
    public var normalized: ExactDecimal {
        var mantissa = mantissa
        var scale = scale
        while scale > 0, mantissa % 10 == 0 {
            mantissa /= 10
            scale -= 1
        }
        return ExactDecimal(mantissa: mantissa, scale: scale)
    }

    /// The nearest binary floating-point number; for charts and for methods that need powers and logarithms.
    public var doubleValue: Double {
        Double(mantissa) / Double(Self.powerOfTen(scale))
    }

    /// `10^exponent`, for `0...38`.
    static func powerOfTen(_ exponent: Int) -> Int128 {
        var result: Int128 = 1
        for _ in 0..<exponent { result *= 10 }
        return result
    }
}

extension ExactDecimal: Equatable, Hashable, Comparable {
    /// Whether two values are the same number; decimal places do not matter.
    public static func == (left: ExactDecimal, right: ExactDecimal) -> Bool {
        if left.scale == right.scale { return left.mantissa == right.mantissa }
        let (a, b) = (left.normalized, right.normalized)
        return a.scale == b.scale && a.mantissa == b.mantissa
    }

    /// Feeds the number, whatever its decimal places, into a hasher.
    public func hash(into hasher: inout Hasher) {
        let value = normalized
        hasher.combine(value.mantissa)
        hasher.combine(value.scale)
    }

    /// Whether the left number is the smaller one; exact.
    public static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        if left.scale == right.scale { return left.mantissa < right.mantissa }
        let scale = max(left.scale, right.scale)
        let (a, aOverflow) = left.mantissa.multipliedReportingOverflow(by: powerOfTen(scale - left.scale))
        let (b, bOverflow) = right.mantissa.multipliedReportingOverflow(by: powerOfTen(scale - right.scale))
        // Only one of the two is scaled up. If it does not fit, it is farther from zero than the other can be.
        if aOverflow { return left.isNegative }
        if bOverflow { return !right.isNegative }
        return a < b
    }
}
