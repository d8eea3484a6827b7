public import DomainModel

/// Typed JSON over HTTP to a service of the platform: for the CLI and between services.
///
/// A client is a value: copies share connections and one thread, which libcurl
/// runs on. Cancelling a task ends its transfer.
///
///     let client = try PlatformClient("http://127.0.0.1:8100")
///     let region: Region = try await client.get("/v1/regions/330110")
///     for try await page in client.pages("/v1/regions", of: Region.self) { … }
///
/// Every method throws ``PlatformClientError`` or, when its task is cancelled,
/// `CancellationError`.
public struct PlatformClient: Sendable {
    /// How requests are sent.
    public struct Options: Sendable {
        /// `User-Agent`, such as `ceyuan/0.1.0`.
        public var userAgent = "ceyuan"
        /// Prefers texts in this language (`Accept-Language`); `nil` leaves it to the service.
        public var language: Language?
        /// How long to wait for a connection.
        public var connectTimeout: Duration = .seconds(5)
        /// How long nothing may move in either direction; `nil` waits for ever. Rounded to whole seconds.
        public var stallTimeout: Duration? = .seconds(120)
        /// How long a request may take altogether; `nil` sets no bound, so that uploads of any size pass.
        public var timeout: Duration?
        /// When a request is sent again.
        public var retry = RetryPolicy()
        /// The longest answer that is held in memory, in bytes.
        public var maximumReplyBytes = 64 * 1_024 * 1_024
        /// A PEM file of trusted certificates, instead of the system's.
        public var certificateAuthorities: String?
        /// Header fields that every request carries.
        public var headers: [(name: String, value: String)] = []

        /// Makes options with the defaults.
        public init() {}
    }

    /// Where the service is.
    public let address: ServiceAddress
    /// How requests are sent.
    public private(set) var options: Options
    let engine: CurlEngine

    /// Makes a client; nothing is connected yet.
    ///
    /// - Throws: ``PlatformClientError/invalidAddress(_:)``.
    public init(_ address: String, options: Options = Options()) throws {
        self.init(try ServiceAddress(address), options: options)
    }

    /// Makes a client; nothing is connected yet.
    public init(_ address: ServiceAddress, options: Options = Options()) {
        self.address = address
        self.options = options
        self.engine = CurlEngine()
    }

    /// The same client for another service, on the same connections and thread.
    public func at(_ address: ServiceAddress) -> PlatformClient {
        PlatformClient(address: address, options: options, engine: engine)
    }

    /// The same client on behalf of a request that a service is answering, so that logs and traces join up.
    ///
    /// - Parameters:
    ///   - requestID: Sent as `X-Request-ID`.
    ///   - traceparent: Sent as `traceparent` (W3C Trace Context §3.2), if there is one.
    ///   - tracestate: Sent as `tracestate` (W3C Trace Context §3.3), if there is one.
    ///   - authorization: Sent as `Authorization`, so that the other service asks what the caller may do.
    /// - Returns: A client that shares connections with this one.
    public func forwarding(
        requestID: String,
        traceparent: String? = nil,
        tracestate: String? = nil,
        authorization: String? = nil
    ) -> PlatformClient {
        var copy = self
        copy.options.headers.append(("X-Request-ID", requestID))
        if let traceparent { copy.options.headers.append(("traceparent", traceparent)) }
        if let tracestate { copy.options.headers.append(("tracestate", tracestate)) }
        if let authorization { copy.options.headers.append(("Authorization", authorization)) }
        return copy
    }

    /// The same client for changes of the version that a tag names, as `ETag` of an answer has it (RFC 9110 §13.1.1).
    public func matching(_ tag: String) -> PlatformClient {
        var copy = self
        copy.options.headers.append(("If-Match", tag))
        return copy
    }

    private init(address: ServiceAddress, options: Options, engine: CurlEngine) {
        self.address = address
        self.options = options
        self.engine = engine
    }
}
