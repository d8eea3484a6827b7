import NIOCore
public import ServiceKit

extension Spool {
    /// Takes the body of a request as a file.
    ///
    /// - Parameters:
    ///   - body: The body.
    ///   - limit: The most bytes that it may have.
    /// - Returns: The file, which waits to be kept or discarded.
    /// - Throws: `Problem` when the body passes its route's limit; ``SpoolError``. Then nothing is left behind.
    public func receive(_ body: BodyStream, limit: Int64) async throws -> SpooledFile {
        let writer = try begin(limit: limit)
        for try await chunk in body {
            try chunk.withUnsafeReadableBytes { try writer.write($0) }
        }
        return try await writer.finish()
    }
}
