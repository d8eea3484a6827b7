import DomainModel
import Glibc

/// The socket by which a service hands its one-time token to its own user.
enum BootstrapSocket {
    // A host that is just starting makes the socket within that time.
    private static let attempts = 60
    private static let pause: UInt32 = 50_000

    /// Asks for the token.
    ///
    /// - Parameter path: The socket, in the data folder of the service.
    /// - Returns: The token; it holds for some minutes.
    /// - Throws: ``Failure`` when nobody listens, or when there is none.
    static func token(from path: String) throws -> String {
        let line = try firstLine(of: try connected(to: path))
        guard !line.hasPrefix("cyb_") else { return line }
        switch line {
        case "ADMINISTRATOR_EXISTS":
            throw Failure(
                .refused,
                "ADMINISTRATOR_EXISTS",
                zh: "已有管理员",
                en: "There is an administrator already",
                hint: LocalizedText(
                    zh: "请其为您创建令牌：ceyuan token create NAME --principal user:您",
                    en: "Ask them for a token: ceyuan token create NAME --principal user:YOU"
                )
            )
        case "NOT_PERMITTED":
            throw Failure(
                .refused,
                "NOT_PERMITTED",
                zh: "服务只把一次性令牌交给自己的用户或 root",
                en: "The service hands its one-time token to its own user and to root only",
                hint: LocalizedText(
                    zh: "以服务的用户运行：sudo -u ceyuan ceyuan login --bootstrap …",
                    en: "Run it as the user of the service: sudo -u ceyuan ceyuan login --bootstrap …"
                )
            )
        default:
            throw Failure(
                .local,
                "BOOTSTRAP_UNAVAILABLE",
                zh: "服务暂时无法给出一次性令牌",
                en: "The service cannot give a one-time token now",
                hint: LocalizedText(zh: "查看服务日志与 /readyz", en: "Look at its log and at /readyz")
            )
        }
    }

    private static func connected(to path: String) throws -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { throw unusable(path, ENAMETOOLONG) }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        var reason: Int32 = 0
        for attempt in 1...attempts {
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
            guard descriptor >= 0 else { throw unusable(path, errno) }
            let result = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            if result == 0 { return descriptor }
            reason = errno
            close(descriptor)
            guard [ENOENT, ECONNREFUSED].contains(reason), attempt < attempts else { break }
            usleep(pause)
        }
        throw unusable(path, reason)
    }

    private static func firstLine(of descriptor: Int32) throws -> String {
        guard let stream = fdopen(descriptor, "r") else { throw unusable("", errno) }
        defer { fclose(stream) }
        var bytes = [CChar](repeating: 0, count: 200)
        guard fgets(&bytes, Int32(bytes.count), stream) != nil else { return "" }
        let line = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: line, as: UTF8.self).filter { !$0.isWhitespace }
    }

    private static func unusable(_ path: String, _ number: Int32) -> Failure {
        let reason = Failure.systemMessage(number)
        return Failure(
            .local,
            "SOCKET_UNUSABLE",
            zh: "无法连接 \(path)：\(reason.zh)",
            en: "\(path) cannot be connected to: \(reason.en)",
            hint: LocalizedText(
                zh: "ceyuan-platform 或 ceyuan-registry 运行时，套接字在其数据目录中：bootstrap.sock",
                en: "While ceyuan-platform or ceyuan-registry runs, it is bootstrap.sock in its data folder"
            )
        )
    }
}
