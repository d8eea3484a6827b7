import Glibc
public import HTTPTypes
import NIOCore
public import ServiceKit

/// A kept file in the clear, as long as this lives: what a sealed one holds stands in a file without a name until then.
public final class KeptFile: Sendable {
    /// Where it can be read.
    public let path: String
    /// Whether it is kept sealed.
    public let isSealed: Bool
    /// Whether rows of it were blanked since it was sent: its bytes are no longer those of its digest.
    public let isBlanked: Bool
    private let descriptor: Int32

    private static let pieceSize = 1 << 16

    /// A file that is kept in the clear.
    init(path: String, isBlanked: Bool) {
        self.path = path
        self.isBlanked = isBlanked
        isSealed = false
        descriptor = -1
    }

    /// A file without a name, which this closes.
    init(descriptor: Int32, isBlanked: Bool) {
        path = "/proc/self/fd/\(descriptor)"
        self.isBlanked = isBlanked
        isSealed = true
        self.descriptor = descriptor
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The file as an answer.
    public func response(contentType: String, headers: HTTPFields) -> APIResponse {
        guard isSealed else { return .file(path, contentType: contentType, headers: headers) }
        return .stream(contentType: contentType, headers: headers) { writer in
            var offset: off_t = 0
            while true {
                let piece = try self.piece(at: offset)
                if piece.isEmpty { return }
                offset += off_t(piece.count)
                try await writer.write(ByteBuffer(bytes: piece))
            }
        }
    }

    private func piece(at offset: off_t) throws(SpoolError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.pieceSize)
        let count = pread(descriptor, &bytes, bytes.count, offset)
        guard count >= 0 else { throw .lastError("read", path) }
        return Array(bytes.prefix(count))
    }
}
