import Crypto

extension MasterKeys {
    /// What tells whether a key is the one that the database knows by its name, and tells nothing of the key.
    public struct Proof: Sendable, Hashable {
        /// The name of a wrapping key; `index:` and the name for that of the index.
        public let name: String
        /// 16 bytes derived from the key.
        public let bytes: [UInt8]
    }

    /// What the names of index keys begin with among ``Proof/name``: no wrapping key's name has a colon.
    public static let indexMark = "index:"

    /// The proofs of all keys: HKDF-SHA-256 (RFC 5869) of each, under a label that nothing else is derived with.
    public var proofs: [Proof] {
        wrapping.map { Self.proof(of: $0.key, $0.name) } + [Self.proof(of: index, Self.indexMark + indexName)]
    }

    private static func proof(of key: SymmetricKey, _ name: String) -> Proof {
        let derived = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: key,
            info: Array("ceyuan personal data: proof of \(name)".utf8),
            outputByteCount: 16
        )
        return Proof(name: name, bytes: derived.withUnsafeBytes { Array($0) })
    }
}
