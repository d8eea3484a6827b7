import DomainModel

/// Where webhooks may go.
///
/// Only https to hosts of the public Internet, unless the operator has allowed the origin by name. The name is resolved
/// once for each sending; if any of its addresses is not public nothing is sent, and the connection goes to an address
/// that was looked at. Source: OWASP, "Server-Side Request Forgery Prevention Cheat Sheet", and API7:2023.
struct WebhookPolicy: Sendable {
    /// Why nothing is sent.
    enum Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        case unreadable
        case insecure
        case notPublic(String)

        var text: LocalizedText {
            switch self {
            case .unreadable: LocalizedText(zh: "地址无法读取", en: "the address cannot be read")
            case .insecure: LocalizedText(zh: "只允许 https", en: "only https is allowed")
            case .notPublic(let host):
                LocalizedText(zh: "主机 \(host) 不在公网上", en: "the host \(host) is not on the public Internet")
            }
        }
        var description: String { text.en }
    }

    /// Origins that are allowed by name: `http://127.0.0.1:9000`.
    let allowed: Set<String>
    let resolver: AddressResolver

    /// Makes a policy.
    ///
    /// - Throws: ``ConfigurationError`` when one of the origins cannot be read.
    init(allowing origins: [String], resolver: AddressResolver = .system) throws {
        allowed = Set(
            try origins.map { text in
                guard let url = WebhookURL(text), url.target == "/" else {
                    throw ConfigurationError(
                        key: "webhooks.allow",
                        given: text,
                        expected: "origins such as http://127.0.0.1:9000, commas between them"
                    )
                }
                return url.origin
            }
        )
        self.resolver = resolver
    }

    /// What can be said of an address without resolving its host.
    ///
    /// - Throws: ``Refusal``.
    func check(_ text: String) throws -> WebhookURL {
        guard let url = WebhookURL(text) else { throw Refusal.unreadable }
        if allowed.contains(url.origin) { return url }
        guard url.scheme == "https" else { throw Refusal.insecure }
        if let address = IPAddress(url.name), !address.isPublic { throw Refusal.notPublic(url.name) }
        return url
    }

    /// The address to connect to.
    ///
    /// - Throws: ``Refusal``, ``AddressResolver/Unresolved``.
    func pin(_ url: WebhookURL) async throws -> IPAddress {
        let addresses = try await resolver.resolve(url.name)
        if !allowed.contains(url.origin), !addresses.allSatisfy(\.isPublic) { throw Refusal.notPublic(url.name) }
        guard let first = addresses.first else {
            throw AddressResolver.Unresolved(host: url.name, reason: "it has no address")
        }
        return first
    }
}
