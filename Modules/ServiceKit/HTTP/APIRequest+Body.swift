import DomainModel
import Hummingbird
import NIOCore

extension APIRequest {
    /// The body as JSON.
    ///
    /// - Throws: ``Problem``: `BODY_MISSING`, `BODY_TOO_LONG`, or `BODY_INVALID`, which names the member and what was
    ///   expected; members that `Value` does not have are refused.
    public func body<Value: Decodable>(as type: Value.Type = Value.self) async throws -> Value {
        var buffer = ByteBuffer()
        for try await chunk in bodyStream { buffer.writeImmutableBuffer(chunk) }
        guard buffer.readableBytes > 0 else {
            throw Problem(.bodyMissing, "A JSON document was expected.", zh: "缺少 JSON 请求体。")
        }
        do {
            return try JSON.decode(type, from: buffer)
        } catch let error as DecodingError {
            let (place, what) = error.explanation
            throw Problem(.bodyInvalid, "\(place.en): \(what.en).", zh: "\(place.zh)：\(what.zh)。")
                .with("member", place.en)
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

extension DecodingError {
    /// The place in the document, and what is the matter there.
    fileprivate var explanation: (place: LocalizedText, what: LocalizedText) {
        func place(_ path: [any CodingKey]) -> LocalizedText {
            if path.isEmpty { return LocalizedText(zh: "文档", en: "The document") }
            let text = path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
            return LocalizedText(zh: text, en: text)
        }
        switch self {
        case .keyNotFound(let key, let context):
            return (place(context.codingPath + [key]), LocalizedText(zh: "缺少此成员", en: "the member is missing"))
        case .typeMismatch(let type, let context):
            return (place(context.codingPath), LocalizedText(zh: "应为 \(type)", en: "expected \(type)"))
        case .valueNotFound(let type, let context):
            return (place(context.codingPath), LocalizedText(zh: "为 null，应为 \(type)", en: "is null, expected \(type)"))
        case .dataCorrupted(let context):
            return (
                place(context.codingPath), LocalizedText(zh: context.debugDescription, en: context.debugDescription)
            )
        @unknown default:
            return (place([]), LocalizedText(zh: "无法读取", en: "cannot be read"))
        }
    }
}
