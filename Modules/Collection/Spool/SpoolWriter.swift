import Crypto
import Glibc

/// Takes the bytes of one file as they arrive and hashes them on the way.
///
/// A writer that is dropped before ``finish()`` leaves nothing behind. One task at a time may use it.
public final class SpoolWriter {
    private let descriptor: Int32
    private let path: String
    private let limit: Int64
    private var hash = SHA256()
    private var bytes: Int64 = 0
    private var isFinished = false

    /// The most bytes that go to the file system in one call: a fast call even where the disk is slow.
    private static let pieceSize = 256 * 1024

    init(descriptor: Int32, path: String, limit: Int64) {
        self.descriptor = descriptor
        self.path = path
        self.limit = limit
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink(path) }
    }

    /// Appends bytes.
    ///
    /// - Throws: ``SpoolError/tooLarge(limit:)`` when the file would pass its limit;
    ///   ``SpoolError/refused(act:path:errno:)`` when the disk is full.
    public func write(_ buffer: UnsafeRawBufferPointer) throws(SpoolError) {
        guard bytes + Int64(buffer.count) <= limit else { throw .tooLarge(limit: limit) }
        var rest = buffer[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.pieceSize))
            let written = Glibc.write(descriptor, piece.baseAddress, piece.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw .lastError("write to", path) }
            hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: piece.prefix(written)))
            bytes += Int64(written)
            rest = rest.dropFirst(written)
        }
    }

    /// Appends bytes; see ``write(_:)-(UnsafeRawBufferPointer)``.
    public func write(_ bytes: [UInt8]) throws(SpoolError) {
        var failure: SpoolError?
        bytes.withUnsafeBytes { buffer in
            do throws(SpoolError) {
                try write(buffer)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Ends the file and waits until it is on the disk.
    ///
    /// - Throws: ``SpoolError/refused(act:path:errno:)`` when the disk reports an error only now.
    public func finish() async throws(SpoolError) -> SpooledFile {
        let (descriptor, path) = (descriptor, path)
        try await BlockingCall.run { () throws(SpoolError) in
            guard fsync(descriptor) == 0 else { throw .lastError("synchronize", path) }
        }
        isFinished = true
        return SpooledFile(path: path, sha256: hash.finalize().hexadecimal, bytes: bytes)
    }
}
