/// The key of one record as the database keeps it: useless without ``MasterKeys``.
public struct WrappedKey: Sendable, Equatable {
    /// The master key that wraps it.
    public let master: String
    /// Nonce, ciphertext and tag.
    public let bytes: [UInt8]

    /// Takes what the database keeps.
    public init(master: String, bytes: [UInt8]) {
        self.master = master
        self.bytes = bytes
    }
}
