/// Decodes a value and refuses members of the outermost object that the value did not ask for.
///
/// `Codable` skips unknown members in silence, so that `"asof"` instead of
/// `"asOf"` would quietly answer another question. A decoder that stands in
/// front of the real one notes which keys are asked for.
struct KnownMembersOnly<Value: Decodable>: Decodable {
    let value: Value

    init(from decoder: any Decoder) throws {
        let asked = AskedKeys()
        value = try Value(from: NotingDecoder(base: decoder, asked: asked))
        guard asked.isObject, let object = try? decoder.container(keyedBy: AnyKey.self) else { return }
        let unknown = object.allKeys.map(\.stringValue).filter { !asked.names.contains($0) }.sorted()
        guard let first = unknown.first else { return }
        throw DecodingError.dataCorruptedError(
            forKey: AnyKey(first),
            in: object,
            debugDescription: "unknown member; known are \(asked.names.sorted().joined(separator: ", "))"
        )
    }
}

/// A key by any name.
struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}

private final class AskedKeys {
    var isObject = false
    var names: Set<String> = []
}

private struct NotingDecoder: Decoder {
    let base: any Decoder
    let asked: AskedKeys

    var codingPath: [any CodingKey] { base.codingPath }
    var userInfo: [CodingUserInfoKey: Any] { base.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        asked.isObject = true
        return KeyedDecodingContainer(NotingContainer(base: try base.container(keyedBy: type), asked: asked))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try base.unkeyedContainer() }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { try base.singleValueContainer() }
}

private struct NotingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let base: KeyedDecodingContainer<Key>
    let asked: AskedKeys

    var codingPath: [any CodingKey] { base.codingPath }

    /// A type that asks for all keys takes any key.
    var allKeys: [Key] {
        asked.names.formUnion(base.allKeys.map(\.stringValue))
        return base.allKeys
    }

    private func note(_ key: Key) -> KeyedDecodingContainer<Key> {
        asked.names.insert(key.stringValue)
        return base
    }

    func contains(_ key: Key) -> Bool { note(key).contains(key) }
    func decodeNil(forKey key: Key) throws -> Bool { try note(key).decodeNil(forKey: key) }
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try note(key).decode(type, forKey: key) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try note(key).decode(type, forKey: key) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try note(key).decode(type, forKey: key) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try note(key).decode(type, forKey: key) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try note(key).decode(type, forKey: key) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try note(key).decode(type, forKey: key) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try note(key).decode(type, forKey: key) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try note(key).decode(type, forKey: key) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try note(key).decode(type, forKey: key) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try note(key).decode(type, forKey: key) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try note(key).decode(type, forKey: key) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try note(key).decode(type, forKey: key) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try note(key).decode(type, forKey: key) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try note(key).decode(type, forKey: key) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try note(key).decode(type, forKey: key)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try note(key).nestedContainer(keyedBy: type, forKey: key)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try note(key).nestedUnkeyedContainer(forKey: key)
    }

    func superDecoder() throws -> any Decoder { try base.superDecoder() }
    func superDecoder(forKey key: Key) throws -> any Decoder { try note(key).superDecoder(forKey: key) }
}
