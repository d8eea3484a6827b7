/// The members of an object.
struct JSONObjectContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let values: [String: JSONNode]
    let codingPath: [any CodingKey]
    let pointer: String
    let asked: AskedMembers

    var allKeys: [Key] {
        asked.noteAll(pointer)
        return values.keys.compactMap { Key(stringValue: $0) }
    }

    func contains(_ key: Key) -> Bool {
        asked.note(pointer, key.stringValue)
        return values[key.stringValue] != nil
    }

    private func decoder(_ key: Key) throws -> JSONNodeDecoder {
        asked.note(pointer, key.stringValue)
        guard let node = values[key.stringValue] else {
            throw JSONFault(JSONFault.pointer(pointer, key.stringValue), "the member is missing", zh: "缺少此成员")
        }
        return JSONNodeDecoder(node: node, codingPath: codingPath + [key], asked: asked)
    }

    func decodeNil(forKey key: Key) throws -> Bool { try decoder(key).node == .null }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try Value(from: decoder(key))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try decoder(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder {
        JSONNodeDecoder(
            node: .object(values.map { JSONNode.Member(name: $0.key, value: $0.value) }),
            codingPath: codingPath,
            asked: asked
        )
    }

    func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(key) }
}

/// The items of an array.
struct JSONArrayContainer: UnkeyedDecodingContainer {
    let items: [JSONNode]
    let codingPath: [any CodingKey]
    let asked: AskedMembers
    private(set) var currentIndex = 0

    init(items: [JSONNode], codingPath: [any CodingKey], asked: AskedMembers) {
        self.items = items
        self.codingPath = codingPath
        self.asked = asked
    }

    private struct Index: CodingKey {
        let intValue: Int?
        var stringValue: String { String(intValue ?? 0) }
        init(_ index: Int) { intValue = index }
        init?(stringValue: String) { nil }
        init?(intValue: Int) { self.init(intValue) }
    }

    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex >= items.count }

    private mutating func next() throws -> JSONNodeDecoder {
        let path = codingPath + [Index(currentIndex)]
        guard !isAtEnd else { throw JSONFault(JSONFault.pointer(path), "the item is missing", zh: "缺少此项") }
        defer { currentIndex += 1 }
        return JSONNodeDecoder(node: items[currentIndex], codingPath: path, asked: asked)
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, items[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try Value(from: next()) }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { try next() }
}
