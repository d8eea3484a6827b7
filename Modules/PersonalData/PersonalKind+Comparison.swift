extension PersonalKind {
    /// The value as it is compared: what people write in different ways becomes one.
    ///
    /// Full-width forms become half-width; numbers lose spaces and hyphens and are in upper case; a telephone loses the
    /// prefix of China; mail is in lower case; an address loses white space.
    public func compared(_ value: String) -> String {
        let plain = Self.halfWidth(value)
        switch self {
        case .residentNumber, .travelDocument, .bankAccount:
            return String(plain.filter { !$0.isWhitespace && $0 != "-" }).uppercased()
        case .telephone:
            var digits = plain.filter { $0.isASCII && ($0.isNumber || $0 == "+") }
            for prefix in ["+86", "0086"] where digits.hasPrefix(prefix) { digits.removeFirst(prefix.count) }
            return digits
        case .mail:
            return plain.filter { !$0.isWhitespace }.lowercased()
        case .address:
            return plain.filter { !$0.isWhitespace }
        case .other:
            return plain
        }
    }

    /// The forms of ASCII in U+FF01…FF5E, and the ideographic space.
    private static func halfWidth(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: scalars.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case 0x3000: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
