import CLibCurl
import Glibc

/// One transfer of libcurl: the easy handle, what it sends, and what it receives.
///
/// Built by the caller, then handed to ``CurlEngine``, which alone touches it
/// until the transfer is over.
// @unchecked Sendable: before `CurlEngine.submit` only the creating task holds it; afterwards only the engine's
// thread uses it, except for the fields of `CurlEngine.Ticket`, which the engine's mutex guards.
final class CurlTransfer: @unchecked Sendable {
    /// What is sent as the body.
    enum Outgoing: Sendable {
        case nothing
        case bytes([UInt8])
        case file(path: String)
    }

    /// Where the body of a good answer goes; that of an error always goes to memory.
    enum Incoming: Sendable {
        case memory
        case file(descriptor: Int32, path: String)
    }

    /// What is asked.
    struct Request: Sendable {
        var method: String
        var url: String
        var address: ServiceAddress
        var headers: [(name: String, value: String)]
        var outgoing: Outgoing
        var incoming: Incoming
        var options: PlatformClient.Options
        var progress: (@Sendable (_ done: Int64, _ total: Int64) -> Void)?
        var pin: Pin?
    }

    /// The one place that a transfer may go to.
    struct Pin: Sendable {
        let scheme: String
        /// `HOST:PORT:ADDRESS:PORT`, as `CURLOPT_CONNECT_TO` has it.
        let connection: String
    }

    let request: Request
    var continuation: CheckedContinuation<HTTPReply<[UInt8]>, any Error>?

    private(set) var easy: UnsafeMutableRawPointer?
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var pinList: UnsafeMutablePointer<curl_slist>?
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    // Filled by what libcurl calls.
    var received: [UInt8] = []
    var replyHeaders: [(name: String, value: String)] = []
    /// Set by a callback that made libcurl give up, since libcurl only says "aborted by callback".
    var failure: PlatformClientError?

    private(set) var source: Int32 = -1
    private(set) var sourceLength: Int64 = 0
    var sourceOffset: Int64 = 0
    var lastProgress: (done: Int64, at: ContinuousClock.Instant)?

    init(_ request: Request) {
        self.request = request
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        if let easy { curl_easy_cleanup(easy) }
        curl_slist_free_all(headerList)
        curl_slist_free_all(pinList)
        errorText.deallocate()
        if source >= 0 { close(source) }
    }

    /// Opens the file to send and fills in the easy handle.
    ///
    /// - Throws: ``PlatformClientError/file(path:doing:errno:)``.
    func prepare() throws {
        guard let easy = curl_easy_init() else {
            throw PlatformClientError.transport(
                TransportFailure(kind: .other, address: request.address.description, reason: "out of memory")
            )
        }
        self.easy = easy
        let options = request.options
        let me = Unmanaged.passUnretained(self).toOpaque()

        _ = ceyuan_curl_set_string(easy, CURLOPT_URL, request.url)
        _ = ceyuan_curl_set_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        _ = ceyuan_curl_set_string(easy, CURLOPT_USERAGENT, options.userAgent)
        _ = ceyuan_curl_set_long(easy, CURLOPT_NOSIGNAL, 1)
        _ = ceyuan_curl_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, options.connectTimeout.milliseconds)
        if let limit = options.timeout { _ = ceyuan_curl_set_long(easy, CURLOPT_TIMEOUT_MS, limit.milliseconds) }
        if let limit = options.stallTimeout {
            _ = ceyuan_curl_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, 1)
            _ = ceyuan_curl_set_long(easy, CURLOPT_LOW_SPEED_TIME, max(1, limit.milliseconds / 1_000))
        }
        if let socket = request.address.socket {
            _ = ceyuan_curl_set_string(easy, CURLOPT_UNIX_SOCKET_PATH, socket)
        }
        // An environment's http_proxy is meant for the world outside.
        if request.address.isLocal { _ = ceyuan_curl_set_string(easy, CURLOPT_PROXY, "") }
        if let pin = request.pin {
            pinList = curl_slist_append(nil, pin.connection)
            _ = ceyuan_curl_set_list(easy, CURLOPT_CONNECT_TO, pinList)
            _ = ceyuan_curl_set_string(easy, CURLOPT_PROTOCOLS_STR, pin.scheme)
            _ = ceyuan_curl_set_string(easy, CURLOPT_PROXY, "")
            _ = ceyuan_curl_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        }
        if let file = options.certificateAuthorities { _ = ceyuan_curl_set_string(easy, CURLOPT_CAINFO, file) }
        _ = ceyuan_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText)

        _ = ceyuan_curl_set_pointer(easy, CURLOPT_PRIVATE, me)
        _ = ceyuan_curl_set_write(easy, CURLOPT_WRITEFUNCTION, CurlCallbacks.body)
        _ = ceyuan_curl_set_pointer(easy, CURLOPT_WRITEDATA, me)
        _ = ceyuan_curl_set_write(easy, CURLOPT_HEADERFUNCTION, CurlCallbacks.header)
        _ = ceyuan_curl_set_pointer(easy, CURLOPT_HEADERDATA, me)
        if request.progress != nil {
            _ = ceyuan_curl_set_progress(easy, CurlCallbacks.progress)
            _ = ceyuan_curl_set_pointer(easy, CURLOPT_XFERINFODATA, me)
            _ = ceyuan_curl_set_long(easy, CURLOPT_NOPROGRESS, 0)
        }
        try prepareBody(easy, me)

        // Without this libcurl waits a second for "100 Continue" before a long body.
        headerList = curl_slist_append(headerList, "Expect:")
        for (name, value) in request.headers { headerList = curl_slist_append(headerList, "\(name): \(value)") }
        _ = ceyuan_curl_set_list(easy, CURLOPT_HTTPHEADER, headerList)
    }

    private func prepareBody(_ easy: UnsafeMutableRawPointer, _ me: UnsafeMutableRawPointer) throws {
        switch request.outgoing {
        case .nothing:
            switch request.method {
            case "GET": break
            case "HEAD": _ = ceyuan_curl_set_long(easy, CURLOPT_NOBODY, 1)
            case "POST", "PUT", "PATCH": sourceLength = 0
            default: _ = ceyuan_curl_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method)
            }
            guard ["POST", "PUT", "PATCH"].contains(request.method) else { return }
        case .bytes(let bytes):
            sourceLength = Int64(bytes.count)
        case .file(let path):
            source = open(path, O_RDONLY | O_CLOEXEC)
            var information = stat()
            guard source >= 0, fstat(source, &information) == 0 else {
                throw PlatformClientError.file(path: path, doing: .read, errno: errno)
            }
            guard information.st_mode & S_IFMT != S_IFDIR else {
                throw PlatformClientError.file(path: path, doing: .read, errno: EISDIR)
            }
            sourceLength = Int64(information.st_size)
        }
        _ = ceyuan_curl_set_long(easy, CURLOPT_POST, 1)
        if request.method != "POST" { _ = ceyuan_curl_set_string(easy, CURLOPT_CUSTOMREQUEST, request.method) }
        _ = ceyuan_curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(sourceLength))
        _ = ceyuan_curl_set_long(easy, CURLOPT_UPLOAD_BUFFERSIZE, 256 * 1_024)
        _ = ceyuan_curl_set_read(easy, CurlCallbacks.read)
        _ = ceyuan_curl_set_pointer(easy, CURLOPT_READDATA, me)
        _ = ceyuan_curl_set_seek(easy, CurlCallbacks.seek)
        _ = ceyuan_curl_set_pointer(easy, CURLOPT_SEEKDATA, me)
    }

    /// The status so far, 0 before the first header line.
    var status: Int {
        var value = 0
        guard let easy, ceyuan_curl_get_long(easy, CURLINFO_RESPONSE_CODE, &value) == CURLE_OK else { return 0 }
        return value
    }

    /// The result of a transfer that libcurl calls finished.
    func outcome(_ code: CURLcode) -> Result<HTTPReply<[UInt8]>, any Error> {
        if let failure { return .failure(failure) }
        if code != CURLE_OK {
            // A service that refuses an upload answers and closes without reading the rest: the answer counts.
            let answered = code == CURLE_SEND_ERROR && status >= 400 && !received.isEmpty
            if !answered {
                let text = String(cString: errorText)
                let reason = text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
                let failure = TransportFailure(
                    kind: .init(code),
                    address: request.address.description,
                    reason: reason
                )
                return .failure(PlatformClientError.transport(failure))
            }
        }
        return .success(HTTPReply(status: status, headers: replyHeaders, body: received))
    }
}
