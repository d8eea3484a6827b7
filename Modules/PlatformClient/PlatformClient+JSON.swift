import FoundationEssentials

extension PlatformClient {
    /// Reads a value.
    ///
    /// - Parameters:
    ///   - path: The path from the root, such as `/v1/regions/330110`; codes in it are escaped with
    ///     ``PercentEncoding/encode(_:)`` by the caller.
    ///   - query: Names and values, escaped here.
    ///   - type: What the answer holds.
    /// - Returns: The value.
    /// - Throws: ``PlatformClientError``; `CancellationError`.
    public func get<Value: Decodable & Sendable>(
        _ path: String,
        query: Query = [:],
        as type: Value.Type = Value.self
    ) async throws -> Value {
        try decoded(try await send("GET", path, query: query), path).body
    }

    /// Sends a value and reads the answer.
    ///
    /// The request carries an `Idempotency-Key`: one that is sent again takes effect once and gets the first answer.
    ///
    /// - Parameters:
    ///   - path: The path from the root.
    ///   - query: Names and values, escaped here.
    ///   - body: Sent as JSON.
    ///   - mayRepeat: Whether it is sent again after a broken connection, with the same key.
    ///   - type: What the answer holds.
    /// - Returns: The value.
    /// - Throws: ``PlatformClientError``; `CancellationError`.
    public func post<Value: Decodable & Sendable>(
        _ path: String,
        query: Query = [:],
        body: some Encodable,
        mayRepeat: Bool = true,
        as type: Value.Type = Value.self
    ) async throws -> Value {
        try await reply(post: path, query: query, body: body, mayRepeat: mayRepeat, as: type).body
    }

    /// Sends a value and reads the answer together with its status and header fields, for `Location` and the like.
    public func reply<Value: Decodable & Sendable>(
        post path: String,
        query: Query = [:],
        body: some Encodable,
        mayRepeat: Bool = true,
        as type: Value.Type = Value.self
    ) async throws -> HTTPReply<Value> {
        let reply = try await send("POST", path, query: query, body: try Self.encode(body), mayRepeat: mayRepeat)
        return try decoded(reply, path)
    }

    /// Asks for something to be done that needs no more than its path says, and reads the answer.
    ///
    /// - Throws: ``PlatformClientError``; `CancellationError`.
    public func post<Value: Decodable & Sendable>(
        _ path: String,
        query: Query = [:],
        as type: Value.Type = Value.self
    ) async throws -> Value {
        try await reply(post: path, query: query, as: type).body
    }

    /// Asks for something to be done that needs no more than its path says, and reads the answer with its status.
    ///
    /// - Throws: ``PlatformClientError``; `CancellationError`.
    public func reply<Value: Decodable & Sendable>(
        post path: String,
        query: Query = [:],
        as type: Value.Type = Value.self
    ) async throws -> HTTPReply<Value> {
        try decoded(try await send("POST", path, query: query), path)
    }

    /// Asks for something to be done that needs no more than its path says; an answer's body is ignored.
    public func post(_ path: String, query: Query = [:]) async throws {
        _ = try await send("POST", path, query: query)
    }

    /// Replaces a value and reads the answer.
    public func put<Value: Decodable & Sendable>(
        _ path: String,
        query: Query = [:],
        body: some Encodable,
        as type: Value.Type = Value.self
    ) async throws -> Value {
        try decoded(try await send("PUT", path, query: query, body: try Self.encode(body)), path).body
    }

    /// Changes parts of a value and reads the answer, whose `ETag` names the new version.
    ///
    /// - Throws: ``PlatformClientError``; `CancellationError`.
    public func patch<Value: Decodable & Sendable>(
        _ path: String,
        query: Query = [:],
        body: some Encodable,
        as type: Value.Type = Value.self
    ) async throws -> HTTPReply<Value> {
        try decoded(try await send("PATCH", path, query: query, body: try Self.encode(body)), path)
    }

    /// Deletes what the path names; an answer's body is ignored.
    public func delete(_ path: String, query: Query = [:]) async throws {
        _ = try await send("DELETE", path, query: query)
    }

    /// Reads a value together with its status and header fields, for `ETag` and the like.
    public func reply<Value: Decodable & Sendable>(
        get path: String,
        query: Query = [:],
        as type: Value.Type = Value.self
    ) async throws -> HTTPReply<Value> {
        try decoded(try await send("GET", path, query: query), path)
    }

    /// Reads a body as it is: a report, a file, plain text.
    public func bytes(_ path: String, query: Query = [:]) async throws -> HTTPReply<[UInt8]> {
        try await send("GET", path, query: query)
    }

    /// The answer's JSON as a value.
    func decoded<Value: Decodable & Sendable>(_ reply: HTTPReply<[UInt8]>, _ path: String) throws -> HTTPReply<Value> {
        do {
            return reply.with(try JSONDecoder().decode(Value.self, from: Data(reply.body)))
        } catch {
            throw PlatformClientError.undecodable(
                path: path,
                expected: "\(Value.self)",
                reason: Self.explain(error, mediaType: reply.mediaType)
            )
        }
    }

    private static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(value))
    }

    /// Where the JSON differs from what was expected: the path of members, and what is the matter there.
    private static func explain(_ error: any Error, mediaType: String) -> String {
        func place(_ path: [any CodingKey]) -> String {
            path.isEmpty
                ? "the top" : path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
        }
        guard mediaType == "application/json" || mediaType.hasSuffix("+json") else {
            return "its content type is \(mediaType.isEmpty ? "missing" : mediaType)"
        }
        switch error as? DecodingError {
        case .keyNotFound(let key, let context):
            return "member \(key.stringValue) is missing at \(place(context.codingPath))"
        case .typeMismatch(let type, let context): return "\(place(context.codingPath)) is no \(type)"
        case .valueNotFound(_, let context): return "\(place(context.codingPath)) is null"
        case .dataCorrupted(let context): return "at \(place(context.codingPath)): \(context.debugDescription)"
        default: return "\(error)"
        }
    }
}
