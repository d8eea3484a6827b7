/// A request to an address that somebody outside has named.
///
/// The host's name was resolved and judged by the caller; the connection goes to that address and to no other, so that
/// a name that is resolved anew leads nowhere else. No proxy is asked, no redirect is followed, and no other protocol
/// is spoken than the one named.
public struct PinnedRequest: Sendable {
    /// `http` or `https`.
    public var scheme: String
    /// The host, as it stands in `Host` and in the certificate; an IPv6 address in brackets.
    public var host: String
    /// The port.
    public var port: UInt16
    /// Path and query, from the slash on.
    public var target: String
    /// The IP address to connect to, without brackets.
    public var address: String
    /// The header fields.
    public var headers: [(name: String, value: String)]
    /// The body.
    public var body: [UInt8]
    /// How long the whole may take.
    public var timeout: Duration
    /// The longest answer that is read; a longer one is an error.
    public var maximumReplyBytes: Int

    /// Describes a request.
    public init(
        scheme: String,
        host: String,
        port: UInt16,
        target: String,
        address: String,
        headers: [(name: String, value: String)],
        body: [UInt8],
        timeout: Duration,
        maximumReplyBytes: Int
    ) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.target = target
        self.address = address
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maximumReplyBytes = maximumReplyBytes
    }
}

/// Sends ``PinnedRequest``s on connections and a thread of its own.
public struct PinnedClient: Sendable {
    private let engine = CurlEngine()
    private let userAgent: String

    /// Makes a client.
    public init(userAgent: String) { self.userAgent = userAgent }

    /// Posts a request, once.
    ///
    /// - Returns: The answer, whatever its status.
    /// - Throws: ``PlatformClientError`` when there is no whole answer; `CancellationError`.
    public func post(_ request: PinnedRequest) async throws -> HTTPReply<[UInt8]> {
        var options = PlatformClient.Options()
        options.userAgent = userAgent
        options.connectTimeout = min(.seconds(5), request.timeout)
        options.timeout = request.timeout
        options.stallTimeout = nil
        options.maximumReplyBytes = request.maximumReplyBytes
        let base = "\(request.scheme)://\(request.host):\(request.port)"
        let clean = request.headers.map { name, value in
            // A line break in a value would be a second header field.
            (name, String(value.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 }))
        }
        return try await engine.run(
            CurlTransfer.Request(
                method: "POST",
                url: base + request.target,
                address: try ServiceAddress(base),
                headers: clean,
                outgoing: .bytes(request.body),
                incoming: .memory,
                options: options,
                pin: CurlTransfer.Pin(
                    scheme: request.scheme,
                    connection: "\(request.host):\(request.port):\(Self.bracketed(request.address)):\(request.port)"
                )
            )
        )
    }

    private static func bracketed(_ address: String) -> String { address.contains(":") ? "[\(address)]" : address }
}
