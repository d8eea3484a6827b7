import DomainModel

/// JSON while it is being written, as bytes: the way from a cell to the database makes no object tree.
struct JSONBytes {
    private(set) var bytes: [UInt8] = []

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    mutating func append(_ more: [UInt8]) { bytes += more }

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    /// A text of UTF-8, with its quotes.
    mutating func append(text: UnsafeBufferPointer<UInt8>) {
        JSONString.append(UnsafeRawBufferPointer(text), to: &bytes)
    }

    /// Puts a member behind the others of an object that is complete.
    mutating func add(_ code: String, _ value: AttributeValue) {
        bytes.removeLast()
        if bytes.count > 1 { append(UInt8(ascii: ",")) }
        append(.text(code))
        append(UInt8(ascii: ":"))
        append(value)
        append(UInt8(ascii: "}"))
    }

    /// A value of a field.
    mutating func append(_ value: AttributeValue) {
        switch value {
        case .text(let text): JSONString.append(text, to: &bytes)
        case .integer(let number): bytes += String(number).utf8
        case .boolean(let isTrue): bytes += (isTrue ? "true" : "false").utf8
        case .list(let values):
            bytes.append(UInt8(ascii: "["))
            for (place, value) in values.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                append(value)
            }
            bytes.append(UInt8(ascii: "]"))
        }
    }
}
