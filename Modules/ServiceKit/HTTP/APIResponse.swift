public import HTTPTypes
import Hummingbird
public import NIOCore

/// What a handler answers.
public struct APIResponse: Sendable {
    /// The status.
    public var status: HTTPResponse.Status
    /// The header fields; `Content-Type` and `Content-Length` come from the body.
    public var headers: HTTPFields
    var body: Body

    enum Body: Sendable {
        case empty
        case bytes(ByteBuffer)
        case file(path: String)
        case stream(@Sendable @concurrent (inout BodyWriter) async throws -> Void)
    }

    static let jsonType = "application/json; charset=utf-8"

    /// A value as JSON: sorted members, UTF-8.
    ///
    /// - Parameters:
    ///   - value: What is written.
    ///   - status: 200 unless given.
    ///   - headers: Such as `[.location: …, .eTag: …]`.
    /// - Returns: The answer.
    /// - Throws: `EncodingError` when the value has no JSON form, such as a NaN.
    public static func json(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) throws -> APIResponse {
        .bytes(try JSON.encode(value), contentType: jsonType, status: status, headers: headers)
    }

    /// Bytes that are JSON, HTML, … already.
    public static func bytes(
        _ bytes: ByteBuffer,
        contentType: String,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> APIResponse {
        APIResponse(status: status, headers: headers.with(contentType), body: .bytes(bytes))
    }

    /// A text, as UTF-8.
    public static func text(
        _ text: String,
        contentType: String = "text/plain; charset=utf-8",
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) -> APIResponse {
        .bytes(ByteBuffer(string: text), contentType: contentType, status: status, headers: headers)
    }

    /// A file of this machine, straight from disk.
    public static func file(_ path: String, contentType: String, headers: HTTPFields = [:]) -> APIResponse {
        APIResponse(status: .ok, headers: headers.with(contentType), body: .file(path: path))
    }

    /// A body that is written piece by piece; the writer waits for the receiver.
    ///
    /// An error thrown after the first piece breaks the connection, since the status has been sent.
    public static func stream(
        contentType: String,
        headers: HTTPFields = [:],
        _ write: @escaping @Sendable @concurrent (inout BodyWriter) async throws -> Void
    ) -> APIResponse {
        APIResponse(status: .ok, headers: headers.with(contentType), body: .stream(write))
    }

    /// No body: 204 unless given.
    public static func empty(_ status: HTTPResponse.Status = .noContent, headers: HTTPFields = [:]) -> APIResponse {
        APIResponse(status: status, headers: headers, body: .empty)
    }
}

extension HTTPFields {
    fileprivate func with(_ contentType: String) -> HTTPFields {
        var copy = self
        copy[.contentType] = contentType
        return copy
    }
}
