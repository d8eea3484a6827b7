extension PostgresNumeric: LosslessStringConvertible {
    /// Reads what the server prints: `-12.50`, `NaN`, `Infinity`, `-Infinity`; also an exponent, `1.5e3`.
    ///
    /// Nil when the text is not a number, or has more than 16,383 digits after the point.
    public init?(_ text: String) {
        switch text.lowercased() {
        case "nan": self = .nan
        case "infinity", "inf", "+infinity", "+inf": self = .infinity
        case "-infinity", "-inf": self = .negativeInfinity
        default:
            guard let value = Self.parse(text.utf8) else {
                return nil
            }
            self.init(value: value)
        }
    }

    private static func parse(_ text: String.UTF8View) -> Value? {
        var rest = text[...]
        var isNegative = false
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            rest.removeFirst()
        }
        var digits: [UInt8] = []
        var scale = 0
        var sawPoint = false
        while let byte = rest.first {
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") {
                digits.append(byte - UInt8(ascii: "0"))
                scale += sawPoint ? 1 : 0
            } else if byte == UInt8(ascii: "."), !sawPoint {
                sawPoint = true
            } else {
                break
            }
            rest.removeFirst()
        }
        guard !digits.isEmpty else {
            return nil
        }
        if let marker = rest.first {
            guard marker == UInt8(ascii: "e") || marker == UInt8(ascii: "E"),
                let exponent = Int(String(rest.dropFirst()) ?? ""), abs(exponent) <= 131_072
            else {
                return nil
            }
            scale -= exponent
            if scale < 0 {
                digits += repeatElement(0, count: -scale)
                scale = 0
            }
        }
        guard scale <= NumericWire.largestScale else {
            return nil
        }
        return value(isNegative: isNegative, digits: digits, scale: scale)
    }

    private static func value(isNegative: Bool, digits: [UInt8], scale: Int) -> Value? {
        if digits.count <= 38 {
            let magnitude = digits.reduce(Int128(0)) { $0 * 10 + Int128($1) }
            return .decimal(mantissa: isNegative ? -magnitude : magnitude, scale: Int32(scale))
        }
        // Pad both ends to whole groups around the point.
        let fraction = (scale + 3) / 4 * 4
        let integer = digits.count - scale
        let head = integer > 0 ? (4 - integer % 4) % 4 : -integer
        var padded = [UInt8](repeating: 0, count: head) + digits
        padded += [UInt8](repeating: 0, count: fraction - scale)
        if integer <= 0 {
            padded = [UInt8](repeating: 0, count: (4 - padded.count % 4) % 4) + padded
        }
        var groups = stride(from: 0, to: padded.count, by: 4).map { start in
            padded[start..<start + 4].reduce(UInt16(0)) { $0 * 10 + UInt16($1) }
        }
        var weight = groups.count - fraction / 4 - 1
        while groups.first == 0 {
            groups.removeFirst()
            weight -= 1
        }
        while groups.last == 0 {
            groups.removeLast()
        }
        guard weight <= Int(Int16.max) else {
            return nil
        }
        return normalised(isNegative: isNegative, weight: weight, scale: scale, groups: groups)
    }

    /// The number as the server prints it.
    public var description: String {
        switch value {
        case .nan: "NaN"
        case .infinity: "Infinity"
        case .negativeInfinity: "-Infinity"
        case .decimal(let mantissa, let scale):
            Self.text(isNegative: mantissa < 0, digits: String(mantissa.magnitude), scale: Int(scale))
        case .large(let large):
            Self.text(isNegative: large.isNegative, digits: large.digits, scale: large.scale)
        }
    }

    private static func text(isNegative: Bool, digits: String, scale: Int) -> String {
        var digits = digits
        if digits.utf8.count <= scale {
            digits = String(repeating: "0", count: scale + 1 - digits.utf8.count) + digits
        }
        let point = digits.utf8.count - scale
        let text = scale == 0 ? digits : "\(digits.prefix(point)).\(digits.dropFirst(point))"
        return isNegative ? "-" + text : text
    }
}

extension PostgresNumeric.Large {
    /// All digits from the first significant one to the last of the scale.
    fileprivate var digits: String {
        let fractionGroups = (scale + 3) / 4
        var text = ""
        for position in stride(from: weight, through: -fractionGroups, by: -1) {
            let index = weight - position
            let group = String(index < groups.count ? groups[index] : 0)
            text += (text.isEmpty ? "" : String(repeating: "0", count: 4 - group.utf8.count)) + group
        }
        return String(text.dropLast(4 * fractionGroups - scale))
    }
}
