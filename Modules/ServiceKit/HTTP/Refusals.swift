import DomainModel
import HTTPTypes
import Logging
import NIOCore
import NIOHTTP1

/// What is said to senders whose request never becomes one: problem details, a line in the log, a number in the metrics.
///
/// Nothing of the request is known, so the answer is in English with Chinese beside, and names no path.
struct Refusals: Sendable {
    let metrics: RequestMetrics
    let logger: Logger
    /// The longest head, in bytes.
    let headBytes: Int

    /// The most header fields of a request.
    static let maximumFields = 200

    /// The answer to what the parser does not take.
    func answer(to error: HTTPParserError) throws -> (head: HTTPResponse, body: ByteBuffer) {
        try answer(problem(error))
    }

    /// The answer to a head that does not come to its end, as it goes over the wire.
    func slowHead() throws -> ByteBuffer {
        let (head, body) = try answer(
            Problem(
                .senderTooSlow,
                "The head of the request came slower than this service waits for.",
                zh: "请求头发送过慢。"
            )
        )
        let status = HTTPResponseStatus(statusCode: head.status.code)
        var text = "HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n"
        for field in head.headerFields { text += "\(field.name.rawName): \(field.value)\r\n" }
        var bytes = ByteBuffer(string: text + "\r\n")
        bytes.writeImmutableBuffer(body)
        return bytes
    }

    private func answer(_ problem: Problem) throws -> (head: HTTPResponse, body: ByteBuffer) {
        let id = RequestIdentifier.make()
        var (fields, body) = try problem.written(in: .en, instance: nil, requestID: id)
        fields[.connection] = "close"
        fields[.requestID] = id
        metrics.record(method: "other", route: "unknown", status: problem.code.status, .zero)
        logger.info(
            "request refused",
            metadata: [
                "request_id": .string(id), "status": .stringConvertible(problem.code.status),
                "code": .string(problem.code.id), "reason": .string(problem.detail.en),
            ]
        )
        return (HTTPResponse(status: .init(code: problem.code.status), headerFields: fields), body)
    }

    private func problem(_ error: HTTPParserError) -> Problem {
        if error == .headerOverflow {
            return Problem(
                .headTooLong,
                "The request line and the header fields are longer than \(headBytes) bytes, or the fields are more than \(Self.maximumFields).",
                zh: "请求行与头字段超过 \(headBytes) 字节，或头字段超过 \(Self.maximumFields) 个。"
            )
        }
        let detail = Self.detail(error)
        return Problem(.requestMalformed, detail.en, zh: detail.zh)
    }

    private static func detail(_ error: HTTPParserError) -> LocalizedText {
        switch error {
        case .invalidMethod:
            LocalizedText(zh: "请求以未知的方法开头。", en: "The request does not begin with a method that is known.")
        case .invalidURL: LocalizedText(zh: "无法读取请求目标。", en: "The target of the request cannot be read.")
        case .invalidVersion, .invalidConstant:
            LocalizedText(zh: "请求行不以 HTTP/1.1 结尾。", en: "The request line does not end with HTTP/1.1.")
        case .invalidHeaderToken:
            LocalizedText(
                zh: "头字段含有不允许的字符。",
                en: "A header field has a character that may not stand there."
            )
        case .invalidContentLength, .unexpectedContentLength:
            LocalizedText(
                zh: "Content-Length 不是数字、重复，或与 Transfer-Encoding 同时给出。",
                en: "Content-Length is no number, or is given twice or beside Transfer-Encoding."
            )
        case .invalidChunkSize: LocalizedText(zh: "分块的长度无法读取。", en: "The size of a chunk cannot be read.")
        case .invalidEOFState: LocalizedText(zh: "请求提前结束。", en: "The request ends too early.")
        default: LocalizedText(zh: "请求不是有效的 HTTP/1.1。", en: "The request is not valid HTTP/1.1.")
        }
    }
}
