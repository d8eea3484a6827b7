import Glibc

extension LocalCluster {
    /// Runs the body while no other process works on the same cluster.
    func locked<R>(_ body: () async throws -> R) async throws -> R {
        let path = configuration.directory + ".lock"
        try Files.makeDirectory(Files.parent(of: path), mode: 0o755)
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Files.unusable(path)
        }
        defer { close(descriptor) }
        var patience = 1200
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            patience -= 1
            guard patience > 0 else {
                throw LocalPostgresError(
                    .locked,
                    "Another process has worked on the cluster in \(configuration.directory) for two minutes."
                        + " Wait for it, or end it.",
                    zh: "另一进程已操作集群 \(configuration.directory) 达两分钟。请等待其结束或终止它。"
                )
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        return try await body()
    }
}

/// TCP ports of 127.0.0.1.
enum LoopbackPort {
    /// True when a server could listen on the port now.
    static func isFree(_ port: UInt16) -> Bool { bound(to: port) != nil }

    /// A port that nobody listens on now; another program may still take it before the server does.
    static func chooseFree() -> UInt16? { bound(to: 0) }

    private static func bound(to port: UInt16) -> UInt16? {
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            return nil
        }
        defer { close(descriptor) }
        // PostgreSQL sets this too: a port whose last connections only linger in TIME_WAIT is free.
        var yes: CInt = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<CInt>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                guard bind(descriptor, generic, length) == 0, getsockname(descriptor, generic, &length) == 0 else {
                    return nil
                }
                return UInt16(bigEndian: pointer.pointee.sin_port)
            }
        }
    }
}
