public import Configuration
import SystemPackage

/// The configuration as a plugin sees it: values under its own name, checked when they are read.
///
/// The key `pollSeconds` of the plugin `ingest` is `ingest.pollSeconds` in the
/// file and `CEYUAN_INGEST_POLL_SECONDS` in the environment, which goes first.
/// A value that is present and wrong stops the start; it is never replaced by
/// the default.
public struct PlatformConfiguration: Sendable {
    /// The reader underneath, scoped to the same keys.
    public let reader: ConfigReader
    private let scope: [String]

    /// Reads the environment over a file.
    ///
    /// - Parameter environment: Variables; those that start with `CEYUAN_` count. `CEYUAN_CONFIG` names the file: JSON
    ///   if its name ends in `.json`, else YAML.
    /// - Throws: ``ConfigurationError`` when the file cannot be read.
    public init(environment: [String: String]) async throws {
        var providers: [any ConfigProvider] = [
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "ceyuan")
        ]
        if let path = environment["CEYUAN_CONFIG"], !path.isEmpty {
            do {
                if path.hasSuffix(".json") {
                    providers.append(try await FileProvider<JSONSnapshot>(filePath: FilePath(path)))
                } else {
                    providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(path)))
                }
            } catch {
                throw ConfigurationError(
                    key: "CEYUAN_CONFIG",
                    given: path,
                    expected: "a readable YAML or JSON file (\(error))"
                )
            }
        }
        self.init(reader: ConfigReader(providers: providers), scope: [])
    }

    /// Reads variables alone, for tests: `["CEYUAN_INGEST_POLL_SECONDS": "5"]`.
    public init(variables: [String: String] = [:]) {
        let provider = EnvironmentVariablesProvider(environmentVariables: variables).prefixKeys(with: "ceyuan")
        self.init(reader: ConfigReader(provider: provider), scope: [])
    }

    private init(reader: ConfigReader, scope: [String]) {
        self.reader = reader
        self.scope = scope
    }

    /// The values under a name.
    public func scoped(to name: String) -> PlatformConfiguration {
        PlatformConfiguration(reader: reader.scoped(to: ConfigKey([name])), scope: scope + [name])
    }

    /// A whole number.
    ///
    /// - Parameters:
    ///   - key: The key, dots between its parts.
    ///   - range: What is allowed.
    ///   - fallback: What holds when the key is absent.
    /// - Returns: The value.
    /// - Throws: ``ConfigurationError`` when the value is no whole number, or outside of the range.
    public func integer(_ key: String, in range: ClosedRange<Int>, default fallback: Int) throws -> Int {
        let name = ConfigKey(key.split(separator: ".").map(String.init))
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let value = reader.int(forKey: name) else {
            if let given = given(name) { throw error(key, given, expected) }
            return fallback
        }
        guard range.contains(value) else { throw error(key, String(value), expected) }
        return value
    }

    /// A text, or `nil` when the key is absent.
    ///
    /// - Throws: ``ConfigurationError`` when the value is no text.
    public func text(_ key: String, isSecret: Bool = false) throws -> String? {
        let name = ConfigKey(key.split(separator: ".").map(String.init))
        if let value = reader.string(forKey: name, isSecret: isSecret) { return value }
        if let given = given(name) { throw error(key, isSecret ? "not shown" : given, "a text") }
        return nil
    }

    /// A yes or no.
    ///
    /// - Throws: ``ConfigurationError`` for anything but `true` and `false`.
    public func boolean(_ key: String, default fallback: Bool) throws -> Bool {
        let name = ConfigKey(key.split(separator: ".").map(String.init))
        if let value = reader.bool(forKey: name) { return value }
        if let given = given(name) { throw error(key, given, "true or false") }
        return fallback
    }

    /// One of the cases of an enumeration.
    ///
    /// - Throws: ``ConfigurationError`` for anything else.
    public func choice<Value: RawRepresentable & CaseIterable>(_ key: String, default fallback: Value) throws -> Value
    where Value.RawValue == String {
        guard let given = try text(key) else { return fallback }
        guard let value = Value(rawValue: given) else {
            throw error(key, given, "one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return value
    }

    /// A value in whatever form it is present.
    private func given(_ key: ConfigKey) -> String? {
        reader.string(forKey: key) ?? reader.double(forKey: key).map { "\($0)" }
            ?? reader.bool(forKey: key).map { "\($0)" } ?? reader.stringArray(forKey: key).map { "\($0)" }
    }

    private func error(_ key: String, _ given: String, _ expected: String) -> ConfigurationError {
        ConfigurationError(key: (scope + [key]).joined(separator: "."), given: given, expected: expected)
    }
}

/// A value of the configuration that cannot be used.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The key as in the file.
    public let key: String
    /// What stands there; `not shown` for secrets.
    public let given: String
    /// What should stand there.
    public let expected: String

    /// Makes an error.
    public init(key: String, given: String, expected: String) {
        self.key = key
        self.given = given
        self.expected = expected
    }

    /// What is wrong, in English and Chinese.
    public var description: String {
        "configuration \(key) is “\(given)”, expected \(expected) / 配置项 \(key) 的值“\(given)”不正确"
    }
}
