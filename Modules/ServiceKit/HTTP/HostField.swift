import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1

/// What HTTP/1.1 asks of `Host`, so that a proxy and this service never take a request for two different ones.
///
/// Source: RFC 9112 §3.2: 400 where it is absent, given twice, or no host. The name itself is nobody's business here.
enum HostField {
    /// `HTTPField.Name.host` cannot be used: it stands for the authority.
    private static let name = HTTPField.Name("Host")!

    /// Passes requests with one valid `Host`.
    ///
    /// - Throws: ``Problem``: `REQUEST_MALFORMED`.
    static func check(_ request: HTTPRequest) throws {
        // The codec takes the first field for the authority, and leaves others among the fields.
        guard let authority = request.authority else {
            throw Problem(.requestMalformed, "The request has no Host.", zh: "请求没有 Host 头字段。")
        }
        guard !request.headerFields.contains(name) else {
            throw Problem(.requestMalformed, "The request has Host more than once.", zh: "请求有多个 Host 头字段。")
        }
        guard isValid(authority) else {
            throw Problem(
                .requestMalformed,
                "Host is not the name or the address of a host, with a port or without.",
                zh: "Host 不是主机名或地址（可带端口）。"
            )
        }
    }

    /// Whether a text is `uri-host [ ":" port ]`, also an empty one. Source: RFC 9110 §7.2, RFC 3986 §3.2.2.
    static func isValid(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        if rest.first == UInt8(ascii: "[") {
            guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return false }
            let literal = rest[..<end].dropFirst()
            guard !literal.isEmpty, literal.allSatisfy({ isOfName($0) || $0 == UInt8(ascii: ":") }) else {
                return false
            }
            rest = rest[end...].dropFirst()
        } else {
            rest = rest.drop(while: isOfName)
        }
        guard let next = rest.first else { return true }
        return next == UInt8(ascii: ":")
            && rest.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Unreserved characters, those of percent-encoding, and the delimiters that a name may have.
    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "%"),
            UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "("),
            UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"),
            UInt8(ascii: "="):
            true
        default: false
        }
    }
}

/// Gives requests of HTTP/1.0, which need no `Host`, an empty one.
///
/// Stands before the codec, behind which the version is no longer known.
final class OldVersions: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), head.version.major < 1 || head.version == .http1_0,
            !head.headers.contains(name: "Host")
        else { return context.fireChannelRead(data) }
        head.headers.add(name: "Host", value: "")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
