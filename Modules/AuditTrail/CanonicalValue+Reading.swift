extension CanonicalValue {
    /// Why some bytes are no value, and where.
    public struct Malformed: Error, Sendable, Equatable, CustomStringConvertible {
        /// What is wrong.
        public let reason: String
        /// The byte that it is wrong at, from 0.
        public let offset: Int

        /// The reason and the place, in English.
        public var description: String { "\(reason) at byte \(offset)" }
    }

    /// Reads JSON in any spelling.
    ///
    /// - Throws: ``Malformed`` for what is no JSON, for fractions and exponents, for numbers beyond 53 bits, for a
    ///   member that stands twice, and for more than 64 levels.
    public init(json bytes: some Sequence<UInt8>) throws(Malformed) {
        var reader = CanonicalReader(bytes: Array(bytes))
        self = try reader.document()
    }

    /// Reads JSON in any spelling.
    public init(json text: String) throws(Malformed) {
        try self.init(json: text.utf8)
    }
}

/// Reads one JSON value. Source: RFC 8259.
private struct CanonicalReader {
    let bytes: [UInt8]
    var index = 0
    var depth = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    typealias Malformed = CanonicalValue.Malformed

    func failure(_ reason: String) -> Malformed { Malformed(reason: reason, offset: index) }

    mutating func document() throws(Malformed) -> CanonicalValue {
        let value = try value()
        skipBlanks()
        if index < bytes.count { throw failure("something follows the value") }
        return value
    }

    mutating func skipBlanks() {
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
    }

    mutating func next() throws(Malformed) -> UInt8 {
        guard index < bytes.count else { throw failure("the value ends early") }
        index += 1
        return bytes[index - 1]
    }

    mutating func value() throws(Malformed) -> CanonicalValue {
        skipBlanks()
        guard index < bytes.count else { throw failure("a value is missing") }
        switch bytes[index] {
        case UInt8(ascii: "{"): return try nested { reader throws(Malformed) in try reader.object() }
        case UInt8(ascii: "["): return try nested { reader throws(Malformed) in try reader.array() }
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func nested(
        _ read: (inout CanonicalReader) throws(Malformed) -> CanonicalValue
    ) throws(Malformed) -> CanonicalValue {
        guard depth < 64 else { throw failure("more than 64 levels") }
        depth += 1
        index += 1
        let value = try read(&self)
        depth -= 1
        return value
    }

    private mutating func word(_ word: String, _ value: CanonicalValue) throws(Malformed) -> CanonicalValue {
        guard bytes[index...].starts(with: word.utf8) else { throw failure("no JSON value") }
        index += word.utf8.count
        return value
    }

    private mutating func object() throws(Malformed) -> CanonicalValue {
        var members: [String: CanonicalValue] = [:]
        skipBlanks()
        if index < bytes.count, bytes[index] == UInt8(ascii: "}") {
            index += 1
            return .object(members)
        }
        while true {
            skipBlanks()
            guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw failure("a name is missing") }
            let name = try text()
            skipBlanks()
            guard try next() == UInt8(ascii: ":") else { throw failure("a colon is missing") }
            let value = try value()
            guard members.updateValue(value, forKey: name) == nil else { throw failure("a member stands twice") }
            skipBlanks()
            switch try next() {
            case UInt8(ascii: ","): continue
            case UInt8(ascii: "}"): return .object(members)
            default: throw failure("a comma or brace is missing")
            }
        }
    }

    private mutating func array() throws(Malformed) -> CanonicalValue {
        var elements: [CanonicalValue] = []
        skipBlanks()
        if index < bytes.count, bytes[index] == UInt8(ascii: "]") {
            index += 1
            return .array(elements)
        }
        while true {
            elements.append(try value())
            skipBlanks()
            switch try next() {
            case UInt8(ascii: ","): continue
            case UInt8(ascii: "]"): return .array(elements)
            default: throw failure("a comma or bracket is missing")
            }
        }
    }

    private mutating func number() throws(Malformed) -> CanonicalValue {
        let start = index
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        let firstDigit = index
        while index < bytes.count, (48...57).contains(bytes[index]) { index += 1 }
        guard index > firstDigit, bytes[firstDigit] != 48 || index == firstDigit + 1 else {
            throw failure("no JSON value")
        }
        if index < bytes.count, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[index]) {
            throw failure("a number is not whole")
        }
        guard let value = Int64(String(decoding: bytes[start..<index], as: UTF8.self)),
            value.magnitude <= UInt64(CanonicalValue.largestInteger)
        else { throw failure("a number has more than 53 bits") }
        return .integer(value)
    }

    private mutating func text() throws(Malformed) -> String {
        index += 1
        var units: [UInt8] = []
        while true {
            let byte = try next()
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: units, as: UTF8.self) else { throw failure("no UTF-8") }
                return text
            case UInt8(ascii: "\\"): units += Array(String(try escaped()).utf8)
            case 0..<32: throw failure("a control character in a text")
            default: units.append(byte)
            }
        }
    }

    private mutating func escaped() throws(Malformed) -> Unicode.Scalar {
        switch try next() {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try hexadecimal()
            if let scalar = Unicode.Scalar(unit) { return scalar }
            guard try next() == UInt8(ascii: "\\"), try next() == UInt8(ascii: "u"), 0xD800..<0xDC00 ~= unit else {
                throw failure("half a surrogate pair")
            }
            let low = try hexadecimal()
            guard 0xDC00..<0xE000 ~= low,
                let scalar = Unicode.Scalar((UInt32(unit) - 0xD800) << 10 + UInt32(low) - 0xDC00 + 0x10000)
            else { throw failure("half a surrogate pair") }
            return scalar
        default: throw failure("an unknown escape")
        }
    }

    private mutating func hexadecimal() throws(Malformed) -> UInt16 {
        guard index + 4 <= bytes.count,
            let unit = UInt16(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
        else { throw failure("four hexadecimal digits are missing") }
        index += 4
        return unit
    }
}
