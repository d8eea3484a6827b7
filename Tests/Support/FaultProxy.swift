import Foundation
import Glibc
import LocalPostgres
import Synchronization

/// A TCP port of 127.0.0.1 that leads to a Unix socket, until told to swallow everything instead.
///
/// A thread for each direction of each connection; all end with their sockets.
public final class FaultProxy: Sendable {
    private struct State {
        var isHole = false
        var isClosed = false
        var sockets: [CInt] = []
    }

    /// The port.
    public let port: UInt16
    private let listener: CInt
    private let target: String
    private let state = Mutex(State())

    private struct Failure: Error {
        let call: String
        let number = errno
    }

    /// Opens a port.
    ///
    /// - Parameter target: The path of the Unix socket.
    /// - Throws: When the port cannot be opened.
    public init(to target: String) throws {
        self.target = target
        listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let outcome = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, address, &size) == 0
            }
        }
        guard outcome else {
            throw Failure(call: "listen")
        }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { self.accept() }
    }

    /// From now on, or no more, whatever is sent in either direction is lost, and nobody is told.
    public func setHole(_ isHole: Bool) {
        state.withLock { $0.isHole = isHole }
    }

    /// Ends all connections and the port.
    public func close() {
        state.withLock { state in
            // The listener's number may be somebody else's by the second time.
            if state.isClosed { return }
            state.isClosed = true
            for socket in state.sockets + [listener] {
                shutdown(socket, CInt(SHUT_RDWR))
            }
        }
    }

    private func accept() {
        while true {
            let client = Glibc.accept(listener, nil, nil)
            guard client >= 0 else {
                _ = Glibc.close(listener)
                return
            }
            guard let server = connect() else {
                _ = Glibc.close(client)
                continue
            }
            state.withLock { $0.sockets += [client, server] }
            Thread.detachNewThread { self.forward(from: client, to: server) }
            Thread.detachNewThread { self.forward(from: server, to: client) }
        }
    }

    private func connect() -> CInt? {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: target.utf8) }
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        if !isConnected {
            _ = Glibc.close(descriptor)
        }
        return isConnected ? descriptor : nil
    }

    /// Ends with either socket. They are not closed, so that no number is used again while a test runs.
    private func forward(from source: CInt, to target: CInt) {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = recv(source, &buffer, buffer.count, 0)
            guard count > 0 else {
                shutdown(target, CInt(SHUT_RDWR))
                return
            }
            if !state.withLock({ $0.isHole }) {
                _ = send(target, buffer, count, CInt(MSG_NOSIGNAL))
            }
        }
    }
}

extension TestDatabase {
    /// A proxy in front of the database's server, and a libpq URI that leads through it.
    ///
    /// - Throws: When the port cannot be opened.
    public func makeProxy() throws -> (proxy: FaultProxy, connectionString: String) {
        let proxy = try FaultProxy(to: "\(endpoint.socketDirectory)/.s.PGSQL.\(endpoint.port)")
        return (proxy, "postgresql://\(endpoint.user)@127.0.0.1:\(proxy.port)/\(name)?sslmode=disable")
    }
}
