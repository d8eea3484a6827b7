import DomainModel
import Hummingbird
import Logging
import NIOCore
import PlatformClient
import Testing

/// Runs a real HTTP server on a free port of 127.0.0.1 while `body` runs.
func withServer(
    _ build: (Router<BasicRequestContext>) -> Void,
    _ body: (_ client: PlatformClient) async throws -> Void
) async throws {
    var options = PlatformClient.Options()
    options.retry = .never
    try await withServer(options: options, build, body)
}

/// Runs a real HTTP server on a free port of 127.0.0.1 while `body` runs, and hands it a client with these options.
func withServer(
    options: PlatformClient.Options,
    _ build: (Router<BasicRequestContext>) -> Void,
    _ body: (_ client: PlatformClient) async throws -> Void
) async throws {
    let router = Router()
    build(router)
    let (ports, started) = AsyncStream.makeStream(of: Int.self)
    let application = Application(
        router: router,
        configuration: .init(address: .hostname("127.0.0.1", port: 0)),
        onServerRunning: { started.yield($0.localAddress?.port ?? 0) },
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    // It runs until the process ends: stopping NIO's server while a connection arrives traps (swift-nio issue #2813).
    Task { try await application.run() }
    var iterator = ports.makeAsyncIterator()
    let port = try #require(await iterator.next())
    try await body(PlatformClient("http://127.0.0.1:\(port)", options: options))
}

/// A JSON answer.
func json(_ text: String, _ status: HTTPResponse.Status = .ok, type: String = "application/json") -> Response {
    Response(status: status, headers: [.contentType: type], body: .init(byteBuffer: ByteBuffer(string: text)))
}

/// A value that is sent to and fro.
struct Echo: Codable, Sendable, Equatable {
    var name: String
    var count: Int
}

extension PlatformClientError {
    /// The error that `body` throws, if it is one of this type.
    static func thrown(by body: () async throws -> Void) async -> PlatformClientError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? PlatformClientError
        }
    }
}
