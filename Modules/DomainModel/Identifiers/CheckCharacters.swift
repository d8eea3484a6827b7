/// The arithmetic of check characters. All bytes are ASCII that was looked at before.
enum CheckCharacters {
    /// The value of `0`–`9` and `A`–`Z`: 0 to 35.
    static func value(_ byte: UInt8) -> Int {
        byte <= UInt8(ascii: "9") ? Int(byte) - 0x30 : Int(byte) - 0x37
    }

    /// The character behind digits: `0`–`9` or `X`.
    ///
    /// It finds every single wrong digit and every swap of two neighbours. Source: ISO/IEC 7064:2003 §7, MOD 11-2.
    static func mod11Radix2(_ digits: ArraySlice<UInt8>) -> UInt8 {
        var product = 0
        for digit in digits { product = (product + Int(digit & 15)) * 2 % 11 }
        let check = (12 - product) % 11
        return check == 10 ? UInt8(ascii: "X") : UInt8(0x30 + check)
    }

    /// The remainder of digits and capitals, letters counting as two digits; 1 when the check characters are right.
    ///
    /// Source: ISO/IEC 7064:2003 §7, MOD 97-10; ISO 17442-1:2020 §4.
    static func mod97(_ bytes: some Sequence<UInt8>) -> Int {
        var remainder = 0
        for byte in bytes {
            let value = value(byte)
            remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97
        }
        return remainder
    }

    /// The ninth character of an organisation code: weights 3 7 9 10 5 8 4 2, modulo 11.
    ///
    /// Source: GB 11714-1997 §3.3.
    static func organisation(_ eight: ArraySlice<UInt8>) -> UInt8 {
        var sum = 0
        for (weight, byte) in zip(organisationWeights, eight) { sum += weight * value(byte) }
        switch 11 - sum % 11 {
        case 10: return UInt8(ascii: "X")
        case 11: return UInt8(ascii: "0")
        case let check: return UInt8(0x30 + check)
        }
    }

    private static let organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

    /// The character behind a patent application number: weights 2 to 9 over and over, modulo 11.
    ///
    /// Source: ZC 0006-2003 (China National Intellectual Property Administration), §5.
    static func patent(_ digits: ArraySlice<UInt8>) -> UInt8 {
        var sum = 0
        var weight = 2
        for digit in digits {
            sum += weight * Int(digit & 15)
            weight = weight == 9 ? 2 : weight + 1
        }
        let check = sum % 11
        return check == 10 ? UInt8(ascii: "X") : UInt8(0x30 + check)
    }
}

/// Reading of bytes that may be anything.
extension UInt8 {
    /// Whether the byte is `0`–`9`.
    var isDigit: Bool { self &- 0x30 <= 9 }
    /// The byte as a text of one character.
    var letter: String { String(UnicodeScalar(self)) }
    /// Whether the byte is `A`–`Z`.
    var isCapital: Bool { self &- 0x41 <= 25 }
}

extension ArraySlice<UInt8> {
    /// The number that digits make; at most 18 of them.
    var number: Int { reduce(0) { $0 * 10 + Int($1 & 15) } }
    /// The text of ASCII bytes.
    var text: String { String(decoding: self, as: UTF8.self) }
}

extension [UInt8] {
    /// Demands a number of bytes; counts characters for the message, so that letters beyond ASCII count once.
    func demand(_ counts: ClosedRange<Int>, or expected: String) throws(IdentifierFault) {
        if isEmpty { throw .empty }
        if !counts.contains(count) {
            throw .length(given: count { $0 & 0xC0 != 0x80 }, expected: expected)
        }
    }

    /// Demands digits at places.
    func demandDigits(_ places: Range<Int>) throws(IdentifierFault) {
        for place in places where !self[place].isDigit { throw .character(place: place + 1) }
    }
}
