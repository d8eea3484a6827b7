import FoundationEssentials
import NIOCore

/// How the platform writes JSON: sorted members, no escaped slashes, UTF-8.
enum JSON {
    /// The bytes of a value.
    static func encode(_ value: some Encodable) throws -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return ByteBuffer(bytes: try encoder.encode(value))
    }

    /// The value of the bytes.
    ///
    /// - Throws: ``JSONFault``, also for members that `Value` does not have.
    static func decode<Value: Decodable>(_ type: Value.Type, from buffer: ByteBuffer) throws -> Value {
        try JSONDecoding.decode(type, from: JSONReader.read(buffer.readableBytesView))
    }
}
