import Glibc

/// An open file that is read and written whole pieces at a time.
struct Descriptor {
    let number: Int32
    let path: String

    init(_ number: Int32, _ path: String) {
        self.number = number
        self.path = path
    }

    /// The next bytes; fewer than asked for at the end alone.
    func read(_ count: Int) throws(SpoolError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes { Glibc.read(number, $0.baseAddress! + filled, count - filled) }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw .lastError("read", path) }
            if got == 0 { break }
            filled += got
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    func write(_ bytes: [UInt8]) throws(SpoolError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(number, $0.baseAddress! + written, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .lastError("write to", path) }
            written += count
        }
    }
}
