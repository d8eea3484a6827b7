import Glibc

/// Turns the bytes of a text, in chunks, into chunks of valid UTF-8 without byte order mark.
///
/// A declared encoding holds. Without one, a byte order mark decides; else everything up to the first byte beyond
/// ASCII is the same in UTF-8 and GB 18030, and the 64 KiB from there decide. A decision is never taken back: bytes
/// that do not fit later are an error with their place.
///
/// Cost: UTF-8 is checked and handed through without copying.
public final class TextDecoder {
    /// Why a text cannot be decoded.
    public enum Failure: Error, Hashable {
        /// Bytes that the encoding does not have, or a character that is cut off by the end of the text.
        case invalid(byteOffset: Int64, encoding: TextEncoding)
        /// The text declares no encoding, and which one it is in cannot be told.
        case ambiguous(byteOffset: Int64)
        /// The C library has no converter for the encoding.
        case unavailable(TextEncoding)
    }

    /// The encoding; `nil` while all bytes were ASCII and none is declared.
    public private(set) var encoding: TextEncoding?

    private var isAtStart = true
    private var held = ByteStore(capacity: 16)
    /// Offset in the text of the first byte that has not been handed on or held.
    private var offset: Int64 = 0
    private var validator = UTF8Validator()
    private var converter: iconv_t?
    private var output = ByteStore(capacity: 16)

    /// Makes a decoder at the start of a text.
    ///
    /// - Parameter encoding: The declared encoding; `nil` to find out.
    public init(encoding: TextEncoding? = nil) {
        self.encoding = encoding
    }

    deinit {
        if let converter { iconv_close(converter) }
    }

    /// Decodes a chunk.
    ///
    /// After an error the decoder must not be used any more. What comes before the error has been handed on.
    ///
    /// - Parameters:
    ///   - chunk: The next bytes; may be empty.
    ///   - isLast: Whether the text ends with the chunk.
    ///   - text: Takes UTF-8; the buffer is valid during the call, and a character may be cut by its end.
    /// - Throws: ``Failure``, and what `text` throws.
    public func decode(
        _ chunk: UnsafeBufferPointer<UInt8>,
        isLast: Bool,
        _ text: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        if !isAtStart, held.count == 0 { return try undecided(chunk, isLast, text) }
        held.append(chunk)
        if isAtStart, held.count < 4, !isLast { return }
        var all = ByteStore(capacity: 16)
        swap(&all, &held)
        var bytes = all.bytes
        if isAtStart {
            isAtStart = false
            bytes = try skipMark(bytes)
        }
        try undecided(bytes, isLast, text)
    }

    private func skipMark(_ bytes: UnsafeBufferPointer<UInt8>) throws -> UnsafeBufferPointer<UInt8> {
        if let (marked, length) = EncodingDetector.mark(bytes), encoding == nil || encoding == marked {
            encoding = marked
            offset += Int64(length)
            return UnsafeBufferPointer(rebasing: bytes[length...])
        }
        // A zero among the first two bytes is UTF-16 without a mark: which of the two nobody says.
        if encoding == nil, bytes.prefix(2).contains(0) { throw Failure.ambiguous(byteOffset: 0) }
        return bytes
    }

    private func undecided(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ isLast: Bool,
        _ text: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        if let encoding { return try decode(bytes, as: encoding, isLast, text) }
        guard let base = bytes.baseAddress else { return }
        let ascii = UTF8Validator.skipASCII(base, 0, bytes.count)
        if ascii > 0 { try text(UnsafeBufferPointer(rebasing: bytes[..<ascii])) }
        offset += Int64(ascii)
        guard ascii < bytes.count else { return }
        let rest = UnsafeBufferPointer(rebasing: bytes[ascii...])
        guard rest.count >= EncodingDetector.window || isLast else {
            held.append(rest)
            return
        }
        let window = UnsafeBufferPointer(rebasing: rest.prefix(EncodingDetector.window))
        switch EncodingDetector.judge(window, isWhole: isLast && window.count == rest.count) {
        case .encoding(let encoding):
            self.encoding = encoding
            try decode(rest, as: encoding, isLast, text)
        case .ambiguous: throw Failure.ambiguous(byteOffset: offset)
        case .invalid(let index): throw Failure.invalid(byteOffset: offset + Int64(index), encoding: .utf8)
        }
    }

    private func decode(
        _ bytes: UnsafeBufferPointer<UInt8>,
        as encoding: TextEncoding,
        _ isLast: Bool,
        _ text: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        guard encoding == .utf8 else { return try convert(bytes, encoding, isLast, text) }
        let invalid = validator.firstInvalid(in: bytes)
        let valid = invalid ?? bytes.count
        if valid > 0 { try text(UnsafeBufferPointer(rebasing: bytes[..<valid])) }
        offset += Int64(valid)
        if invalid != nil || isLast && validator.needed > 0 {
            throw Failure.invalid(byteOffset: offset, encoding: .utf8)
        }
    }

    private func convert(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ encoding: TextEncoding,
        _ isLast: Bool,
        _ text: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        let converter = try converter(for: encoding)
        guard let base = bytes.baseAddress else { return }
        let size = 1 << 16
        output.reserve(size)
        // The converter advances the pointer and does not write through it.
        var from: UnsafeMutablePointer<CChar>? = UnsafeMutableRawPointer(mutating: base)
            .assumingMemoryBound(to: CChar.self)
        var left = bytes.count
        while left > 0 {
            var to: UnsafeMutablePointer<CChar>? =
                UnsafeMutableRawPointer(output.base).assumingMemoryBound(to: CChar.self)
            var room = size
            let before = left
            let result = iconv(converter, &from, &left, &to, &room)
            let reason = result == -1 ? errno : 0
            offset += Int64(before - left)
            if room < size { try text(UnsafeBufferPointer(start: output.base, count: size - room)) }
            if reason == 0 || reason == E2BIG { continue }
            guard reason == EINVAL, !isLast else { throw Failure.invalid(byteOffset: offset, encoding: encoding) }
            // A character that the chunk cuts off comes again with the next one.
            held.append(UnsafeBufferPointer(start: base + bytes.count - left, count: left))
            return
        }
    }

    private func converter(for encoding: TextEncoding) throws -> iconv_t {
        if let converter { return converter }
        let opened = iconv_open("UTF-8", encoding.rawValue)
        guard let opened, opened != iconv_t(bitPattern: -1) else { throw Failure.unavailable(encoding) }
        converter = opened
        return opened
    }
}
