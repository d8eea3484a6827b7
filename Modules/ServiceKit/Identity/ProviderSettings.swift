import PlatformClient

/// The OpenID provider whose tokens are taken: the keys below `identity.oidc` of a host's configuration.
public struct ProviderSettings: Sendable {
    /// `issuer`: what tokens must say in `iss`, to the letter.
    public var issuer: String
    /// `audience`: what must stand in `aud`.
    public var audience: String
    /// `claim`: the claim that names the person, compared with the `subject` of users. Default `sub`.
    public var claim = "sub"
    /// `leewaySeconds`: how far clocks may differ, 0…300. Default 60.
    public var leewaySeconds = 60
    /// `jwksUrl` or `jwksFile`: where the provider's keys are.
    public var source: Source

    /// How long the provider may take to tell its keys.
    var timeout: Duration = .seconds(10)

    /// Where the provider's keys are.
    public enum Source: Sendable, Hashable {
        /// At an address: `https://…`.
        case address(String)
        /// In a file, for providers that this host cannot reach.
        case file(String)
    }

    /// Names a provider.
    public init(issuer: String, audience: String, source: Source) {
        self.issuer = issuer
        self.audience = audience
        self.source = source
    }

    /// Reads the keys; `nil` when no issuer is configured.
    ///
    /// - Throws: ``ConfigurationError`` for the first value that is missing or cannot be used.
    init?(_ configuration: PlatformConfiguration) throws {
        guard let issuer = try configuration.text("identity.oidc.issuer") else { return nil }
        func required(_ key: String, _ expected: String) throws -> String {
            guard let value = try configuration.text(key), !value.isEmpty else {
                throw ConfigurationError(key: key, given: "", expected: expected)
            }
            return value
        }
        let audience = try required("identity.oidc.audience", "the audience of the tokens, beside identity.oidc.issuer")
        if let file = try configuration.text("identity.oidc.jwksFile") {
            self.init(issuer: issuer, audience: audience, source: .file(file))
        } else {
            let address = try required("identity.oidc.jwksUrl", "the address of the provider's key set")
            guard (try? ServiceAddress(address)) != nil else {
                throw ConfigurationError(
                    key: "identity.oidc.jwksUrl",
                    given: address,
                    expected: "an address such as https://login.example.cn/jwks"
                )
            }
            self.init(issuer: issuer, audience: audience, source: .address(address))
        }
        claim = try configuration.text("identity.oidc.claim") ?? "sub"
        leewaySeconds = try configuration.integer("identity.oidc.leewaySeconds", in: 0...300, default: 60)
    }

    /// Fetches the document of the key set, up to 1 MiB.
    func fetch() async throws -> [UInt8] {
        switch source {
        case .file(let path): return try readFile(path, limit: 1 << 20)
        case .address(let address):
            var options = PlatformClient.Options()
            options.maximumReplyBytes = 1 << 20
            options.timeout = timeout
            return try await PlatformClient(address, options: options).bytes("").body
        }
    }
}
