import DomainModel

/// The decoder of one value of a document.
struct JSONNodeDecoder: Decoder {
    let node: JSONNode
    let codingPath: [any CodingKey]
    let asked: AskedMembers

    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = node else { throw mismatch("an object", zh: "对象") }
        let pointer = JSONFault.pointer(codingPath)
        asked.begin(pointer, members.map(\.name))
        let values = Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        return KeyedDecodingContainer(
            JSONObjectContainer<Key>(values: values, codingPath: codingPath, pointer: pointer, asked: asked)
        )
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let items) = node else { throw mismatch("an array", zh: "数组") }
        return JSONArrayContainer(items: items, codingPath: codingPath, asked: asked)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { JSONValueContainer(decoder: self) }

    /// What is told when another kind of value was expected.
    func mismatch(_ expected: String, zh: String) -> JSONFault {
        let given: LocalizedText =
            switch node {
            case .null: LocalizedText(zh: "null", en: "null")
            case .bool: LocalizedText(zh: "布尔值", en: "a boolean")
            case .number(let text): LocalizedText(zh: "数字 \(text.prefix(40))", en: "the number \(text.prefix(40))")
            case .string: LocalizedText(zh: "字符串", en: "a string")
            case .array: LocalizedText(zh: "数组", en: "an array")
            case .object: LocalizedText(zh: "对象", en: "an object")
            }
        return JSONFault(
            JSONFault.pointer(codingPath),
            "is \(given.en), expected \(expected)",
            zh: "为\(given.zh)，应为\(zh)"
        )
    }
}

/// One value that is no object or array.
struct JSONValueContainer: SingleValueDecodingContainer {
    let decoder: JSONNodeDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.node == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let value) = decoder.node else { throw decoder.mismatch("true or false", zh: "true 或 false") }
        return value
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .string(let text) = decoder.node else { throw decoder.mismatch("a string", zh: "字符串") }
        return text
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard case .number(let text) = decoder.node, let value = Double(text) else {
            throw decoder.mismatch("a number", zh: "数字")
        }
        return value
    }

    func decode(_ type: Float.Type) throws -> Float {
        let value = Float(try decode(Double.self))
        guard value.isFinite else { throw decoder.mismatch("a number of single precision", zh: "单精度数") }
        return value
    }

    func decode(_ type: Int.Type) throws -> Int { try integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer() }
    func decode(_ type: UInt.Type) throws -> UInt { try integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer() }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: decoder) }

    /// A whole number, also one that is written `1.0` or `1e3`: JSON has one kind of number.
    private func integer<Value: FixedWidthInteger>() throws -> Value {
        let range = "from \(Value.min) to \(Value.max)"
        let fault = decoder.mismatch("a whole number \(range)", zh: "\(Value.min) 到 \(Value.max) 之间的整数")
        guard case .number(let text) = decoder.node else { throw fault }
        if let value = Value(text) { return value }
        guard text.contains(where: { ".eE".contains($0) }), let number = Double(text), abs(number) < 0x1p53,
            let value = Value(exactly: number)
        else { throw fault }
        return value
    }
}
