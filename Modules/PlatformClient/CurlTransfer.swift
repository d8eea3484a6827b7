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
    private var received: [UInt8] = []
    private var replyHeaders: [(name: String, value: String)] = []
    /// Set by a callback that made libcurl give up, since libcurl only says "aborted by callback".
    private var failure: PlatformClientError?

    private var source: Int32 = -1
    private var sourceLength: Int64 = 0
    private var sourceOffset: Int64 = 0
    private var lastProgress: (done: Int64, at: ContinuousClock.Instant)?

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
        _ = ceyuan_curl_set_write(easy, CURLOPT_WRITEFUNCTION, onBody)
        _ = ceyuan_curl_set_pointer(easy, CURLOPT_WRITEDATA, me)
        _ = ceyuan_curl_set_write(easy, CURLOPT_HEADERFUNCTION, onHeader)
        _ = ceyuan_curl_set_pointer(easy, CURLOPT_HEADERDATA, me)
        if request.progress != nil {
            _ = ceyuan_curl_set_progress(easy, onProgress)
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
        _ = ceyuan_curl_set_read(easy, onRead)
        _ = ceyuan_curl_set_pointer(easy, CURLOPT_READDATA, me)
        _ = ceyuan_curl_set_seek(easy, onSeek)
        _ = ceyuan_curl_set_pointer(easy, CURLOPT_SEEKDATA, me)
    }

    /// The status so far, 0 before the first header line.
    private var status: Int {
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

// MARK: - What libcurl calls, on the engine's thread

extension CurlTransfer {
    fileprivate func take(header line: UnsafeRawBufferPointer) {
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // A new header block: what came before was an interim answer.
            replyHeaders.removeAll()
            received.removeAll()
            return
        }
        guard let colon = text.firstIndex(of: ":") else { return }
        let value = text[text.index(after: colon)...].drop { $0.isWhitespace }
        let end = value.lastIndex { !$0.isWhitespace }.map { value.index(after: $0) } ?? value.startIndex
        replyHeaders.append((text[..<colon].lowercased(), String(value[..<end])))
    }

    fileprivate func take(body chunk: UnsafeRawBufferPointer) -> Int {
        if case .file(let descriptor, let path) = request.incoming, status < 400 {
            var rest = chunk
            while !rest.isEmpty {
                let count = write(descriptor, rest.baseAddress, rest.count)
                if count < 0, errno == EINTR { continue }
                if count < 0 {
                    failure = .file(path: path, doing: .write, errno: errno)
                    return 0
                }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
            }
            return chunk.count
        }
        let limit = request.options.maximumReplyBytes
        guard received.count + chunk.count <= limit else {
            failure = .replyTooLong(path: request.url, limit: limit)
            return 0
        }
        received.append(contentsOf: chunk)
        return chunk.count
    }

    fileprivate func fill(_ buffer: UnsafeMutableRawBufferPointer) -> Int {
        let wanted = Int(min(Int64(buffer.count), sourceLength - sourceOffset))
        if wanted <= 0 { return 0 }
        switch request.outgoing {
        case .nothing:
            return 0
        case .bytes(let bytes):
            bytes.withUnsafeBytes { all in
                buffer.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: all[Int(sourceOffset)..<Int(sourceOffset) + wanted])
                )
            }
            sourceOffset += Int64(wanted)
            return wanted
        case .file(let path):
            while true {
                let count = pread(source, buffer.baseAddress, wanted, off_t(sourceOffset))
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    // Shorter than its length said: somebody is writing to it. Half a file must not look whole.
                    failure = .file(path: path, doing: .read, errno: count == 0 ? ESTALE : errno)
                    return ceyuan_curl_read_abort()
                }
                sourceOffset += Int64(count)
                return count
            }
        }
    }

    fileprivate func seek(to offset: Int64) -> Bool {
        guard (0...sourceLength).contains(offset) else { return false }
        sourceOffset = offset
        return true
    }

    /// At most ten calls a second, and one when all is done.
    fileprivate func report(download: (Int64, Int64), upload: (Int64, Int64)) {
        let (done, total): (Int64, Int64) =
            if case .nothing = request.outgoing { download } else { (upload.0, sourceLength) }
        let now = ContinuousClock.now
        if let last = lastProgress {
            let isEnd = done == total && last.done != total
            guard done != last.done, isEnd || now - last.at >= .milliseconds(100) else { return }
        } else if done == 0 {
            return
        }
        lastProgress = (done, now)
        request.progress?(done, total)
    }
}

private func transfer(_ data: UnsafeMutableRawPointer?) -> CurlTransfer? {
    data.map { Unmanaged<CurlTransfer>.fromOpaque($0).takeUnretainedValue() }
}

private let onHeader: curl_write_callback = { bytes, size, count, data in
    transfer(data)?.take(header: UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}

private let onBody: curl_write_callback = { bytes, size, count, data in
    transfer(data)?.take(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
}

private let onRead: curl_read_callback = { bytes, size, count, data in
    transfer(data)?.fill(UnsafeMutableRawBufferPointer(start: bytes, count: size * count)) ?? 0
}

private let onSeek: curl_seek_callback = { data, offset, origin in
    origin == SEEK_SET && transfer(data)?.seek(to: Int64(offset)) == true ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_CANTSEEK
}

private let onProgress: curl_xferinfo_callback = { data, downloadTotal, downloaded, uploadTotal, uploaded in
    transfer(data)?.report(
        download: (Int64(downloaded), Int64(downloadTotal)),
        upload: (Int64(uploaded), Int64(uploadTotal))
    )
    return 0
}

extension TransportFailure.Kind {
    /// The kind behind a result code of libcurl.
    init(_ code: CURLcode) {
        switch code {
        case CURLE_COULDNT_CONNECT: self = .refused
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .unknownHost
        case CURLE_OPERATION_TIMEDOUT: self = .timedOut
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
            self = .insecure
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE: self = .broken
        default: self = .other
        }
    }
}

extension Duration {
    /// Whole milliseconds, at least 1.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return max(1, Int(seconds) * 1_000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
