import Collection
import DomainModel
import PersonalData
import PostgresClient
import ServiceKit
import Storage
import Synchronization

/// The keys of personal data that a host has.
///
/// They are read anew when the database names a key that is not among them: another host has begun a rotation.
final class KeyVault: Sendable {
    /// The configuration key that names their file.
    static let setting = "keysFile"

    private let path: String
    private let read: Mutex<MasterKeys>

    /// Reads the keys.
    ///
    /// - Parameter path: A file as `ceyuan keys new` makes it, which nobody but its owner may read.
    /// - Throws: `ConfigurationError`; the keys are never told.
    init(file path: String) throws(ConfigurationError) {
        self.path = path
        read = Mutex(try Self.keys(in: path))
    }

    /// The vault of a configuration; `nil` when it names no file.
    convenience init?(in platform: Platform) throws {
        guard let path = try platform.configuration.text(Self.setting) else { return nil }
        try self.init(file: path)
    }

    /// The keys as they were read last.
    var masters: MasterKeys { read.withLock { $0 } }

    /// The keys, read anew unless this one is among them.
    func masters(knowing name: String) -> MasterKeys {
        let present = masters
        if present.names.contains(name) { return present }
        return (try? reread()) ?? present
    }

    /// Reads the file anew.
    ///
    /// - Throws: `ConfigurationError`; the keys that were there stay in use.
    @discardableResult
    func reread() throws(ConfigurationError) -> MasterKeys {
        let keys = try Self.keys(in: path)
        read.withLock { $0 = keys }
        return keys
    }

    /// Makes the database know the keys, and compares them with those that it knows.
    ///
    /// - Throws: `ConfigurationError` when one of the keys is another than the database knows by its name;
    ///   `PostgresError`.
    func introduce(to connection: PostgresConnection) async throws {
        let masters = masters
        let known = try await MasterKeyStore(connection).introduce(masters.proofs)
        for proof in masters.proofs where known[proof.name] != proof.bytes {
            throw failure("the key “\(proof.name)” that this database has been used with, not another one of the name")
        }
    }

    private func failure(_ expected: String) -> ConfigurationError {
        ConfigurationError(key: "registry.\(Self.setting)", given: path, expected: expected)
    }

    private static func keys(in path: String) throws(ConfigurationError) -> MasterKeys {
        try MasterKeys.read(path, for: "registry.\(setting)")
    }
}
