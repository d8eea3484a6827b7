import DomainModel

/// A key that stands in the configuration and that nothing reads.
struct UnknownKey: Sendable, Hashable, CustomStringConvertible {
    /// As it stands there: `listen.prot`, `CEYUAN_LISTEN_PROT`.
    let name: String
    /// The file; `nil` for the environment.
    let file: String?
    /// The known key that it is most likely meant for.
    let nearest: String?

    var description: String {
        name + (file.map { " in \($0)" } ?? " in the environment") + (nearest.map { " (did you mean \($0)?)" } ?? "")
    }
}

/// What stands in the configuration, whether or not anybody reads it.
struct GivenKeys: Sendable {
    /// The variables of the environment that start with `CEYUAN_`.
    var variables: [String] = []
    /// The file's path.
    var file: String?
    /// The keys in the file, dots between their parts.
    var keys: [String] = []

    /// Variables that other programs of the platform read: the client and the document bridge.
    private static let foreign: Set<String> = [
        "CEYUAN_CONFIG", "CEYUAN_HOME", "CEYUAN_TOKEN", "CEYUAN_URL", "CEYUAN_REGISTRY_URL", "CEYUAN_INGEST_URL",
        "CEYUAN_REPORTS_URL", "CEYUAN_BRIDGE_MEMORY_MB", "CEYUAN_BRIDGE_SECONDS",
    ]

    /// The keys that nothing reads, in order.
    ///
    /// - Parameters:
    ///   - settings: The keys that are read.
    ///   - scopes: Names below which other hosts read: keys there are theirs to check.
    /// - Returns: Those of the file, then those of the environment.
    func unknown(_ settings: [Setting], elsewhere scopes: [String]) -> [UnknownKey] {
        let known = settings.map(\.key)
        let variables = settings.map(\.variable)
        let strangeVariables = Set(self.variables).subtracting(Self.foreign).subtracting(variables).sorted()
            .filter { name in !scopes.contains { name.hasPrefix(Setting("\($0).", default: "", "").variable) } }
            .map { UnknownKey(name: $0, file: nil, nearest: nearestNames(to: $0, among: variables).first) }
        let strangeKeys = Set(keys).subtracting(known).sorted()
            .filter { key in !scopes.contains { key.hasPrefix("\($0).") } }
            .map { UnknownKey(name: $0, file: file, nearest: nearestNames(to: $0, among: known).first) }
        return strangeKeys + strangeVariables
    }
}

extension PlatformConfiguration {
    /// Looks for keys that nothing reads.
    ///
    /// - Parameters:
    ///   - settings: The keys that are read.
    ///   - scopes: Plugins of other hosts, which may share the file.
    /// - Throws: ``HostError/keysUnknown(_:)`` with all that were found.
    func checkKeys(_ settings: [Setting], elsewhere scopes: [String] = []) throws {
        let unknown = givenKeys.unknown(settings, elsewhere: scopes)
        if !unknown.isEmpty { throw HostError.keysUnknown(unknown) }
    }
}
