import Foundation
import Glibc
import PostgresClient
import ServiceKit
import TestSupport
import Testing

@Suite("Lost answers", .timeLimit(.minutes(5)))
struct LostAnswerTests {
    /// What a sender writes to its connection: a file of its own for each key, so that a second effect would be
    /// answered with 200, as for bytes that are known.
    private static func request(_ key: String, _ platform: LivePlatform) -> String {
        let body = "indicator,region,period,value,note\nyuhang.economy.gdp,330110,2020-05-17,1,\(key)\n"
        return """
            POST /v1/batches?dataset=monthly.indicators HTTP/1.1\r
            Host: ceyuan\r
            Authorization: Bearer \(platform.administrator.text)\r
            Content-Type: text/csv\r
            Content-Length: \(body.utf8.count)\r
            Idempotency-Key: "\(key)"\r
            Connection: close\r
            \r
            \(body)
            """
    }

    private static func batches(_ platform: LivePlatform) async throws -> Int64? {
        try await platform.pool.queryOne("SELECT count(*) FROM collection.batch WHERE dataset = 'monthly.indicators'")?
            .decode(Int64.self)
    }

    @Test(
        "the process is killed after the commit and before the answer is read: the same request gets the answer, once"
    )
    func killedBeforeAnswer() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            for round in 1...5 {
                let connection = try PlainConnection(platform.address)
                try connection.send(Self.request("round-\(round)", platform))
                while try await Self.batches(platform) != Int64(round) {}
                platform.kill()
                connection.close()
                try await platform.start()
                var answers: [String] = []
                for _ in 0..<2 {
                    let again = try PlainConnection(platform.address)
                    try again.send(Self.request("round-\(round)", platform))
                    answers.append(await again.readAll())
                    again.close()
                }
                #expect(answers.allSatisfy { $0.hasPrefix("HTTP/1.1 202 Accepted") }, "\(answers)")
                #expect(answers.allSatisfy { $0.lowercased().contains("idempotency-replayed: true") }, "\(answers)")
                let bodies = Set(answers.map { $0.components(separatedBy: "\r\n\r\n").dropFirst().joined() })
                #expect(bodies.count == 1)
                #expect(try await Self.batches(platform) == Int64(round))
            }
        }
    }

    @Test("killed at any moment, a request that is sent again takes effect once")
    func killedAnywhere() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let seed = UInt64.random(in: 0...999_999)
            var state = seed
            for round in 1...12 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let connection = try PlainConnection(platform.address)
                try connection.send(Self.request("any-\(round)", platform))
                try await Task.sleep(for: .microseconds(Int64(state >> 33) % 12_000))
                platform.kill()
                connection.close()
                try await platform.start()
                let again = try PlainConnection(platform.address)
                try again.send(Self.request("any-\(round)", platform))
                let answer = await again.readAll()
                again.close()
                #expect(answer.hasPrefix("HTTP/1.1 202 Accepted"), "seed \(seed), round \(round): \(answer)")
                #expect(try await Self.batches(platform) == Int64(round), "seed \(seed), round \(round)")
            }
        }
    }
}
