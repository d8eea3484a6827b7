import HTTPTypes
import Hummingbird
public import NIOCore

/// Takes the pieces of a streamed body.
public struct BodyWriter {
    var base: any ResponseBodyWriter

    /// Writes a piece and waits until the receiver can take more.
    @concurrent
    public mutating func write(_ piece: ByteBuffer) async throws { try await base.write(piece) }

    /// Writes a text as UTF-8.
    @concurrent
    public mutating func write(_ text: String) async throws { try await write(ByteBuffer(string: text)) }
}

extension APIResponse {
    /// The answer as Hummingbird wants it.
    func response(_ request: Hummingbird.Request, _ context: PlatformContext) async throws -> Response {
        switch body {
        case .empty:
            return Response(status: status, headers: headers)
        case .bytes(let buffer):
            var headers = headers
            headers[.contentLength] = String(buffer.readableBytes)
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: buffer))
        case .file(let path):
            let body = try await FileIO().loadFile(path: path, context: context)
            var headers = headers
            if let length = body.contentLength { headers[.contentLength] = String(length) }
            return Response(status: status, headers: headers, body: body)
        case .stream(let write):
            let body = ResponseBody { writer in
                var pieces = BodyWriter(base: writer)
                try await write(&pieces)
                try await pieces.base.finish(nil)
            }
            return Response(status: status, headers: headers, body: body)
        }
    }
}
