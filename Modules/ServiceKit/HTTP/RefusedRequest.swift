import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Gives the bare 400 that Hummingbird sends for what cannot be parsed its words.
///
/// Hummingbird sends it when its turn has come, behind the answers to requests before, and closes the connection; an
/// answer from here would overtake those.
final class RefusedRequest: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let refusals: Refusals
    private var error: HTTPParserError?

    init(_ refusals: Refusals) { self.refusals = refusals }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.error = self.error ?? error as? HTTPParserError
        context.fireErrorCaught(error)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard let error, case .head(let head) = unwrapOutboundIn(data), Self.isBare(head),
            let answer = try? refusals.answer(to: error)
        else { return context.write(data, promise: promise) }
        context.write(wrapOutboundOut(.head(answer.head)), promise: nil)
        context.write(wrapOutboundOut(.body(answer.body)), promise: promise)
    }

    /// Every answer of ours has a request id.
    private static func isBare(_ head: HTTPResponse) -> Bool {
        head.status == .badRequest && head.headerFields[.requestID] == nil && head.headerFields[.contentLength] == "0"
    }
}
