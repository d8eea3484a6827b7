public import Configuration
import Synchronization
import SystemPackage

/// The configuration as a plugin sees it: values under its own name, checked when they are read.
///
/// The key `pollSeconds` of the plugin `ingest` is `ingest.pollSeconds` in the
/// file and `CEYUAN_INGEST_POLL_SECONDS` in the environment, which goes first.
/// A value that is present and wrong stops the start; it is never replaced by
/// the default. A key that nothing reads stops it as well, and so a plugin
/// reads only what it declares in ``PlatformPlugin/settings``.
public struct PlatformConfiguration: Sendable {
    /// The reader underneath, scoped to the same keys.
    public let reader: ConfigReader
    private let scope: [String]
    /// What is given, known or not.
    let givenKeys: GivenKeys
    /// What may be read; `nil` for all.
    private let declared: Set<String>?

    /// Reads the environment over a file.
    ///
    /// - Parameter environment: Variables; those that start with `CEYUAN_` count. `CEYUAN_CONFIG` names the file: JSON
    ///   if its name ends in `.json`, else YAML.
    /// - Throws: ``ConfigurationError`` when the file cannot be read.
    public init(environment: [String: String]) async throws {
        var providers: [any ConfigProvider] = [
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "ceyuan")
        ]
        var given = GivenKeys(variables: environment.keys.filter { $0.hasPrefix("CEYUAN_") })
        if let path = environment["CEYUAN_CONFIG"], !path.isEmpty {
            do {
                let keys = SeenKeys()
                let file = FilePath(path)
                if path.hasSuffix(".json") {
                    let options = JSONSnapshot.ParsingOptions(secretsSpecifier: .dynamic { key, _ in keys.note(key) })
                    providers.append(try await FileProvider<JSONSnapshot>(parsingOptions: options, filePath: file))
                } else {
                    let options = YAMLSnapshot.ParsingOptions(secretsSpecifier: .dynamic { key, _ in keys.note(key) })
                    providers.append(try await FileProvider<YAMLSnapshot>(parsingOptions: options, filePath: file))
                }
                given.file = path
                given.keys = keys.all
            } catch {
                throw ConfigurationError(
                    key: "CEYUAN_CONFIG",
                    given: path,
                    expected: "a readable YAML or JSON file (\(error))"
                )
            }
        }
        self.init(reader: ConfigReader(providers: providers), scope: [], given: given, declared: nil)
    }

    /// Reads variables alone, for tests: `["CEYUAN_INGEST_POLL_SECONDS": "5"]`.
    public init(variables: [String: String] = [:]) {
        let provider = EnvironmentVariablesProvider(environmentVariables: variables).prefixKeys(with: "ceyuan")
        let given = GivenKeys(variables: Array(variables.keys))
        self.init(reader: ConfigReader(provider: provider), scope: [], given: given, declared: nil)
    }

    private init(reader: ConfigReader, scope: [String], given: GivenKeys, declared: Set<String>?) {
        self.reader = reader
        self.scope = scope
        self.givenKeys = given
        self.declared = declared
    }

    /// The values under a name.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - settings: The keys below it that may be read: another one is a mistake of the plugin and stops the program.
    ///     All may be without.
    /// - Returns: A configuration that reads there.
    public func scoped(to name: String, declaring settings: [Setting]? = nil) -> PlatformConfiguration {
        PlatformConfiguration(
            reader: reader.scoped(to: ConfigKey([name])),
            scope: scope + [name],
            given: givenKeys,
            declared: settings.map { Set($0.map(\.key)) }
        )
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
        let name = parts(of: key)
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
        let name = parts(of: key)
        if let value = reader.string(forKey: name, isSecret: isSecret) { return value }
        if let given = given(name) { throw error(key, isSecret ? Secret.placeholder : given, "a text") }
        return nil
    }

    /// A yes or no.
    ///
    /// - Throws: ``ConfigurationError`` for anything but `true` and `false`.
    public func boolean(_ key: String, default fallback: Bool) throws -> Bool {
        let name = parts(of: key)
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

    private func parts(of key: String) -> ConfigKey {
        precondition(
            declared?.contains(key) ?? true,
            "\((scope + [key]).joined(separator: ".")) is read, but not declared in the plugin's settings"
        )
        return ConfigKey(key.split(separator: ".").map(String.init))
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

/// The keys of a file: the parser asks of each whether it is secret, and tells them nowhere else.
private final class SeenKeys: Sendable {
    private let keys = Mutex<[String]>([])

    var all: [String] { keys.withLock { $0 } }

    /// Notes a key; all that a file holds is secret, since nothing prints it.
    func note(_ key: String) -> Bool {
        keys.withLock { $0.append(key) }
        return true
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
