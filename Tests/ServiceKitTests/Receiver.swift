import Dispatch
import Glibc
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Synchronization

/// A subscriber of the test's own: remembers what arrives, and answers as it is told.
final class Receiver: Sendable {
    struct Message: Sendable {
        let path: String
        let headers: HTTPFields
        let body: String

        subscript(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
    }

    private let messages = Mutex<[Message]>([])
    private let answer: @Sendable (Message, Int) async throws -> Response

    /// Answers with what the closure says, which is told how many messages came before.
    init(_ answer: @escaping @Sendable (Message, Int) async throws -> Response = { _, _ in Response(status: .ok) }) {
        self.answer = answer
    }

    /// What has arrived, in order.
    var received: [Message] { messages.withLock { $0 } }

    /// Listens on a free port of this machine as long as the body runs.
    func run(_ body: @Sendable @escaping (_ port: Int) async throws -> Void) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let router = Router()
        let respond: @Sendable (Request, BasicRequestContext) async throws -> Response = { [self] request, _ in
            let buffer = try await request.body.collect(upTo: 1 << 20)
            let message = Message(path: request.uri.path, headers: request.headers, body: String(buffer: buffer))
            let count = messages.withLock {
                $0.append(message)
                return $0.count - 1
            }
            return try await answer(message, count)
        }
        // The wildcard does not stand for the root.
        router.post("/", use: respond)
        router.post("**", use: respond)
        router.get("**", use: respond)
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            for await port in ports {
                try await body(port)
                break
            }
            group.cancelAll()
        }
    }
}

/// A server that answers every connection with the same bytes, or with none, whatever it is asked.
final class RawServer: Sendable {
    let port: UInt16
    private let listener: Int32

    /// Starts to listen; `nil` takes connections and says nothing.
    init(answering bytes: String?) throws {
        // Not for programs that other tests start meanwhile.
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 16) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        struct Failed: Error {}
        guard isBound else { throw Failed() }
        port = UInt16(bigEndian: address.sin_port)
        self.listener = listener
        DispatchQueue.global().async {
            var silent: [Int32] = []
            while true {
                let connection = accept(listener, nil, nil)
                if connection < 0 { break }
                _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
                guard let bytes else {
                    silent.append(connection)
                    continue
                }
                var buffer = [UInt8](repeating: 0, count: 65_536)
                _ = read(connection, &buffer, buffer.count)
                var text = bytes
                text.withUTF8 { _ = send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                close(connection)
            }
            for connection in silent { close(connection) }
            // Here and not in `stop`: its number may be another test's socket by the time of the next `accept`.
            close(listener)
        }
    }

    /// Ends the server; its thread closes the socket.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }
}
