extension ExactDecimal: CustomStringConvertible, LosslessStringConvertible {
    /// Reads plain decimal text: an optional sign, digits, an optional point and digits.
    ///
    /// No thousands separators, exponents, spaces, full-width digits or units: those belong to
    /// ``PrintedNotation``.
    ///
    /// - Returns: `nil` when the text is not such a number or is outside the range of the type.
    public init?(_ text: String) {
        var text = text
        let value = text.withUTF8 { ExactDecimal(utf8: $0) }
        guard let value else { return nil }
        self = value
    }

    /// Reads plain decimal text from UTF-8 bytes; see ``init(_:)``.
    ///
    /// Cost: one pass over the bytes, no allocation.
    public init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
        var index = 0
        let count = bytes.count
        var isNegative = false
        if count > 0, bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") {
            isNegative = bytes[0] == UInt8(ascii: "-")
            index = 1
        }
        var low: UInt64 = 0
        var wide: UInt128 = 0
        var significant = 0
        var scale = 0
        var digits = 0
        var seenPoint = false
        while index < count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "."), !seenPoint {
                seenPoint = true
                continue
            }
            let digit = byte &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            digits += 1
            if seenPoint { scale += 1 }
            if significant > 0 || digit > 0 { significant += 1 }
            if significant <= 18 {
                low = low &* 10 &+ UInt64(digit)
            } else {
                if significant == 19 { wide = UInt128(low) }
                wide = wide &* 10 &+ UInt128(digit)
            }
            if significant > Self.maximumSignificantDigits { return nil }
        }
        guard digits > 0, scale <= Self.maximumScale else { return nil }
        // A point must have digits on both sides: ".5" and "5." are typing errors more often than numbers.
        if seenPoint {
            let first = bytes[bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") ? 1 : 0]
            guard scale > 0, first != UInt8(ascii: ".") else { return nil }
        }
        let magnitude = significant <= 18 ? Int128(low) : Int128(wide)
        self.init(mantissa: isNegative ? -magnitude : magnitude, scale: scale)
    }

    /// The number with the decimal places it carries: `55.0`, `-0.066`.
    public var description: String {
        if scale == 0 { return String(mantissa) }
        let digits = String(mantissa.magnitude)
        let padded = digits.count <= scale ? String(repeating: "0", count: scale - digits.count + 1) + digits : digits
        let split = padded.index(padded.endIndex, offsetBy: -scale)
        return (mantissa < 0 ? "-" : "") + padded[..<split] + "." + padded[split...]
    }
}

extension ExactDecimal: Codable {
    /// Decodes decimal text. JSON numbers are refused because readers round them.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = ExactDecimal(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected a decimal number as text, for example \"3051.61\""
            )
        }
        self = value
    }

    /// Encodes the number as text, with the decimal places it carries.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
