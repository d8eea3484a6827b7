import Foundation
import Logging
import PostgresClient
import TestSupport
import Testing

@testable import ServiceKit

@Suite("A network that swallows everything", .timeLimit(.minutes(5)))
struct BlackHoleTests {
    private static let plugin = SketchPlugin(
        routes: { api, platform in
            api.get("/v1/read", summary: "", permission: .public) { _ in
                try await platform.database.execute("SELECT 1")
                return .text("read")
            }
            api.get("/v1/mine", summary: "", permission: .signedIn) { _ in .text("mine") }
        }
    )

    /// A pool whose way to the test server leads through a proxy.
    private static func withProxy(
        cancelTimeout: Duration = .milliseconds(200),
        _ body: (PostgresPool, FaultProxy) async throws -> Void
    ) async throws {
        let database = try await TestDatabase.create()
        let (proxy, connectionString) = try database.makeProxy()
        var configuration = try PostgresConfiguration(connectionString: connectionString)
        configuration.connectTimeout = .seconds(2)
        configuration.cancelTimeout = cancelTimeout
        let pool = PostgresPool(configuration: configuration, logger: Logger(label: "test"))
        try await body(pool, proxy)
        await pool.shutdown(grace: .seconds(1))
        proxy.close()
        try await database.drop()
    }

    @Test("callers and readiness are told so in time, also while it is found out who they are, and all is well after")
    func swallowed() async throws {
        try await Self.withProxy { pool, proxy in
            try await withLiveHost(Self.plugin, database: pool) {
                $0.requestTimeout = .seconds(6)
                $0.jobsEnabled = false
            } _: { address in
                let token = ["-sS", "-H", "Authorization: Bearer \(APIToken().text)", "-w", " %{http_code}"]
                #expect(try await Curl.run(token, "\(address)/v1/mine").hasSuffix(" 401"))
                proxy.setHole(true)
                // Over the connection that is open already: nothing but the request's own time ends the wait.
                let other = ["-sS", "-H", "Authorization: Bearer \(APIToken().text)", "-w", " %{http_code}"]
                let waiting = try await Curl.run(other, "\(address)/v1/mine")
                #expect(waiting.hasSuffix(" 504") && waiting.contains("DEADLINE_EXCEEDED"), "\(waiting)")
                // Over a new one, which cannot be made.
                let away = try await Curl.run(["-sS", "-D", "-"], "\(address)/v1/read")
                #expect(away.hasPrefix("HTTP/1.1 503") && away.contains("DATABASE_UNAVAILABLE"), "\(away)")
                #expect(away.lowercased().contains("retry-after: 2"))
                let ready = try await Curl.run(["-sS", "-w", " %{http_code}"], "\(address)/readyz")
                #expect(ready.hasSuffix(" 503"))
                #expect(try await Curl.run(["-sS"], "\(address)/livez") == "ok\n")
                proxy.setHole(false)
                while try await Curl.run(["-sS"], "\(address)/v1/read") != "read" {}
                #expect(try await Curl.run(token, "\(address)/v1/mine").hasSuffix(" 401"))
                while pool.statistics.inUse > 0 { await Task.yield() }
            }
        }
    }

    @Test("readiness is told while statements are still being cancelled")
    func probe() async throws {
        try await Self.withProxy(cancelTimeout: .seconds(600)) { pool, proxy in
            try await withLiveHost(Self.plugin, database: pool) {
                $0.jobsEnabled = false
            } _: { address in
                let ready = ["-sS", "-w", " %{http_code}"]
                // So that connections are open.
                while try await !Curl.run(ready, "\(address)/readyz").hasSuffix(" 200") {}
                proxy.setHole(true)
                // A statement on an open connection ends ten minutes from now at the earliest.
                let answer = try await Curl.run(ready, "\(address)/readyz")
                #expect(answer.hasSuffix(" 503") && answer.contains("no answer within 1.5 seconds"), "\(answer)")
                proxy.close()
            }
        }
    }
}
