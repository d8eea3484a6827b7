import DomainModel
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import ServiceKit

@Suite("Log lines")
struct LogTests {
    /// What the body logs.
    private func lines(_ format: LogFormat, _ body: (Logger) async throws -> Void) async throws -> [String] {
        let pipe = Pipe()
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        let logger = Logger(label: "ceyuan-test") { label in
            LineLogHandler(
                label: label,
                format: format,
                level: .info,
                descriptor: descriptor,
                clock: PlatformClock { Instant(microsecondsSince1970: 0) }
            )
        }
        try await body(logger)
        try pipe.fileHandleForWriting.close()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("text lines are one line whatever the values hold")
    func text() async throws {
        let lines = try await lines(.text) { logger in
            logger.notice("two\nlines", metadata: ["b": "x y", "a": "1\n2026 FORGED"])
            logger.debug("not shown")
        }
        #expect(
            lines == ["1970-01-01T00:00:00.000000Z NOTICE ceyuan-test: two lines a=\"1 2026 FORGED\" b=\"x y\""]
        )
    }

    @Test("JSON lines are JSON")
    func json() async throws {
        let lines = try await lines(.json) { logger in
            logger.info(
                "say \"hi\"\n\u{1}",
                metadata: [
                    "n": .stringConvertible(3), "d": .stringConvertible(1.5), "l": ["a", "b"], "m": ["k": "余杭"],
                ]
            )
        }
        struct Line: Decodable, Equatable {
            var time: String
            var level: String
            var logger: String
            var message: String
            var n: Int
            var d: Double
            var l: [String]
            var m: [String: String]
        }
        let line = try JSONDecoder().decode(Line.self, from: Data(try #require(lines.first).utf8))
        let expected = Line(
            time: "1970-01-01T00:00:00.000000Z",
            level: "info",
            logger: "ceyuan-test",
            message: "say \"hi\"\n\u{1}",
            n: 3,
            d: 1.5,
            l: ["a", "b"],
            m: ["k": "余杭"]
        )
        #expect(line == expected)
    }

    @Test("one line a request, with id, template, status and duration, without the path itself")
    func request() async throws {
        let lines = try await lines(.json) { logger in
            try await withRoutes(logger: logger) { api in
                api.get("/v1/people/{name}", summary: "", permission: .public) { request in
                    throw Problem.notFound("person", zh: "人", try request.path("name"))
                }
            } _: { client in
                try await client.execute(
                    uri: "/v1/people/zhangsan?",
                    method: .get,
                    headers: [.requestID: "request-1"]
                ) { _ in }
            }
        }
        let line = try #require(lines.first { $0.contains("/v1/people/{name}") })
        for part in [
            #""code":"NOT_FOUND""#, #""method":"GET""#, #""request_id":"request-1""#, #""status":404"#,
            #""duration_ms":"#,
        ] {
            #expect(line.contains(part), "\(part) in \(line)")
        }
        #expect(!lines.contains { $0.contains("zhangsan") })
        #expect(lines.filter { $0.contains("request-1") }.count == 1)
    }
}
