import DomainModel
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import PostgresClient
import Synchronization
import TestSupport
import Testing

@testable import ServiceKit

@Suite("Limits", .timeLimit(.minutes(5)))
struct LimitTests {
    /// Lets the handlers of `/v1/held` go on.
    private static let isOpen = Atomic(false)
    private static let (entrances, entered) = AsyncStream.makeStream(of: Void.self)

    private static let plugin = SketchPlugin(
        routes: { api, platform in
            api.get("/v1/sleep", summary: "", permission: .public) { _ in
                try await platform.database.execute("/* limit test */ SELECT pg_sleep(60)")
                return .text("late")
            }
            api.get("/v1/quick", summary: "", permission: .public) { _ in .text("quick") }
            api.get("/v1/held", summary: "", permission: .public) { _ in
                try await platform.read(.anonymous) { _ in
                    entered.yield()
                    while !isOpen.load(ordering: .acquiring) { try await Task.sleep(for: .milliseconds(10)) }
                }
                return .text("held")
            }
            api.get("/v1/read", summary: "", permission: .public) { _ in
                try await platform.database.execute("SELECT 1")
                return .text("read")
            }
            api.post("/v1/length", summary: "", permission: .public, accepts: ["text/plain"]) { request in
                var count = 0
                for try await chunk in request.bodyStream { count += chunk.readableBytes }
                return .text("\(count)")
            }
        }
    )

    @Test("a request that takes too long is answered with 504, and its query is cancelled")
    func deadline() async throws {
        try await withTestDatabase { pool in
            try await withLiveHost(Self.plugin, database: pool) {
                $0.requestTimeout = .seconds(2)
            } _: { address in
                let answer = try await Curl.run(["-sS", "-w", " %{http_code}"], "\(address)/v1/sleep")
                #expect(answer.hasSuffix(" 504"))
                #expect(answer.contains("DEADLINE_EXCEEDED"))
                // The connection is of further use, and nothing sleeps in the database any more.
                #expect(try await Curl.run(["-sS"], "\(address)/v1/quick") == "quick")
                while true {
                    let row = try await pool.queryOne(
                        """
                        SELECT count(*) FROM pg_stat_activity
                        WHERE datname = current_database() AND query LIKE '/* limit test */%' AND state = 'active'
                        """
                    )
                    if try row?.decode(Int64.self) == 0 { break }
                }
            }
        }
    }

    @Test("a statement that the database's own limit ends is answered with 504 as well")
    func statementTimeout() async throws {
        try await withTestDatabase {
            $0.statementTimeout = .seconds(1)
        } _: { pool in
            try await withLiveHost(Self.plugin, database: pool) { address in
                let answer = try await Curl.run(["-sS", "-w", " %{http_code}"], "\(address)/v1/sleep")
                #expect(answer.hasSuffix(" 504"))
                #expect(answer.contains("DEADLINE_EXCEEDED"))
            }
        }
    }

    @Test("when all connections to the database are lent, callers get 503 with the time to come back")
    func poolExhausted() async throws {
        try await withTestDatabase(connections: 2) {
            $0.acquireTimeout = .seconds(3)
        } _: { pool in
            try await withLiveHost(Self.plugin, database: pool) {
                $0.jobsEnabled = false
            } _: { address in
                async let first = Curl.run(["-sS"], "\(address)/v1/held")
                async let second = Curl.run(["-sS"], "\(address)/v1/held")
                var held = 0
                for await _ in Self.entrances {
                    held += 1
                    if held == 2 { break }
                }
                let answer = try await Curl.run(["-sS", "-D", "-"], "\(address)/v1/read")
                #expect(answer.hasPrefix("HTTP/1.1 503"))
                #expect(answer.contains("DATABASE_UNAVAILABLE"))
                #expect(answer.lowercased().contains("retry-after: 2"))
                Self.isOpen.store(true, ordering: .releasing)
                #expect(try await [first, second] == ["held", "held"])
                #expect(try await Curl.run(["-sS"], "\(address)/v1/read") == "read")
            }
        }
    }

    @Test("a header that never ends is given up, and so is a body that trickles")
    func slowSenders() async throws {
        try await withTestDatabase { pool in
            try await withLiveHost(Self.plugin, database: pool) {
                $0.headerTimeout = .milliseconds(300)
                $0.bodyGrace = .milliseconds(300)
                $0.bodyRate = 1_000
            } _: { address in
                let slowHeader = try PlainConnection(address)
                try slowHeader.send("GET /v1/quick HTTP/1.1\r\nHost: x\r\nX-")
                let refused = await slowHeader.readAll()
                #expect(refused.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"), "\(refused)")
                #expect(
                    refused.contains("application/problem+json") && refused.contains("SENDER_TOO_SLOW"),
                    "\(refused)"
                )
                slowHeader.close()

                let slowBody = try PlainConnection(address)
                try slowBody.send(
                    "POST /v1/length HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nabc"
                )
                let answer = await slowBody.readAll()
                #expect(answer.hasPrefix("HTTP/1.1 408"), "\(answer)")
                #expect(answer.contains("SENDER_TOO_SLOW"))
                slowBody.close()

                // Silence between requests is no slowness.
                let patient = try PlainConnection(address)
                try patient.send("GET /v1/quick HTTP/1.1\r\nHost: x\r\n\r\n")
                try await Task.sleep(for: .milliseconds(700))
                try patient.send("GET /v1/quick HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                let both = await patient.readAll()
                #expect(both.components(separatedBy: "HTTP/1.1 200 OK").count == 3, "\(both)")
                patient.close()
            }
        }
    }

    @Test(
        "garbage, also behind a good request, ends the connection and nothing else",
        arguments: [
            ("GET /v1/quick HTTP/1.1\r\nHost: x\r\n\r\n\u{0}\u{1}garbage\r\n\r\n", 1),
            ("\u{16}\u{3}\u{1} a TLS greeting\r\n\r\n", 0),
            ("GET /v1/quick HTTP/1.1\r\nHost: x\r\nX-Long: \(String(repeating: "x", count: 40_000))\r\n\r\n", 0),
            (
                "GET /v1/quick HTTP/1.1\r\nHost: x\r\n"
                    + (0..<300).map { "X-\($0): 1\r\n" }.joined() + "\r\n", 0
            ),
            ("GET /v1/quick HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 0),
            ("GET /v1/quick HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc", 0),
        ]
    )
    func garbage(sent: String, answered: Int) async throws {
        try await withTestDatabase { pool in
            try await withLiveHost(Self.plugin, database: pool) { address in
                let connection = try PlainConnection(address)
                try connection.send(sent)
                let answer = await connection.readAll()
                connection.close()
                #expect(answer.components(separatedBy: "HTTP/1.1 200").count - 1 == answered, "\(answer.prefix(300))")
                #expect(answer.contains("HTTP/1.1 4"), "\(answer.prefix(300))")
                #expect(try await Curl.run(["-sS"], "\(address)/v1/quick") == "quick")
            }
        }
    }

    @Test("an identity has its bucket: it empties, refills, and says how it stands")
    func bucket() throws {
        let limit = try #require(RateLimit(rate: 2, burst: 3))
        let start = ContinuousClock.now
        let decisions = (0..<4).map { _ in limit.take("a", at: start) }
        #expect(decisions.map(\.isAdmitted) == [true, true, true, false])
        #expect(decisions.map(\.remaining) == [2, 1, 0, 0])
        #expect(decisions.map(\.seconds) == [1, 1, 1, 1])
        #expect(limit.take("b", at: start).isAdmitted)
        #expect(limit.take("a", at: start + .milliseconds(500)).isAdmitted)
        #expect(!limit.take("a", at: start + .milliseconds(600)).isAdmitted)
        #expect(limit.take("a", at: start + .seconds(100)).remaining == 2)
        // A clock that goes back fills nothing and breaks nothing.
        #expect(limit.take("a", at: start).remaining == 1)
        #expect(limit.fields(decisions[0])[.rateLimitPolicy] == #""requests";q=3;w=2"#)
        #expect(limit.fields(decisions[0])[.rateLimit] == #""requests";r=2;t=1"#)
        #expect(RateLimit(rate: 0, burst: 3) == nil)
    }

    @Test("more identities than are remembered stay bounded and limited")
    func identities() throws {
        let limit = try #require(RateLimit(rate: 1, burst: 1))
        let start = ContinuousClock.now
        let admitted = (0..<10_100).filter { limit.take("\($0)", at: start).isAdmitted }
        #expect(admitted.count == 10_001)
    }

    @Test("a caller over its rate gets 429 with the time to come back; health is always answered")
    func rate() async throws {
        try await withRoutes { api in
            api.get("/v1/quick", summary: "", permission: .public) { _ in .text("quick") }
        } configure: {
            $0.ratePerSecond = 1
            $0.rateBurst = 2
        } _: { client in
            let first = try await client.execute(uri: "/v1/quick", method: .get)
            #expect(first.status == .ok)
            #expect(first.headers[.rateLimit]?.contains("r=1") == true)
            // The bucket refills meanwhile: how many it takes depends on the machine.
            var refused = first
            while refused.status == .ok { refused = try await client.execute(uri: "/v1/quick", method: .get) }
            #expect(refused.status == .tooManyRequests)
            #expect(refused.headers[.retryAfter] == "1")
            #expect(String(buffer: refused.body).contains("TOO_MANY_REQUESTS"))
            #expect(try await client.execute(uri: "/livez", method: .get).status == .ok)
        }
    }

    @Test("pages of other origins may use the API only when they are on the list")
    func crossOrigin() async throws {
        let routes: @Sendable (APIRouter) throws -> Void = { api in
            api.get("/v1/quick", summary: "", permission: .public) { _ in .text("quick") }
            api.post("/v1/quick", summary: "", permission: .public) { _ in .text("quick") }
        }
        let preflight: HTTPFields = [.origin: "https://a.example", .accessControlRequestMethod: "POST"]
        try await withRoutes(routes) { client in
            let off = try await client.execute(uri: "/v1/quick", method: .get, headers: [.origin: "https://a.example"])
            #expect(off.headers[.accessControlAllowOrigin] == nil)
            let asked = try await client.execute(uri: "/v1/quick", method: .options, headers: preflight)
            #expect(asked.status == .methodNotAllowed)
        }
        try await withRoutes(routes) {
            $0.corsOrigins = ["https://a.example"]
        } _: { client in
            let asked = try await client.execute(uri: "/v1/quick", method: .options, headers: preflight)
            #expect(asked.status == .noContent)
            #expect(asked.headers[.accessControlAllowOrigin] == "https://a.example")
            #expect(asked.headers[.accessControlAllowMethods] == "GET, HEAD, POST")
            #expect(asked.headers[.accessControlAllowHeaders]?.contains("Idempotency-Key") == true)
            #expect(asked.headers[.vary]?.contains("Origin") == true)
            #expect(asked.headers[.accessControlAllowCredentials] == nil)
            let read = try await client.execute(uri: "/v1/quick", method: .get, headers: [.origin: "https://a.example"])
            #expect(read.headers[.accessControlAllowOrigin] == "https://a.example")
            #expect(read.headers[.accessControlExposeHeaders]?.contains("ETag") == true)
            let other = try await client.execute(
                uri: "/v1/quick",
                method: .get,
                headers: [.origin: "https://b.example"]
            )
            #expect(other.headers[.accessControlAllowOrigin] == nil)
            #expect(other.headers[.vary]?.contains("Origin") == true)
        }
    }

    @Test(
        "origins of the configuration",
        arguments: ["a.example", "https://a.example/x", "https://", "ftp://a.example"]
    )
    func origins(text: String) {
        #expect(throws: ConfigurationError.self) {
            try HostConfiguration(PlatformConfiguration(variables: ["CEYUAN_HTTP_CORS_ORIGINS": text]), defaultPort: 1)
        }
    }
}
