import Crypto
import FoundationEssentials

/// The key of one record's personal data; to destroy it is to erase them, in every copy of the database too.
///
/// AES-256-GCM with a random nonce a value (NIST SP 800-38D §8.2.2; at most 2³² values a key, far beyond what one
/// record has). A value is bound to its record and field: moved elsewhere it does not open.
///
/// Source: the Personal Information Protection Law of China (个人信息保护法), articles 47 and 51; GB/T 35273-2020 §6.3.
public struct RecordKey: Sendable {
    /// Why a value cannot be opened.
    public enum Failure: Error, Sendable, Equatable {
        /// The master key of this name is not among the keys.
        case masterMissing(String)
        /// Another key, record or field; or the bytes were changed.
        case notAuthentic
        /// The bytes are no sealed value of a form that this version knows.
        case unknownForm
    }

    /// Says in the first byte how the rest is sealed, so that another form may follow.
    private static let form: UInt8 = 1

    private let key: SymmetricKey
    /// What the key belongs to, bound into every value: `talent/T0000001`.
    private let record: String

    private init(_ key: SymmetricKey, of record: String) {
        self.key = key
        self.record = record
    }

    /// Makes a new key.
    ///
    /// - Parameter record: What it belongs to; the same text opens its values.
    public init(newFor record: String) {
        self.init(SymmetricKey(size: .bits256), of: record)
    }

    /// Unwraps a key.
    ///
    /// - Throws: ``Failure`` `masterMissing`, `notAuthentic`.
    public init(_ wrapped: WrappedKey, of record: String, with masters: MasterKeys) throws(Failure) {
        guard let master = masters.wrapping.first(where: { $0.name == wrapped.master }) else {
            throw .masterMissing(wrapped.master)
        }
        let bytes = try Self.open(wrapped.bytes, with: master.key, bound: Self.binding(record, wrapped.master))
        self.init(SymmetricKey(data: bytes), of: record)
    }

    /// The key as the database may keep it, by the master key in use.
    public func wrapped(by masters: MasterKeys) -> WrappedKey {
        let master = masters.wrapping[0]
        let raw = key.withUnsafeBytes { Array($0) }
        return WrappedKey(
            master: master.name,
            bytes: Self.seal(raw, with: master.key, bound: Self.binding(record, master.name))
        )
    }

    /// The same key by the master key in use; `nil` when it is that already.
    ///
    /// - Throws: ``Failure``.
    public static func rewrapped(
        _ wrapped: WrappedKey,
        of record: String,
        by masters: MasterKeys
    ) throws(Failure) -> WrappedKey? {
        guard wrapped.master != masters.wrapping[0].name else { return nil }
        return try RecordKey(wrapped, of: record, with: masters).wrapped(by: masters)
    }

    /// Seals a value.
    ///
    /// - Parameters:
    ///   - value: Any text.
    ///   - field: The field's code.
    /// - Returns: 29 bytes more than the value's UTF-8.
    public func seal(_ value: String, field: String) -> [UInt8] { seal(bytes: Array(value.utf8), field: field) }

    /// Seals bytes, such as a piece of a file.
    public func seal(bytes: [UInt8], field: String) -> [UInt8] {
        Self.seal(bytes, with: key, bound: Self.binding(record, field))
    }

    /// Opens a value.
    ///
    /// - Throws: ``Failure`` `notAuthentic`, `unknownForm`.
    public func open(_ sealed: [UInt8], field: String) throws(Failure) -> String {
        String(decoding: try open(bytes: sealed, field: field), as: UTF8.self)
    }

    /// Opens bytes.
    ///
    /// - Throws: ``Failure`` `notAuthentic`, `unknownForm`.
    public func open(bytes sealed: [UInt8], field: String) throws(Failure) -> [UInt8] {
        try Self.open(sealed, with: key, bound: Self.binding(record, field))
    }

    /// Unambiguous: no record or field has a zero byte.
    private static func binding(_ record: String, _ what: String) -> [UInt8] {
        Array(record.utf8) + [0] + Array(what.utf8)
    }

    private static func seal(_ bytes: [UInt8], with key: SymmetricKey, bound: [UInt8]) -> [UInt8] {
        // It throws for wrong sizes of key or nonce only, and both are its own.
        guard let box = try? AES.GCM.seal(bytes, using: key, authenticating: bound), let all = box.combined else {
            preconditionFailure("AES-256-GCM refused a key of 256 bits")
        }
        return [form] + all
    }

    private static func open(_ sealed: [UInt8], with key: SymmetricKey, bound: [UInt8]) throws(Failure) -> [UInt8] {
        guard sealed.first == form, let box = try? AES.GCM.SealedBox(combined: sealed.dropFirst()) else {
            throw .unknownForm
        }
        guard let bytes = try? AES.GCM.open(box, using: key, authenticating: bound) else { throw .notAuthentic }
        return Array(bytes)
    }
}
