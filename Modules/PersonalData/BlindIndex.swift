import Crypto

/// Finds a sealed value by a keyed hash of it, without opening any.
///
/// HMAC-SHA-256 over field and ``PersonalKind/compared(_:)``, the first 16 bytes: of 10⁷ values two are alike by chance
/// with a probability of 10⁻²⁵. Without the key nobody can try all resident numbers, of which there are few enough.
public struct BlindIndex: Sendable {
    private let key: SymmetricKey

    /// Uses the index key.
    public init(_ masters: MasterKeys) {
        key = masters.index
    }

    /// Uses a key of the caller's, 32 bytes.
    public init(key: [UInt8]) {
        self.key = SymmetricKey(data: key)
    }

    /// What is kept beside the sealed value, and looked for.
    ///
    /// - Parameters:
    ///   - value: The value, in any way of writing it.
    ///   - field: The field's code: equal values of different fields have nothing in common.
    ///   - kind: How values are compared.
    /// - Returns: 16 bytes.
    public func hash(_ value: String, field: String, kind: PersonalKind) -> [UInt8] {
        var code = HMAC<SHA256>(key: key)
        code.update(data: Array(field.utf8) + [0])
        code.update(data: Array(kind.compared(value).utf8))
        return Array(code.finalize().prefix(16))
    }
}
