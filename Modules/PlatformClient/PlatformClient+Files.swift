import Glibc

extension PlatformClient {
    /// Sends a file as the body of a POST, straight from disk.
    ///
    /// Memory does not grow with the file. The request carries an idempotency
    /// key, so that it may be repeated after a broken connection.
    ///
    /// - Parameters:
    ///   - path: The path from the root.
    ///   - query: Names and values, escaped here.
    ///   - file: The file to send.
    ///   - contentType: The media type, such as `text/csv`.
    ///   - mayRepeat: Whether it is sent again after a broken connection, with the same key.
    ///   - progress: Told bytes sent and bytes in all, at most ten times a second and once at the end, on a thread of
    ///     the client: be brief.
    ///   - type: What the answer holds.
    /// - Returns: Status, header fields and value of the answer.
    /// - Throws: ``PlatformClientError``, of which ``PlatformClientError/file(path:doing:errno:)`` for a directory and
    ///   for a file that gets shorter meanwhile; `CancellationError`.
    public func upload<Value: Decodable & Sendable>(
        _ path: String,
        query: Query = [:],
        file: String,
        contentType: String,
        mayRepeat: Bool = true,
        progress: (@Sendable (_ sent: Int64, _ total: Int64) -> Void)? = nil,
        as type: Value.Type = Value.self
    ) async throws -> HTTPReply<Value> {
        var headers = baseHeaders(accept: "application/json, application/problem+json;q=0.9")
        headers.append(("Content-Type", contentType))
        headers.append(("Idempotency-Key", Self.newKey()))
        let request = CurlTransfer.Request(
            method: "POST",
            url: address.base + path + query.encoded,
            address: address,
            headers: headers,
            outgoing: .file(path: file),
            incoming: .memory,
            options: options,
            progress: progress
        )
        return try decoded(try await run(request, mayRepeat: mayRepeat), path)
    }

    /// Reads a body into a file, straight to disk.
    ///
    /// The file appears under its name only when it is whole: it is written
    /// beside it and renamed, over an older one if need be.
    ///
    /// - Parameters:
    ///   - path: The path from the root.
    ///   - query: Names and values, escaped here.
    ///   - file: The file to write.
    ///   - progress: Told bytes received and bytes in all (0 while unknown).
    /// - Returns: Status and header fields; the body is in the file.
    /// - Throws: ``PlatformClientError``; `CancellationError`. The file is as it was before.
    @discardableResult
    public func download(
        _ path: String,
        query: Query = [:],
        to file: String,
        progress: (@Sendable (_ received: Int64, _ total: Int64) -> Void)? = nil
    ) async throws -> HTTPReply<Void> {
        let part = "\(file).part-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        let descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw PlatformClientError.file(path: file, doing: .write, errno: errno) }
        var isRenamed = false
        defer { if !isRenamed { unlink(part) } }
        let request = CurlTransfer.Request(
            method: "GET",
            url: address.base + path + query.encoded,
            address: address,
            headers: baseHeaders(accept: "*/*"),
            outgoing: .nothing,
            incoming: .file(descriptor: descriptor, path: file),
            options: options,
            progress: progress
        )
        let reply: HTTPReply<[UInt8]>
        do {
            // Not repeated: half a body may be in the file already.
            defer { close(descriptor) }
            reply = try await run(request, mayRepeat: false)
        }
        guard rename(part, file) == 0 else {
            throw PlatformClientError.file(path: file, doing: .write, errno: errno)
        }
        isRenamed = true
        return reply.with(())
    }
}
