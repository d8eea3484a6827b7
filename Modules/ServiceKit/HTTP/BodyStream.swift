import Hummingbird
public import NIOCore

/// The chunks of a request's body, unpacked, up to a limit.
public struct BodyStream: AsyncSequence, Sendable {
    let base: RequestBody
    let limit: Int
    let keyed: KeyedRequest?
    let unpacking: BodyUnpacking?
    let deadline: RequestDeadlines.Entry?

    /// Starts reading; once only.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: base.makeAsyncIterator(), body: self, unpacker: unpacking.flatMap { Unpacker($0.coding) })
    }

    /// Reads chunk by chunk.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var base: RequestBody.AsyncIterator
        let body: BodyStream
        let unpacker: Unpacker?
        var packed = 0
        var count = 0

        /// The next chunk, or `nil` at the end.
        ///
        /// - Throws: ``Problem``: `BODY_TOO_LONG`, `BODY_INFLATES_TOO_MUCH`, `CONTENT_ENCODING_INVALID`; what breaks the
        ///   connection.
        public mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws -> ByteBuffer? {
            while true {
                if let piece = try unpacked() { return try taken(piece) }
                guard let chunk = try await base.next(isolation: actor) else {
                    if let unpacking = body.unpacking, packed > 0, unpacker?.isComplete != true {
                        throw unpacking.damaged
                    }
                    return nil
                }
                packed += chunk.readableBytes
                // The time to answer begins when the sender has done its part.
                body.deadline?.extend()
                guard let unpacker else { return try taken(chunk) }
                unpacker.feed(chunk)
            }
        }

        private func unpacked() throws -> ByteBuffer? {
            do {
                return try unpacker?.next()
            } catch {
                throw body.unpacking?.damaged ?? error
            }
        }

        private mutating func taken(_ chunk: ByteBuffer) throws -> ByteBuffer {
            count += chunk.readableBytes
            if count > body.limit { throw Problem.tooLong(limit: body.limit) }
            try body.unpacking?.check(packed: packed, unpacked: count)
            body.keyed?.take(chunk)
            return chunk
        }
    }
}
