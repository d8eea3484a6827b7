import CLibZ
import CLibZstd
import NIOCore

/// Unpacks a body piece by piece; a piece that inflates a million times takes no more memory than any other.
///
/// Used by one task at a time, like the sequence that it stands in.
final class Unpacker {
    /// The packed bytes are not of the coding, or end too early.
    struct Damaged: Error {}

    private enum Machine {
        case gzip(UnsafeMutablePointer<z_stream>)
        case zstd(OpaquePointer)
    }

    /// The most that one call of ``next()`` gives.
    private static let pieceBytes = 65_536

    private let machine: Machine
    private var input = ByteBuffer()
    /// Whether the bytes so far are whole: a member or frame has ended, and no other has begun.
    private(set) var isComplete = false
    /// Whether the machine may have more to give without further input.
    private var isFull = false

    /// Makes a machine; `nil` for the identity, or without memory.
    init?(_ coding: ContentCoding) {
        switch coding {
        case .identity: return nil
        case .gzip:
            let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
            stream.initialize(to: z_stream())
            guard ceyuan_z_begin_gunzip(stream) == Z_OK else {
                stream.deallocate()
                return nil
            }
            machine = .gzip(stream)
        case .zstd:
            guard let stream = ZSTD_createDStream() else { return nil }
            // 8 MiB: what RFC 9659 §3 asks of senders; more would let a header order memory.
            _ = ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 23)
            machine = .zstd(stream)
        }
    }

    deinit {
        switch machine {
        case .gzip(let stream):
            inflateEnd(stream)
            stream.deallocate()
        case .zstd(let stream): ZSTD_freeDStream(stream)
        }
    }

    /// Takes packed bytes; all pieces of the bytes before have been fetched.
    func feed(_ bytes: ByteBuffer) { input = bytes }

    /// The next piece, or `nil` when more packed bytes are needed.
    ///
    /// - Throws: ``Damaged``
    func next() throws -> ByteBuffer? {
        while input.readableBytes > 0 || isFull {
            var piece = ByteBuffer()
            var consumed = 0
            try piece.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.pieceBytes) { target in
                let room = UnsafeMutableRawBufferPointer(rebasing: target.prefix(Self.pieceBytes))
                return try input.withUnsafeReadableBytes { source in
                    let (read, written) = try step(source, room)
                    consumed = read
                    isFull = written == room.count
                    return written
                }
            }
            input.moveReaderIndex(forwardBy: consumed)
            if piece.readableBytes > 0 { return piece }
            if consumed == 0 { break }
        }
        isFull = false
        return nil
    }

    private func step(
        _ source: UnsafeRawBufferPointer,
        _ target: UnsafeMutableRawBufferPointer
    ) throws -> (read: Int, written: Int) {
        switch machine {
        case .gzip(let stream):
            // Members follow one another. Source: RFC 1952 §2.2.
            if isComplete, !source.isEmpty { inflateReset(stream) }
            stream.pointee.next_in = UnsafeMutablePointer(mutating: source.bindMemory(to: UInt8.self).baseAddress)
            stream.pointee.avail_in = UInt32(source.count)
            stream.pointee.next_out = target.bindMemory(to: UInt8.self).baseAddress
            stream.pointee.avail_out = UInt32(target.count)
            let result = isComplete && source.isEmpty ? Z_BUF_ERROR : inflate(stream, Z_NO_FLUSH)
            guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else { throw Damaged() }
            if result != Z_BUF_ERROR { isComplete = result == Z_STREAM_END }
            return (source.count - Int(stream.pointee.avail_in), target.count - Int(stream.pointee.avail_out))
        case .zstd(let stream):
            var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
            var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
            let result = ZSTD_decompressStream(stream, &output, &input)
            guard ZSTD_isError(result) == 0 else { throw Damaged() }
            if input.pos > 0 || output.pos > 0 { isComplete = result == 0 }
            return (input.pos, output.pos)
        }
    }
}
