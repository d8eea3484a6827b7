/// Where a service listens: a TCP address or a Unix socket, and the path in front of `/v1`.
///
/// Spelled as one string so that it fits an option of the CLI or a key of the
/// configuration:
///
///     http://127.0.0.1:8100          https://ceyuan.example.cn/platform
///     unix:/run/ceyuan/platform.sock
public struct ServiceAddress: Sendable, Hashable, CustomStringConvertible {
    /// Scheme, host, port and leading path, without a slash at the end.
    let base: String
    /// The host name or address, or `localhost` for a Unix socket.
    let host: String
    /// The file of the Unix socket, if there is one.
    let socket: String?

    /// The address as a person would write it.
    public var description: String { socket.map { "unix:\($0)" } ?? base }

    /// Whether the address cannot leave this machine, so that no proxy is asked.
    var isLocal: Bool {
        socket != nil || host == "localhost" || host == "[::1]" || host.hasPrefix("127.")
    }

    /// Whether what is sent stays secret on its way: it is encrypted, or never leaves this machine.
    public var isProtected: Bool { isLocal || base.hasPrefix("https://") }

    /// Reads an address.
    ///
    /// - Parameter text: `http://…`, `https://…`, or `unix:` and an absolute path.
    /// - Throws: ``PlatformClientError/invalidAddress(_:)`` for anything else: another scheme, no host, a user
    ///   name, a query or a fragment.
    public init(_ text: String) throws {
        if text.hasPrefix("unix:") {
            var path = text.dropFirst("unix:".count)
            if path.hasPrefix("//") { path = path.dropFirst(2) }
            // sockaddr_un holds 108 bytes with the terminating zero.
            guard path.hasPrefix("/"), path.utf8.count < 108 else { throw PlatformClientError.invalidAddress(text) }
            base = "http://localhost"
            host = "localhost"
            socket = String(path)
            return
        }
        guard
            let scheme = ["http://", "https://"].first(where: { text.lowercased().hasPrefix($0) }),
            !text.contains(where: { $0 == "?" || $0 == "#" || $0 == "@" || $0.isWhitespace })
        else { throw PlatformClientError.invalidAddress(text) }
        var rest = text.dropFirst(scheme.count)
        while rest.last == "/" { rest.removeLast() }
        let authority = rest.prefix { $0 != "/" }
        let name = authority.first == "[" ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        let port = authority.dropFirst(name.count)
        let portIsValid = port.isEmpty || (port.first == ":" && UInt16(port.dropFirst()).map { $0 > 0 } == true)
        guard !name.isEmpty, portIsValid else { throw PlatformClientError.invalidAddress(text) }
        base = scheme + rest
        host = String(name).lowercased()
        socket = nil
    }
}
