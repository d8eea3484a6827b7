/// An exact decimal number with its display scale, or NaN, or ±infinity: a `numeric`.
///
/// Equality is of what is displayed: `1.0` and `1.00` are equal numbers but different values here, since the scale is
/// information (a measured digit).
public struct PostgresNumeric: Hashable, Sendable {
    /// Numbers whose digits fit 127 bits, which are nearly all, need no memory of their own.
    enum Value: Hashable, Sendable {
        case decimal(mantissa: Int128, scale: Int32)
        case large(Large)
        case nan
        case infinity
        case negativeInfinity
    }

    /// Digits of base 10,000; the first stands for 10,000^`weight`. Neither end is zero.
    struct Large: Hashable, Sendable {
        var isNegative: Bool
        var weight: Int
        var scale: Int
        var groups: [UInt16]
    }

    let value: Value

    init(value: Value) {
        self.value = value
    }

    /// The number `mantissa × 10^-scale`, displayed with `scale` digits after the point.
    ///
    /// - Parameters:
    ///   - mantissa: All digits as one integer.
    ///   - scale: Digits after the point, 0 to 16,383.
    public init(mantissa: Int128, scale: Int) {
        precondition((0...NumericWire.largestScale).contains(scale), "a numeric's scale is 0 to 16383")
        self.init(value: .decimal(mantissa: mantissa, scale: Int32(scale)))
    }

    /// Not a number.
    public static let nan = PostgresNumeric(value: .nan)
    /// More than every number.
    public static let infinity = PostgresNumeric(value: .infinity)
    /// Less than every number.
    public static let negativeInfinity = PostgresNumeric(value: .negativeInfinity)

    /// The number as digits and scale; nil for NaN, ±infinity, and numbers of more than 38 digits.
    public var decimal: (mantissa: Int128, scale: Int)? {
        if case .decimal(let mantissa, let scale) = value {
            return (mantissa, Int(scale))
        }
        return nil
    }

    /// True unless the value is NaN or ±infinity.
    public var isFinite: Bool {
        switch value {
        case .decimal, .large: true
        case .nan, .infinity, .negativeInfinity: false
        }
    }
}

extension PostgresNumeric: PostgresEncodable, PostgresDecodable {
    /// `numeric`.
    public static var postgresType: PostgresType { .numeric }

    /// Writes the header and the digits.
    public func encode(into buffer: inout PostgresBinaryBuffer) {
        switch value {
        case .decimal(let mantissa, let scale):
            buffer.writeNumeric(mantissa: mantissa, scale: Int(scale))
        case .large(let large):
            buffer.writeNumeric(
                groups: large.groups,
                weight: large.weight,
                sign: large.isNegative ? NumericWire.negative : NumericWire.positive,
                scale: large.scale
            )
        case .nan: buffer.writeNumeric(groups: [], weight: 0, sign: NumericWire.nan, scale: 0)
        case .infinity: buffer.writeNumeric(groups: [], weight: 0, sign: NumericWire.infinity, scale: 0)
        case .negativeInfinity: buffer.writeNumeric(groups: [], weight: 0, sign: NumericWire.negativeInfinity, scale: 0)
        }
    }

    /// Reads a `numeric`, or an integer at scale 0.
    ///
    /// - Throws: ``PostgresError`` with code `decoding` for NULL and every other type.
    public init(from cell: PostgresCell) throws {
        let bytes = try cell.value(as: Self.self)
        switch cell.typeOID {
        case PostgresType.numeric.oid:
            guard let value = Self.parse(bytes) else {
                throw cell.decodingError("malformed numeric")
            }
            self.init(value: value)
        case PostgresType.int2.oid, PostgresType.int4.oid, PostgresType.int8.oid:
            self.init(mantissa: Int128(try cell.integer() as Int64), scale: 0)
        default:
            throw cell.mismatch(Self.self)
        }
    }

    private static func parse(_ bytes: UnsafeRawBufferPointer) -> Value? {
        guard bytes.count >= 8 else {
            return nil
        }
        func word(_ index: Int) -> UInt16 {
            UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
        }
        let count = Int(word(0))
        let weight = Int(Int16(bitPattern: word(1)))
        let scale = Int(word(3))
        guard bytes.count == 8 + 2 * count, scale <= NumericWire.largestScale else {
            return nil
        }
        switch word(2) {
        case NumericWire.nan: return .nan
        case NumericWire.infinity: return .infinity
        case NumericWire.negativeInfinity: return .negativeInfinity
        case NumericWire.positive, NumericWire.negative: break
        default: return nil
        }
        let isNegative = word(2) == NumericWire.negative
        let groups = (0..<count).lazy.map { word(4 + $0) }
        guard groups.allSatisfy({ $0 < 10_000 }) else {
            return nil
        }
        return normalised(isNegative: isNegative, weight: weight, scale: scale, groups: groups)
    }

    /// The compact form when the digits fit it.
    static func normalised(
        isNegative: Bool,
        weight: Int,
        scale: Int,
        groups: some RandomAccessCollection<UInt16>
    ) -> Value {
        if groups.isEmpty {
            return .decimal(mantissa: 0, scale: Int32(scale))
        }
        if let magnitude = mantissa(weight: weight, scale: scale, groups: groups) {
            return .decimal(mantissa: isNegative ? -magnitude : magnitude, scale: Int32(scale))
        }
        return .large(Large(isNegative: isNegative, weight: weight, scale: scale, groups: Array(groups)))
    }

    private static func mantissa(weight: Int, scale: Int, groups: some RandomAccessCollection<UInt16>) -> Int128? {
        let fractionGroups = (scale + 3) / 4
        var magnitude: Int128 = 0
        var remaining = weight + 1 + fractionGroups
        // The last group may reach beyond the scale; there its digits are zeros, and are left out.
        let surplus = 4 * fractionGroups - scale
        guard remaining >= groups.count, remaining <= 12 else {
            return nil
        }
        for group in groups {
            remaining -= 1
            let isLast = remaining == 0
            let factor: Int128 = isLast ? powers[4 - surplus] : 10_000
            let digits = isLast ? Int128(group) / powers[surplus] : Int128(group)
            let (product, overflow) = magnitude.multipliedReportingOverflow(by: factor)
            let (sum, carry) = product.addingReportingOverflow(digits)
            guard !overflow, !carry else {
                return nil
            }
            magnitude = sum
        }
        while remaining > 0 {
            remaining -= 1
            let (product, overflow) = magnitude.multipliedReportingOverflow(
                by: remaining == 0 ? powers[4 - surplus] : 10_000
            )
            guard !overflow else {
                return nil
            }
            magnitude = product
        }
        return magnitude
    }

    private static let powers: [Int128] = [1, 10, 100, 1000, 10_000]
}
