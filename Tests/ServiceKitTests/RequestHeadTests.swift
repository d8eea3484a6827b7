import Foundation
import HTTPTypes
import NIOCore
import PostgresClient
import TestSupport
import Testing

@testable import ServiceKit

@Suite("Heads of requests", .timeLimit(.minutes(5)))
struct RequestHeadTests {
    private static let plugin = SketchPlugin(
        routes: { api, _ in
            api.get("/v1/quick", summary: "", permission: .public) { _ in .text("quick") }
        }
    )

    /// An answer as it came.
    private struct Answer {
        let head: String
        let body: String

        var problem: WireProblem {
            get throws { try JSONDecoder().decode(WireProblem.self, from: Data(body.utf8)) }
        }
    }

    /// Sends a text, and reads until the service closes.
    private static func ask(_ text: String, over connection: PlainConnection) async throws -> Answer {
        try connection.send(text)
        let all = await connection.readAll()
        connection.close()
        let parts = all.components(separatedBy: "\r\n\r\n")
        return Answer(head: parts[0], body: parts.dropFirst().joined(separator: "\r\n\r\n"))
    }

    private static let fields: [(name: String, fields: String, status: Int)] = [
        ("HTTP/1.1", "Host: ceyuan.example:8100\r\n", 200), ("HTTP/1.1", "Host:\r\n", 200),
        ("HTTP/1.1", "Host: [2001:db8::1]:8100\r\n", 200), ("HTTP/1.0", "", 200), ("HTTP/1.0", "Host: a\r\n", 200),
        ("HTTP/1.1", "", 400), ("HTTP/1.1", "Host: a\r\nHost: a\r\n", 400), ("HTTP/1.1", "Host: a\r\nhost: b\r\n", 400),
        ("HTTP/1.0", "Host: a\r\nHost: b\r\n", 400), ("HTTP/1.1", "Host: a/b\r\n", 400),
        ("HTTP/1.1", "Host: user@a\r\n", 400), ("HTTP/1.1", "Host: a:80a\r\n", 400),
    ]

    /// RFC 9112 §3.2: 400 for no Host, for several, and for one that is no host.
    @Test("HTTP/1.1 takes one Host and HTTP/1.0 none, over TCP and over a socket of the machine")
    func host() async throws {
        try await withTestDatabase { pool in
            try await withLiveHost(Self.plugin, database: pool) { address in
                try await Self.checkHosts { try PlainConnection(address) }
            }
        }
        try await withTestDatabase { pool in
            let path = FileManager.default.temporaryDirectory.appendingPathComponent("h-\(UUID().uuidString)").path
            defer { try? FileManager.default.removeItem(atPath: path) }
            try await withLiveHost(Self.plugin, database: pool) {
                $0.socket = path
            } _: { _ in
                try await Self.checkHosts { try PlainConnection(socket: path) }
            }
        }
    }

    private static func checkHosts(_ connect: () throws -> PlainConnection) async throws {
        for (version, fields, status) in fields {
            let text = "GET /v1/quick \(version)\r\n\(fields)Accept-Language: zh\r\nConnection: close\r\n\r\n"
            let answer = try await ask(text, over: connect())
            #expect(answer.head.hasPrefix("HTTP/1.1 \(status) "), "\(version) \(fields): \(answer.head)")
            if status == 200 {
                #expect(answer.body == "quick")
            } else {
                let problem = try answer.problem
                #expect(problem.code == "REQUEST_MALFORMED" && problem.detail.contains("Host"))
                #expect(problem.detail == problem.detail_zh && problem.instance == "/v1/quick")
            }
        }
    }

    /// RFC 3986 §3.2.2 and appendix A.
    @Test(
        "a host is a name or an address, with a port or without",
        arguments: [
            ("", true), ("a", true), ("a.example:", true), ("a:65535", true), ("127.0.0.1:1", true), ("[::1]", true),
            ("[v1.a:b]:80", true), ("a_b~%E4%BD%99", true), ("a b", false), ("a#", false), ("a?b", false),
            ("[::1", false), ("[]", false), ("[::1]a", false), ("[::1%eth0@]", false), ("::1", false), ("余杭", false),
            ("http://a", false), ("a\\b", false),
        ]
    )
    func names(text: String, isValid: Bool) { #expect(HostField.isValid(text) == isValid) }

    @Test(
        "what cannot be parsed is answered with what is wrong with it, and the connection ends",
        arguments: [
            ("GARBAGE\r\n\r\n", 400, "method"), ("\u{16}\u{3}\u{1} a TLS greeting\r\n\r\n", 400, "method"),
            ("GET / HTTQ/1.1\r\n\r\n", 400, "HTTP/1.1"),
            ("GET / HTTP/1.1\r\nHost: x\r\nX y: 1\r\n\r\n", 400, "header field"),
            ("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400, "Content-Length"),
            ("GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "x", count: 40_000))\r\n\r\n", 431, "32768 bytes"),
            ("GET /?\(String(repeating: "x", count: 40_000)) HTTP/1.1\r\nHost: x\r\n\r\n", 431, "32768 bytes"),
            (
                "GET / HTTP/1.1\r\nHost: x\r\n" + (0..<300).map { "X-\($0): 1\r\n" }.joined() + "\r\n", 431,
                "more than 200"
            ),
        ]
    )
    func refused(sent: String, status: Int, words: String) async throws {
        let metrics = PrometheusRegistry()
        try await withTestDatabase { pool in
            try await withLiveHost(Self.plugin, database: pool, metrics: metrics) { address in
                let answer = try await Self.ask(sent, over: PlainConnection(address))
                #expect(answer.head.hasPrefix("HTTP/1.1 \(status) "), "\(answer.head)")
                let head = answer.head.lowercased()
                #expect(head.contains("content-type: application/problem+json"), "\(answer.head)")
                #expect(
                    head.contains("connection: close") && head.contains("content-length: \(answer.body.utf8.count)")
                )
                let problem = try answer.problem
                #expect(problem.status == status)
                #expect(problem.code == (status == 431 ? "HEAD_TOO_LONG" : "REQUEST_MALFORMED"))
                #expect(problem.detail.contains(words), "\(problem.detail)")
                #expect(!problem.detail_zh.isEmpty && problem.instance == nil)
                #expect(head.contains("x-request-id: \(problem.requestId)"))
                let counted = #"http_requests_total{method="other",route="unknown",status="\#(status)"} 1"#
                #expect(await metrics.scrape().contains(counted))
            }
        }
    }

    @Test("garbage behind a good request is refused after the answer to that one")
    func order() async throws {
        try await withTestDatabase { pool in
            try await withLiveHost(Self.plugin, database: pool) { address in
                let connection = try PlainConnection(address)
                try connection.send("GET /v1/quick HTTP/1.1\r\nHost: x\r\n\r\n\u{0}\u{1}garbage\r\n\r\n")
                let all = await connection.readAll()
                connection.close()
                let good = try #require(all.range(of: "HTTP/1.1 200 "))
                let bad = try #require(all.range(of: "HTTP/1.1 400 "))
                #expect(good.lowerBound < bad.lowerBound)
                #expect(all.hasSuffix("}") && all.contains("REQUEST_MALFORMED"), "\(all)")
            }
        }
    }

    @Test("a body whose pieces cannot be read is refused, also where it had begun well")
    func chunks() async throws {
        let plugin = SketchPlugin(
            routes: { api, _ in
                api.post("/v1/length", summary: "", permission: .public, accepts: ["text/plain"]) { request in
                    var count = 0
                    for try await chunk in request.bodyStream { count += chunk.readableBytes }
                    return .text("\(count)")
                }
            }
        )
        try await withTestDatabase { pool in
            try await withLiveHost(plugin, database: pool) { address in
                let answer = try await Self.ask(
                    """
                    POST /v1/length HTTP/1.1\r
                    Host: x\r
                    Content-Type: text/plain\r
                    Transfer-Encoding: chunked\r
                    \r
                    3\r
                    abc\r
                    zz\r
                    \r

                    """,
                    over: PlainConnection(address)
                )
                #expect(answer.head.hasPrefix("HTTP/1.1 400 "), "\(answer.head)")
                #expect(try answer.problem.detail.contains("chunk"))
            }
        }
    }
}
