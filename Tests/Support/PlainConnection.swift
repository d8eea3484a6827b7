import Glibc

/// A TCP connection that does what no HTTP client does, or leaves it.
public struct PlainConnection: Sendable {
    /// What the system said, as `errno`.
    public struct Failure: Error {
        /// The number of the error.
        public let number: Int32
    }

    /// Not for programs that other tests start meanwhile: with them it would stay open after ``close()``.
    private static let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)

    private let descriptor: Int32

    /// Connects to `http://127.0.0.1:PORT`.
    public init(_ address: String) throws {
        descriptor = socket(AF_INET, Self.kind, 0)
        var target = sockaddr_in()
        target.sin_family = sa_family_t(AF_INET)
        target.sin_port = (UInt16(address.split(separator: ":").last ?? "") ?? 0).bigEndian
        target.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(number: errno) }
    }

    /// Connects to a Unix socket.
    public init(socket path: String) throws {
        descriptor = socket(AF_UNIX, Self.kind, 0)
        var target = sockaddr_un()
        target.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        precondition(bytes.count < MemoryLayout.size(ofValue: target.sun_path))
        withUnsafeMutableBytes(of: &target.sun_path) { $0.copyBytes(from: bytes) }
        let result = withUnsafePointer(to: &target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw Failure(number: errno) }
    }

    /// Sends a text, or throws when the other side has closed.
    public func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// Sends bytes, or throws when the other side has closed.
    public func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(number: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// Everything until the other side closes, read on a thread that may wait.
    public func readAll() async -> String {
        await withCheckedContinuation { continuation in
            let descriptor = descriptor
            onThread {
                var all: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 65_536)
                while true {
                    let count = recv(descriptor, &buffer, buffer.count, 0)
                    if count <= 0 { break }
                    all += buffer[..<count]
                }
                continuation.resume(returning: String(decoding: all, as: UTF8.self))
            }
        }
    }

    /// Closes it, whatever was sent or is still to come.
    public func close() { _ = Glibc.close(descriptor) }
}

private final class Work: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Runs something that waits beside the pool of Swift's tasks.
private func onThread(_ run: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let work = Unmanaged.passRetained(Work(run))
    pthread_create(
        &thread,
        nil,
        { raw in
            guard let raw else { return nil }
            Unmanaged<Work>.fromOpaque(raw).takeRetainedValue().run()
            return nil
        },
        work.toOpaque()
    )
    pthread_detach(thread)
}
