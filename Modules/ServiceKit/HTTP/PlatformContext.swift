import DomainModel
import HTTPTypes
import Hummingbird
import NIOCore

/// What Hummingbird carries along with a request.
struct PlatformContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The id of the request: the caller's, or one of ours.
    var requestID = ""
    /// The language of texts in the answer.
    var language = Language.en
    /// The request's place in a trace.
    var trace = TraceContext.none
    /// Where the connection comes from; absent in tests.
    let remoteAddress: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}

extension HTTPField.Name {
    /// `X-Request-ID`.
    static let requestID = HTTPField.Name("X-Request-ID")!
    /// `traceparent`. Source: W3C Trace Context §3.2.
    static let traceparent = HTTPField.Name("traceparent")!
    /// `tracestate`. Source: W3C Trace Context §3.3.
    static let tracestate = HTTPField.Name("tracestate")!
}
