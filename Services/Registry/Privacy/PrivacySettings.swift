import PersonalData
import PostgresClient
import ServiceKit
import Storage

/// The settings of personal data, under `registry` in the host's configuration.
struct PrivacySettings: Sendable {
    /// How many records a minute an identity may read in the clear, unless the configuration says otherwise.
    static let usualUnmasks = 60

    /// `keysFile`: where the keys are; without them sealed fields are refused.
    let vault: KeyVault?
    /// `unmasksPerMinute`: how many records an identity may read in the clear a minute, 1 to 100000.
    let unmasksPerMinute: Int

    /// The keys, for people.
    static let keys = [
        Setting(KeyVault.setting, default: "none", "keys of personal data, mode 600; without them it is refused"),
        Setting(
            "unmasksPerMinute",
            default: "60",
            "1…100000: records that one identity may read in the clear a minute"
        ),
    ]

    /// Reads the settings, and the keys.
    ///
    /// - Throws: `ConfigurationError`.
    init(in platform: Platform) throws {
        vault = try KeyVault(in: platform)
        unmasksPerMinute = try platform.configuration.integer(
            "unmasksPerMinute",
            in: 1...100_000,
            default: Self.usualUnmasks
        )
    }

    /// Finds out before the host listens whether its keys are those of the database.
    ///
    /// - Throws: `ConfigurationError`; `PostgresError`.
    static func check(in platform: Platform) async throws {
        let vault = try KeyVault(in: platform)
        if let vault { try await platform.database.withTransaction { try await vault.introduce(to: $0) } }
        let used = try await platform.read(.service("registry")) { try await MasterKeyStore($0).inUse() }
        let missing = used.filter { vault?.masters.names.contains($0) != true }
        if missing.isEmpty { return }
        throw ConfigurationError(
            key: "registry.\(KeyVault.setting)",
            given: try platform.configuration.text(KeyVault.setting) ?? "",
            expected: "a file with the keys that records of this database are sealed with: "
                + missing.joined(separator: ", ")
        )
    }
}
