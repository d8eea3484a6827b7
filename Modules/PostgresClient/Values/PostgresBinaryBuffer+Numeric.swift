/// The wire format of `numeric`: a header of four 16-bit numbers, then digits of base 10,000.
///
/// Source: PostgreSQL, `src/backend/utils/adt/numeric.c`, `numeric_send`.
enum NumericWire {
    static let positive: UInt16 = 0x0000
    static let negative: UInt16 = 0x4000
    static let nan: UInt16 = 0xC000
    static let infinity: UInt16 = 0xD000
    static let negativeInfinity: UInt16 = 0xF000
    /// The largest display scale that the wire format carries.
    static let largestScale = 16_383
}

/// Powers of ten by exponent, 0 to 4.
private func powerOfTen(_ exponent: Int) -> UInt64 {
    switch exponent {
    case 0: 1
    case 1: 10
    case 2: 100
    case 3: 1000
    default: 10_000
    }
}

extension PostgresBinaryBuffer {
    /// Appends a `numeric` field of value `mantissa × 10^-scale`, exactly and with that display scale: 550 at scale 1
    /// stays `55.0`.
    ///
    /// - Parameters:
    ///   - mantissa: The digits; below 2^63 in magnitude a fast path without allocation is taken.
    ///   - scale: Digits after the point, 0 to 16,383.
    public mutating func appendNumeric(mantissa: Int128, scale: Int) {
        let start = length
        write(integer: 0 as Int32)
        writeNumeric(mantissa: mantissa, scale: scale)
        overwrite(Int32(length - start - 4), at: start)
    }

    /// Writes a bare `numeric`.
    mutating func writeNumeric(mantissa: Int128, scale: Int) {
        precondition((0...NumericWire.largestScale).contains(scale), "a numeric's scale is 0 to 16383")
        let sign = mantissa < 0 ? NumericWire.negative : NumericWire.positive
        if let small = UInt64(exactly: mantissa.magnitude) {
            writeSmallNumeric(small, sign: sign, scale: scale)
        } else {
            writeLargeNumeric(mantissa.magnitude, sign: sign, scale: scale)
        }
    }

    /// Up to six groups fit one 128-bit word, lowest group first; its big-endian bytes are the digits as sent.
    private mutating func writeSmallNumeric(_ magnitude: UInt64, sign: UInt16, scale: Int) {
        var rest = magnitude
        var lowest = -((scale + 3) / 4)
        var word: UInt128 = 0
        var groups = 0
        let partial = scale % 4
        if partial != 0 {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: powerOfTen(partial))
            rest = quotient
            if remainder == 0 {
                lowest += 1
            } else {
                word = UInt128(remainder * powerOfTen(4 - partial))
                groups = 1
            }
        }
        while rest != 0 {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10_000)
            rest = quotient
            if groups == 0, remainder == 0 {
                lowest += 1
            } else {
                word |= UInt128(remainder) << UInt128(16 * groups)
                groups += 1
            }
        }
        writeNumericHeader(groups: groups, weight: groups == 0 ? 0 : lowest + groups - 1, sign: sign, scale: scale)
        if groups > 0 {
            write(integer: word << UInt128(128 - 16 * groups))
            length -= 16 - 2 * groups
        }
    }

    private mutating func writeLargeNumeric(_ magnitude: UInt128, sign: UInt16, scale: Int) {
        var rest = magnitude
        var lowest = -((scale + 3) / 4)
        var groups: [UInt16] = []
        func take(_ group: UInt64) {
            if groups.isEmpty, group == 0 {
                lowest += 1
            } else {
                groups.append(UInt16(group))
            }
        }
        let partial = scale % 4
        if partial != 0 {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: UInt128(powerOfTen(partial)))
            rest = quotient
            take(UInt64(remainder) * powerOfTen(4 - partial))
        }
        while rest != 0 {
            let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: 10_000)
            rest = quotient
            take(UInt64(remainder))
        }
        writeNumeric(groups: groups.reversed(), weight: lowest + groups.count - 1, sign: sign, scale: scale)
    }

    mutating func writeNumeric(groups: some Collection<UInt16>, weight: Int, sign: UInt16, scale: Int) {
        writeNumericHeader(groups: groups.count, weight: weight, sign: sign, scale: scale)
        for group in groups {
            write(integer: group)
        }
    }

    private mutating func writeNumericHeader(groups: Int, weight: Int, sign: UInt16, scale: Int) {
        let header =
            UInt64(UInt16(groups)) << 48 | UInt64(UInt16(bitPattern: Int16(weight))) << 32 | UInt64(sign) << 16
            | UInt64(UInt16(scale))
        write(integer: header)
    }
}
