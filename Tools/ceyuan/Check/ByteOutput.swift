import Glibc

/// Standard output for bytes that need not be UTF-8, written 64 KiB at a time.
struct ByteOutput {
    private static let size = 1 << 16

    private var bytes: [UInt8] = []

    /// Writes text.
    mutating func write(_ text: String) throws {
        bytes += text.utf8
        if bytes.count >= Self.size { try flush() }
    }

    /// Writes a field of CSV, in quotes where it has to be. Source: RFC 4180 §2.
    mutating func write(field: [UInt8]) throws {
        let quote = UInt8(ascii: "\"")
        if field.contains(where: { $0 == quote || $0 == UInt8(ascii: ",") || $0 == 0x0A || $0 == 0x0D }) {
            bytes.append(quote)
            for byte in field {
                if byte == quote { bytes.append(quote) }
                bytes.append(byte)
            }
            bytes.append(quote)
        } else {
            bytes += field
        }
        if bytes.count >= Self.size { try flush() }
    }

    /// Hands over what has been written.
    ///
    /// - Throws: ``Failure`` when it cannot be written, as on a full disk.
    mutating func flush() throws {
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes {
                Glibc.write(STDOUT_FILENO, $0.baseAddress! + offset, $0.count - offset)
            }
            if written >= 0 {
                offset += written
            } else if errno != EINTR {
                throw Failure.outputUnwritable(errno: errno)
            }
        }
        bytes.removeAll(keepingCapacity: true)
    }
}
