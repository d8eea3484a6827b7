import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOPosix
import ServiceKit
import Testing

@Suite("Where requests run")
struct ConnectionExecutorTests {
    @Test("reads stay on the connection's event loop, changes leave it")
    func threads() async throws {
        let host = PlatformHost(
            name: "ceyuan-test",
            plugins: [
                SketchPlugin(routes: { api, _ in
                    api.get("/v1/where", summary: "Where it runs", permission: .public) { _ in
                        await Task.yield()
                        return .text(MultiThreadedEventLoopGroup.currentEventLoop == nil ? "elsewhere" : "loop")
                    }
                    api.post("/v1/where", summary: "Where it runs", permission: .public) { _ in
                        .text(MultiThreadedEventLoopGroup.currentEventLoop == nil ? "elsewhere" : "loop")
                    }
                })
            ],
            configuration: HostConfiguration(),
            database: try unconnectedPool()
        )
        try await host.application().test(.live) { client in
            try await client.execute(uri: "/v1/where", method: .get) { #expect(String(buffer: $0.body) == "loop") }
            let json: HTTPFields = [.contentType: "application/json"]
            try await client.execute(uri: "/v1/where", method: .post, headers: json, body: ByteBuffer(string: "{}")) {
                #expect(String(buffer: $0.body) == "elsewhere")
            }
        }
    }
}
