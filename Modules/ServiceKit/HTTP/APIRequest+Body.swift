import Hummingbird
import NIOCore

extension APIRequest {
    /// The body as JSON.
    ///
    /// - Throws: ``Problem``: `BODY_MISSING`, `BODY_TOO_LONG`, or `BODY_INVALID`, which names the place by a JSON pointer
    ///   and says what was expected; members that `Value` does not have are refused at whatever depth.
    public func body<Value: Decodable>(as type: Value.Type = Value.self) async throws -> Value {
        if let declared = route.body.type, declared as Any.Type != type as Any.Type {
            throw RouteContract.Broken(description: "\(route.path) declares the body \(declared), not \(type)")
        }
        var buffer = ByteBuffer()
        for try await chunk in bodyStream { buffer.writeImmutableBuffer(chunk) }
        return try Self.decode(type, from: buffer)
    }

    /// A body as JSON.
    ///
    /// - Throws: ``Problem``: `BODY_MISSING`, `BODY_INVALID`.
    static func decode<Value: Decodable>(_ type: Value.Type, from buffer: ByteBuffer) throws -> Value {
        guard buffer.readableBytes > 0 else {
            throw Problem(.bodyMissing, "A JSON document was expected.", zh: "缺少 JSON 请求体。")
        }
        do {
            return try JSON.decode(type, from: buffer)
        } catch let fault as JSONFault {
            throw Problem.body(fault)
        }
    }

    /// The body as it arrives, for files: memory stays bounded because the sender waits for the reader.
    ///
    /// Can be read once. A body under a `Content-Encoding` is unpacked. Throws ``Problem`` `BODY_TOO_LONG` when
    /// the route's limit is passed, `BODY_INFLATES_TOO_MUCH`, `CONTENT_ENCODING_INVALID`.
    public var bodyStream: BodyStream {
        BodyStream(base: incoming.body, limit: bodyLimit, keyed: keyed, unpacking: unpacking, deadline: deadline)
    }
}
