import Crypto

/// The SHA-256 over the conflicts of a file: each as a line of canonical JSON, in the order of the file.
///
/// Two receipts with the same digest list the same conflicts, word for word.
public struct ConflictDigest: Sendable {
    private var hash = SHA256()

    /// Makes the digest of no conflict.
    public init() {}

    /// Adds the next conflict by its canonical JSON.
    public mutating func add(line: String) {
        var line = line
        line.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
        hash.update(data: [UInt8(ascii: "\n")])
    }

    /// The digest of all conflicts so far, in hexadecimal.
    public var hexadecimal: String {
        hash.finalize().hexadecimal
    }
}
