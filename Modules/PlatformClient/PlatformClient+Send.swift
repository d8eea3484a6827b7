import DomainModel
import FoundationEssentials

extension PlatformClient {
    /// Sends a request, again where ``RetryPolicy`` allows it, and checks the status.
    func send(
        _ method: String,
        _ path: String,
        query: Query,
        body: [UInt8]? = nil,
        mayRepeat: Bool? = nil
    ) async throws -> HTTPReply<[UInt8]> {
        var headers = baseHeaders(accept: "application/json, application/problem+json;q=0.9, */*;q=0.5")
        if body != nil { headers.append(("Content-Type", "application/json")) }
        if method == "POST" || method == "PATCH" { headers.append(("Idempotency-Key", Self.newKey())) }
        let request = CurlTransfer.Request(
            method: method,
            url: address.base + path + query.encoded,
            address: address,
            headers: headers,
            outgoing: body.map { .bytes($0) } ?? .nothing,
            incoming: .memory,
            options: options
        )
        let reply = try await run(request, mayRepeat: mayRepeat ?? true)
        guard method == "GET", reply.status == 308 else { return reply }
        return try await follow(reply, request)
    }

    /// Reads what an answer says to stand elsewhere: at the same service, since the request bears the caller's token.
    private func follow(
        _ reply: HTTPReply<[UInt8]>,
        _ request: CurlTransfer.Request
    ) async throws -> HTTPReply<[UInt8]> {
        guard let path = reply["Location"], path.hasPrefix("/"), !path.hasPrefix("//") else {
            throw refusal(reply)
        }
        var next = request
        next.url = address.base + path
        // A merged record leads to the last of a chain at once: whoever sends on again goes round in circles.
        let final = try await run(next, mayRepeat: true)
        if final.status == 308 { throw refusal(final) }
        return final
    }

    /// Runs a request until it succeeds, is refused, or no attempt is left.
    func run(_ request: CurlTransfer.Request, mayRepeat: Bool) async throws -> HTTPReply<[UInt8]> {
        var generator = SystemRandomNumberGenerator()
        var attempt = 1
        while true {
            let result: Result<HTTPReply<[UInt8]>, PlatformClientError>
            do {
                result = .success(try await engine.run(request))
            } catch let error as PlatformClientError {
                result = .failure(error)
            }
            guard
                let retryAfter = Self.shouldRepeat(result, mayRepeat: mayRepeat),
                let wait = options.retry.delay(afterAttempt: attempt, retryAfter: retryAfter, using: &generator)
            else {
                let reply = try result.get()
                try check(reply)
                return reply
            }
            attempt += 1
            try await Task.sleep(for: wait)
        }
    }

    /// Whether a result is worth another attempt.
    ///
    /// - Returns: `nil` for no, `.some(nil)` for yes, and a number of seconds when the service asked for that.
    private static func shouldRepeat(
        _ result: Result<HTTPReply<[UInt8]>, PlatformClientError>,
        mayRepeat: Bool
    ) -> Int?? {
        switch result {
        case .success(let reply):
            mayRepeat && (isPassing(reply) || isInFlight(reply)) ? .some(reply.retryAfter) : nil
        case .failure(.transport(let failure)):
            failure.kind == .refused || (mayRepeat && failure.kind == .broken) ? .some(nil) : nil
        case .failure:
            nil
        }
    }

    private static func isPassing(_ reply: HTTPReply<[UInt8]>) -> Bool { [502, 503, 504].contains(reply.status) }

    /// Whether the first sending of the request is still being answered: the service asks to come back for its answer.
    private static func isInFlight(_ reply: HTTPReply<[UInt8]>) -> Bool {
        guard reply.status == 409, reply.retryAfter != nil else { return false }
        return (try? ProblemDetails(body: reply.body, status: 409))?.code == "REQUEST_IN_FLIGHT"
    }

    /// A key that no other request has. Source: draft-ietf-httpapi-idempotency-key-header-06 §2.1.
    static func newKey() -> String { "\"\(UUID().uuidString.lowercased())\"" }

    /// Throws what a status of 400 or more says.
    private func check(_ reply: HTTPReply<[UInt8]>) throws {
        if reply.status >= 400 { throw refusal(reply) }
    }

    /// What an answer says that is not what was asked for.
    private func refusal(_ reply: HTTPReply<[UInt8]>) -> PlatformClientError {
        if reply.mediaType == "application/problem+json",
            let details = try? ProblemDetails(body: reply.body, status: reply.status)
        {
            return .problem(details)
        }
        let excerpt = String(decoding: reply.body.prefix(200), as: UTF8.self)
        return .unexpectedStatus(
            status: reply.status,
            address: address.description,
            excerpt: String(excerpt.filter { !$0.isNewline })
        )
    }

    /// The header fields of every request.
    func baseHeaders(accept: String) -> [(name: String, value: String)] {
        var headers = [(name: "Accept", value: accept)]
        if let language = options.language {
            headers.append(("Accept-Language", language == .zh ? "zh-CN, en;q=0.5" : "en, zh;q=0.5"))
        }
        // A line break in a value would be a second header field.
        for (name, value) in options.headers {
            headers.append((name, String(value.unicodeScalars.filter { $0.value >= 32 && $0.value != 127 })))
        }
        return headers
    }
}
