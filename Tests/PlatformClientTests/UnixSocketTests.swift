import Foundation
import Hummingbird
import Logging
import NIOCore
import Testing

@testable import PlatformClient

@Suite("Unix sockets")
struct UnixSocketTests {
    @Test("a service on a Unix socket is asked through unix:PATH")
    func socket() async throws {
        let path = "/tmp/ceyuan-\(UInt32.random(in: 0 ... .max)).sock"
        defer { unlink(path) }
        let router = Router()
        router.get("v1/n") { _, _ in json("7") }
        let (events, started) = AsyncStream.makeStream(of: Void.self)
        let application = Application(
            router: router,
            configuration: .init(address: .unixDomainSocket(path: path)),
            onServerRunning: { _ in started.yield() },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        Task { try await application.run() }
        var iterator = events.makeAsyncIterator()
        await iterator.next()
        #expect(try await PlatformClient("unix:\(path)").get("/v1/n", as: Int.self) == 7)
    }
}
