/// A decoder that has no document: it notes what it is asked for, and answers with samples.
final class SchemaRecorder: Decoder {
    let book: SchemaBook
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]

    private var properties: [(String, JSONNode)] = []
    private var required: [String] = []
    private var single: JSONNode?
    private var isObject = false

    init(book: SchemaBook) { self.book = book }

    /// The schema of what was asked for, or `nil` when nothing was.
    var shape: JSONNode? {
        guard isObject else { return single }
        var members: [(String, JSONNode)] = [("type", "object")]
        members.append(("properties", .object(of: properties)))
        if !required.isEmpty { members.append(("required", .strings(required))) }
        members.append(("additionalProperties", false))
        return .object(of: members)
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        isObject = true
        return KeyedDecodingContainer(RecordingContainer<Key>(recorder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw SchemaBook.Indescribable(description: "a type decodes an array by hand: make it SchemaDescribing")
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer { RecordingValue(recorder: self) }

    /// Notes a member and answers with a sample.
    func member<Value: Decodable>(_ name: String, _ type: Value.Type) throws -> Value {
        let entry = try note(name, type, isOptional: false)
        guard let sample = entry.sample as? Value else {
            throw SchemaBook.Indescribable(description: "\(type) holds itself without an array or an optional between")
        }
        return sample
    }

    /// Notes a member that may be absent.
    @discardableResult
    func note<Value: Decodable>(_ name: String, _ type: Value.Type, isOptional: Bool) throws -> SchemaBook.Entry {
        let entry = try book.entry(type)
        properties.append((name, isOptional ? SchemaBook.nullable(entry.schema) : entry.schema))
        if !isOptional { required.append(name) }
        return entry
    }

    /// Notes that the type is one value, and answers with a sample.
    func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let entry = try book.entry(type)
        single = entry.schema
        guard let sample = entry.sample as? Value else {
            throw SchemaBook.Indescribable(description: "\(type) holds nothing but itself")
        }
        return sample
    }
}

private struct RecordingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let recorder: SchemaRecorder
    let codingPath: [any CodingKey] = []
    let allKeys: [Key] = []

    func contains(_ key: Key) -> Bool { true }
    func decodeNil(forKey key: Key) throws -> Bool { true }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try recorder.member(key.stringValue, type)
    }

    func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
        try recorder.note(key.stringValue, type, isOptional: true)
        return nil
    }

    // The standard library has its own of these for the types that it knows.
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try absent(type, key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try absent(type, key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try absent(type, key) }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { try absent(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try absent(type, key) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { try absent(type, key) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { try absent(type, key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try absent(type, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try absent(type, key) }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { try absent(type, key) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { try absent(type, key) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { try absent(type, key) }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { try absent(type, key) }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? { try absent(type, key) }

    private func absent<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value? {
        try recorder.note(key.stringValue, type, isOptional: true)
        return nil
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        throw SchemaBook.Indescribable(
            description: "\(key.stringValue) is decoded by hand: make its type SchemaDescribing"
        )
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw SchemaBook.Indescribable(
            description: "\(key.stringValue) is decoded by hand: make its type SchemaDescribing"
        )
    }

    func superDecoder() throws -> any Decoder { recorder }
    func superDecoder(forKey key: Key) throws -> any Decoder { recorder }
}

private struct RecordingValue: SingleValueDecodingContainer {
    let recorder: SchemaRecorder
    let codingPath: [any CodingKey] = []

    func decodeNil() -> Bool { false }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try recorder.value(type) }
}
