/// A file that has arrived whole and waits for what is to become of it: ``Spool/keep(_:)`` or ``Spool/discard(_:)``.
public struct SpooledFile: Sendable, Hashable {
    /// Where it stands now.
    public let path: String
    /// SHA-256 of its bytes, hexadecimal.
    public let sha256: String
    /// Its size in bytes.
    public let bytes: Int64
}
