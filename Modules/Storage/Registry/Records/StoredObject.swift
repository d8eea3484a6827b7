import DomainModel

/// The members of an object as jsonb prints it, by their places in its text: no value is made to copy one.
///
/// Texts, whole numbers and truth values are spelled as `CanonicalJSON` spells them. What differs is the order of members,
/// which jsonb keeps by the length of their names, and a blank behind each colon and comma.
struct StoredObject {
    /// One member; the text is not kept alive.
    private struct Member {
        let name: UnsafeRawBufferPointer
        let value: UnsafeRawBufferPointer

        func precedes(_ other: Member) -> Bool { name.lexicographicallyPrecedes(other.name) }
    }

    private var members: [Member] = []

    /// Finds the members; `nil` unless all values are texts, whole numbers, truth values, or lists of them.
    ///
    /// - Parameter text: What the database printed; it must outlive this value.
    init?(_ text: UnsafeRawBufferPointer) {
        var scanner = Scanner(text)
        guard scanner.take("{") else { return nil }
        if scanner.take("}") { return }
        repeat {
            guard let name = scanner.text(), scanner.take(":"), scanner.take(" "), let value = scanner.value() else {
                return nil
            }
            // The names of fields have no escapes.
            let plain = UnsafeRawBufferPointer(rebasing: name[1..<(name.count - 1)])
            if plain.contains(UInt8(ascii: "\\")) { return nil }
            members.append(Member(name: plain, value: value))
            if scanner.take("}") { return }
        } while scanner.take(",") && scanner.take(" ")
        return nil
    }

    /// Whether there is a member of this name.
    func has(_ name: [UInt8]) -> Bool { members.contains { $0.name.elementsEqual(name) } }

    /// Appends the object without some of its members, as `CanonicalJSON` writes it.
    func append(to bytes: inout [UInt8], without hidden: [[UInt8]]) {
        bytes.append(UInt8(ascii: "{"))
        var needsComma = false
        for member in members.sorted(by: { $0.precedes($1) })
        where !hidden.contains(where: { member.name.elementsEqual($0) }) {
            if needsComma { bytes.append(UInt8(ascii: ",")) }
            bytes.append(UInt8(ascii: "\""))
            bytes.append(contentsOf: member.name)
            bytes.append(UInt8(ascii: "\""))
            bytes.append(UInt8(ascii: ":"))
            if member.value.first == UInt8(ascii: "[") {
                Scanner.items(of: member.value).append(to: &bytes)
            } else {
                bytes.append(contentsOf: member.value)
            }
            needsComma = true
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// The values by the names of their fields.
    ///
    /// - Throws: `DecodingError` for an escape that JSON does not have.
    fileprivate func attributes() throws -> Attributes {
        var attributes = Attributes(minimumCapacity: members.count)
        for member in members {
            attributes[String(decoding: member.name, as: UTF8.self)] = try Self.value(member.value)
        }
        return attributes
    }

    private static func value(_ text: UnsafeRawBufferPointer) throws -> AttributeValue {
        switch text.first {
        case UInt8(ascii: "["): return .list(try Scanner.items(of: text).map(value))
        case UInt8(ascii: "t"): return .boolean(true)
        case UInt8(ascii: "f"): return .boolean(false)
        case UInt8(ascii: "\""):
            if text.contains(UInt8(ascii: "\\")) {
                return .text(try CanonicalJSON.decode(String.self, from: String(decoding: text, as: UTF8.self)))
            }
            return .text(String(decoding: text[1..<(text.count - 1)], as: UTF8.self))
        default: return .integer(Int64(String(decoding: text, as: UTF8.self)) ?? 0)
        }
    }
}

extension Attributes {
    /// Values as jsonb prints them.
    ///
    /// - Throws: `DecodingError` for what no field holds.
    static func stored(_ text: String) throws -> Attributes {
        if text == "{}" { return [:] }
        var text = text
        let attributes = try text.withUTF8 { try StoredObject(UnsafeRawBufferPointer($0))?.attributes() }
        return try attributes ?? CanonicalJSON.decode(Attributes.self, from: text)
    }
}

extension [UnsafeRawBufferPointer] {
    fileprivate func append(to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "["))
        for (place, item) in enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: item)
        }
        bytes.append(UInt8(ascii: "]"))
    }
}

/// Goes through the text of an object.
private struct Scanner {
    private let bytes: UnsafeRawBufferPointer
    private var place = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// The items of a list that ``value()`` has found.
    static func items(of list: UnsafeRawBufferPointer) -> [UnsafeRawBufferPointer] {
        var scanner = Scanner(list)
        var items: [UnsafeRawBufferPointer] = []
        _ = scanner.take("[")
        while let item = scanner.scalar() {
            items.append(item)
            _ = scanner.take(",") && scanner.take(" ")
        }
        return items
    }

    /// Steps over a character, if it is the next one.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
        place += 1
        return true
    }

    /// A text with its quotation marks.
    mutating func text() -> UnsafeRawBufferPointer? {
        let start = place
        guard take("\"") else { return nil }
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\""):
                place += 1
                return UnsafeRawBufferPointer(rebasing: bytes[start..<place])
            case UInt8(ascii: "\\"): place += 2
            default: place += 1
            }
        }
        return nil
    }

    /// A text, whole number, truth value, or list of them.
    mutating func value() -> UnsafeRawBufferPointer? {
        let start = place
        guard take("[") else { return scalar() }
        if !take("]") {
            repeat { if scalar() == nil { return nil } } while take(",") && take(" ")
            guard take("]") else { return nil }
        }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<place])
    }

    private mutating func scalar() -> UnsafeRawBufferPointer? {
        if place < bytes.count, bytes[place] == UInt8(ascii: "\"") { return text() }
        let start = place
        while place < bytes.count, Self.isWord(bytes[place]) { place += 1 }
        let word = UnsafeRawBufferPointer(rebasing: bytes[start..<place])
        return word.elementsEqual("true".utf8) || word.elementsEqual("false".utf8) || Self.isNumber(word) ? word : nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    /// Whether it is a whole number that 64 bits hold, as jsonb prints it.
    private static func isNumber(_ word: UnsafeRawBufferPointer) -> Bool {
        let digits = word.first == UInt8(ascii: "-") ? word.dropFirst() : word[...]
        return (1...18).contains(digits.count)
            && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
