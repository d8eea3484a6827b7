/// Reads a JSON document strictly: RFC 8259 in the profile of RFC 7493 (I-JSON), and a little narrower.
///
/// Refused are a byte order mark, invalid UTF-8, lone surrogates, names that stand twice in an object, numbers that no
/// binary64 can hold, more than ``maximumDepth`` levels, anything behind the value, and U+0000, which PostgreSQL cannot
/// store. Every fault names its place.
struct JSONReader {
    /// How deep arrays and objects may lie in one another.
    static let maximumDepth = 64

    private let bytes: [UInt8]
    private var index = 0

    /// Reads a whole document.
    ///
    /// - Throws: ``JSONFault``.
    static func read(_ bytes: some Sequence<UInt8>) throws -> JSONNode {
        var reader = JSONReader(bytes: Array(bytes))
        if reader.bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            throw JSONFault("", "begins with a byte order mark; expected plain UTF-8", zh: "以字节顺序标记开头，应为不带 BOM 的 UTF-8")
        }
        let node = try reader.value(at: "", depth: 0)
        reader.skipBlanks()
        guard reader.index == reader.bytes.count else {
            throw JSONFault(
                "",
                "goes on after its end, at byte \(reader.index + 1)",
                zh: "结束后还有内容，位于第 \(reader.index + 1) 字节"
            )
        }
        return node
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func skipBlanks() {
        while let byte = current, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { index += 1 }
    }

    /// What is told about bytes that cannot stand where they do.
    private func unexpected(_ pointer: String) -> JSONFault {
        guard let byte = current else {
            return JSONFault(pointer, "ends too early, at byte \(index + 1)", zh: "在第 \(index + 1) 字节处提前结束")
        }
        let shown = (0x21...0x7E).contains(byte) ? String(UnicodeScalar(byte)) : "0x" + String(byte, radix: 16)
        return JSONFault(
            pointer,
            "is no JSON: \(shown) at byte \(index + 1) cannot stand there",
            zh: "不是有效的 JSON：第 \(index + 1) 字节处不应为 \(shown)"
        )
    }

    private mutating func value(at pointer: String, depth: Int) throws -> JSONNode {
        skipBlanks()
        switch current {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth < Self.maximumDepth else {
                throw JSONFault(
                    "",
                    "is nested more than \(Self.maximumDepth) levels deep",
                    zh: "嵌套超过 \(Self.maximumDepth) 层"
                )
            }
            return current == UInt8(ascii: "{")
                ? try object(at: pointer, depth: depth + 1) : try array(at: pointer, depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string(at: pointer))
        case UInt8(ascii: "t"): return try word("true", .bool(true), at: pointer)
        case UInt8(ascii: "f"): return try word("false", .bool(false), at: pointer)
        case UInt8(ascii: "n"): return try word("null", .null, at: pointer)
        case let byte? where byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
            return try number(at: pointer)
        default: throw unexpected(pointer)
        }
    }

    private mutating func word(_ text: String, _ node: JSONNode, at pointer: String) throws -> JSONNode {
        for byte in text.utf8 {
            guard current == byte else { throw unexpected(pointer) }
            index += 1
        }
        return node
    }

    private mutating func object(at pointer: String, depth: Int) throws -> JSONNode {
        index += 1
        var members: [JSONNode.Member] = []
        var names: Set<String> = []
        skipBlanks()
        if current == UInt8(ascii: "}") {
            index += 1
            return .object([])
        }
        while true {
            skipBlanks()
            guard current == UInt8(ascii: "\"") else { throw unexpected(pointer) }
            let name = try string(at: pointer)
            let place = JSONFault.pointer(pointer, name)
            // Swift compares strings by canonical equivalence; two spellings of one text are one name to it.
            guard names.insert(name).inserted else { throw JSONFault(place, "stands twice", zh: "重复出现") }
            skipBlanks()
            guard current == UInt8(ascii: ":") else { throw unexpected(place) }
            index += 1
            members.append(JSONNode.Member(name: name, value: try value(at: place, depth: depth)))
            skipBlanks()
            switch current {
            case UInt8(ascii: ","): index += 1
            case UInt8(ascii: "}"):
                index += 1
                return .object(members)
            default: throw unexpected(pointer)
            }
        }
    }

    private mutating func array(at pointer: String, depth: Int) throws -> JSONNode {
        index += 1
        var items: [JSONNode] = []
        skipBlanks()
        if current == UInt8(ascii: "]") {
            index += 1
            return .array([])
        }
        while true {
            items.append(try value(at: JSONFault.pointer(pointer, String(items.count)), depth: depth))
            skipBlanks()
            switch current {
            case UInt8(ascii: ","): index += 1
            case UInt8(ascii: "]"):
                index += 1
                return .array(items)
            default: throw unexpected(pointer)
            }
        }
    }

    private mutating func digits() -> Int {
        let start = index
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
        return index - start
    }

    private mutating func number(at pointer: String) throws -> JSONNode {
        let start = index
        if current == UInt8(ascii: "-") { index += 1 }
        let leads = current == UInt8(ascii: "0")
        let count = digits()
        guard count > 0 else { throw unexpected(pointer) }
        if leads, count > 1 {
            throw JSONFault(pointer, "has a zero in front; JSON has none", zh: "数字以零开头，JSON 不允许")
        }
        if current == UInt8(ascii: ".") {
            index += 1
            guard digits() > 0 else { throw unexpected(pointer) }
        }
        if let byte = current, byte | 0x20 == UInt8(ascii: "e") {
            index += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
            guard digits() > 0 else { throw unexpected(pointer) }
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        guard index - start <= 400, let value = Double(text), value.isFinite else {
            throw JSONFault(pointer, "is beyond the range of numbers", zh: "超出数值范围")
        }
        return .number(text)
    }

    private mutating func string(at pointer: String) throws -> String {
        index += 1
        var text: [UInt8] = []
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw JSONFault(pointer, "has bytes that are no UTF-8", zh: "含有无效的 UTF-8 字节")
                }
                return string
            case UInt8(ascii: "\\"):
                index += 1
                text += try escape(at: pointer)
            case 0..<0x20:
                throw JSONFault(pointer, "has a control character that is not escaped", zh: "含有未转义的控制字符")
            default:
                text.append(byte)
                index += 1
            }
        }
        throw unexpected(pointer)
    }

    private mutating func escape(at pointer: String) throws -> [UInt8] {
        guard let byte = current else { throw unexpected(pointer) }
        let simple: [UInt8: UInt8] = [
            UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
            UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
            UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
        ]
        if let plain = simple[byte] {
            index += 1
            return [plain]
        }
        guard byte == UInt8(ascii: "u") else { throw unexpected(pointer) }
        index += 1
        let first = try hexadecimal(at: pointer)
        guard first != 0 else { throw JSONFault(pointer, "has the character U+0000", zh: "含有字符 U+0000") }
        guard (0xD800...0xDFFF).contains(first) else { return utf8(first) }
        let lone = JSONFault(pointer, "has half of a surrogate pair", zh: "含有不成对的代理项")
        guard first < 0xDC00, current == UInt8(ascii: "\\") else { throw lone }
        index += 1
        guard current == UInt8(ascii: "u") else { throw lone }
        index += 1
        let second = try hexadecimal(at: pointer)
        guard (0xDC00...0xDFFF).contains(second) else { throw lone }
        return utf8(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }

    private func utf8(_ scalar: UInt32) -> [UInt8] {
        UnicodeScalar(scalar).map { Array(String($0).utf8) } ?? []
    }

    private mutating func hexadecimal(at pointer: String) throws -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
                throw unexpected(pointer)
            }
            number = number << 4 + UInt32(digit)
            index += 1
        }
        return number
    }
}
