/// The parts of a webhook's address that matter for sending.
///
/// Read strictly: what two readers could understand differently is no address.
struct WebhookURL: Sendable, Hashable {
    /// `http` or `https`.
    let scheme: String
    /// A name, an IPv4 address, or an IPv6 address in brackets; lower case.
    let host: String
    /// The port.
    let port: UInt16
    /// Path and query, from the slash on.
    let target: String

    /// Scheme, host and port: what an operator allows.
    var origin: String { "\(scheme)://\(host):\(port)" }
    /// The host without brackets: what is resolved.
    var name: String { host.first == "[" ? String(host.dropFirst().dropLast()) : host }

    /// Reads an address: no user, no fragment, no blank, ASCII only.
    init?(_ text: String) {
        guard text.utf8.count <= 2_000, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }),
            let end = text.firstRange(of: "://")
        else { return nil }
        scheme = text[..<end.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https" else { return nil }
        let rest = text[end.upperBound...]
        let authority = rest.prefix { !"/?#\\".contains($0) }
        let tail = rest.dropFirst(authority.count)
        guard !tail.contains("#"), !tail.contains("\\"), !authority.contains("@") else { return nil }
        target = tail.isEmpty ? "/" : tail.first == "?" ? "/\(tail)" : String(tail)
        let name: Substring
        if authority.first == "[" {
            guard let close = authority.firstIndex(of: "]") else { return nil }
            name = authority[...close]
            guard let address = IPAddress(String(name.dropFirst().dropLast())) else { return nil }
            host = "[\(address)]"
        } else {
            name = authority.prefix { $0 != ":" }
            let isName = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." || $0 == "_" }
            guard !name.isEmpty, name.count <= 253, isName else { return nil }
            host = name.lowercased()
        }
        let digits = authority.dropFirst(name.count)
        if digits.isEmpty {
            port = scheme == "https" ? 443 : 80
        } else {
            guard digits.first == ":", let number = UInt16(digits.dropFirst()), number > 0 else { return nil }
            port = number
        }
    }
}
