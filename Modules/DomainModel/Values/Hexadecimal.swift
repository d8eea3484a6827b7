/// Bytes as lower-case hexadecimal digits, two each.
public enum Hexadecimal {
    @usableFromInline static let alphabet: StaticString = "0123456789abcdef"

    /// The digit of a number below 16, in ASCII.
    @inlinable
    public static func digit(_ value: UInt8) -> UInt8 { alphabet.utf8Start[Int(value)] }

    /// The digits of bytes, in their order.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - count: How many of them there are at the least; no more are written.
    /// - Returns: Twice as many digits.
    @inlinable
    public static func text(of bytes: some Sequence<UInt8>, count: Int) -> String {
        String(unsafeUninitializedCapacity: 2 * count) { text in
            var place = 0
            for byte in bytes {
                if place == 2 * count { break }
                text[place] = digit(byte >> 4)
                text[place + 1] = digit(byte & 15)
                place += 2
            }
            return place
        }
    }

    /// The digits of bytes, in their order.
    @inlinable
    public static func text(of bytes: some Collection<UInt8>) -> String { text(of: bytes, count: bytes.count) }

    /// Whether a text is a SHA-256 as this writes one: 64 digits.
    public static func isSHA256(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
