/// How callers are known: the keys below `identity` of a host's configuration.
public struct IdentitySettings: Sendable {
    /// `cacheMilliseconds`: how long what was found out about a token holds; a revocation is felt after it.
    public var cacheLifetime: Duration = .seconds(2)

    /// `publicMetrics`: whether `/metrics` answers anybody, as scrapers on the same network expect.
    public var hasPublicMetrics = true

    /// The OpenID provider whose tokens are taken; `nil` takes API tokens only.
    public var provider: ProviderSettings?

    var metricsPermission: Permission { hasPublicMetrics ? .public : .readMetrics }

    /// The defaults.
    public init() {}

    /// Reads all keys.
    ///
    /// - Throws: ``ConfigurationError`` for the first value that cannot be used.
    public init(_ configuration: PlatformConfiguration) throws {
        cacheLifetime = .milliseconds(
            try configuration.integer("identity.cacheMilliseconds", in: 0...60_000, default: 2_000)
        )
        provider = try ProviderSettings(configuration)
        hasPublicMetrics = try configuration.boolean("identity.publicMetrics", default: true)
    }
}
