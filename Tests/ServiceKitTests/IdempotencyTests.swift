import AuditTrail
import Crypto
import DomainModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import PostgresClient
import Storage
import TestSupport
import Testing

@testable import ServiceKit

/// Behaviour of draft-ietf-httpapi-idempotency-key-header-06 §2.
@Suite("Idempotency keys")
struct IdempotencyTests {
    /// Routes that count what they do.
    private static func plugin(
        _ gate: AsyncStream<Void>? = nil,
        entered: AsyncStream<Void>.Continuation? = nil
    )
        -> SketchPlugin
    {
        SketchPlugin(
            routes: { api, platform in
                @Sendable func count(_ work: UnitOfWork, _ name: String) async throws -> Int64 {
                    let row = try await work.connection.queryOne(
                        """
                        INSERT INTO sketch (name, n) VALUES (\(name), 1)
                        ON CONFLICT (name) DO UPDATE SET n = sketch.n + 1 RETURNING n
                        """
                    )
                    work.record(AuditEntry("sketch.count", of: name))
                    return try #require(try row?.decode(Int64.self))
                }
                api.post("/v1/answered", summary: "", permission: .public) { request in
                    let name = try await request.body(as: Greeting.self).name
                    return try await platform.write(request.activity) { work in
                        let n = try await count(work, name)
                        entered?.yield()
                        if let gate { for await _ in gate { break } }
                        if name == "fail" { throw Problem(.lineageCodeInvalid, "No.", zh: "否。") }
                        return try await work.answer(
                            .json(["n": n], status: .created, headers: [.location: "/v1/things/\(n)"])
                        )
                    }
                }
                api.post("/v1/plain", summary: "", permission: .public) { request in
                    let name = try await request.body(as: Greeting.self).name
                    let n = try await platform.write(request.activity) { try await count($0, name) }
                    if name == "lost" { throw Problem(.internalFault, "Lost.", zh: "丢失。") }
                    return try .json(["n": n])
                }
                api.post("/v1/unwritten", summary: "", permission: .public) { request in
                    try .json(["length": try await request.body(as: Greeting.self).name.count])
                }
            }
        )
    }

    private func withHost(
        _ plugin: SketchPlugin = plugin(),
        clock: PlatformClock = .system,
        _ body: @escaping @Sendable (_ pool: PostgresPool, _ client: any TestClientProtocol) async throws -> Void
    ) async throws {
        try await withTestDatabase { pool in
            try await pool.execute("CREATE TABLE sketch (name text PRIMARY KEY, n bigint NOT NULL)")
            let host = PlatformHost(name: "t", plugins: [plugin], database: pool, clock: clock)
            try await host.application().test(.router) { client in try await body(pool, client) }
        }
    }

    @Sendable private static func post(
        _ client: any TestClientProtocol,
        _ path: String,
        _ name: String,
        key: String?
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[.idempotencyKey] = key
        return try await client.execute(
            uri: path,
            method: .post,
            headers: headers,
            body: ByteBuffer(string: #"{"name":"\#(name)"}"#)
        )
    }

    @Test("the same request again has one effect and the same answer, byte for byte", arguments: ["answered", "plain"])
    func replay(route: String) async throws {
        try await withHost { pool, client in
            let first = try await Self.post(client, "/v1/\(route)", "a", key: #""k-1""#)
            let again = try await Self.post(client, "/v1/\(route)", "a", key: "k-1")
            #expect(first.status == again.status)
            #expect(first.body == again.body)
            #expect(first.headers[.location] == again.headers[.location])
            #expect(first.headers[.contentType] == again.headers[.contentType])
            #expect(first.headers[.idempotencyReplayed] == nil)
            #expect(again.headers[.idempotencyReplayed] == "true")
            let other = try await Self.post(client, "/v1/\(route)", "a", key: "k-2")
            #expect(String(buffer: other.body) == #"{"n":2}"#)
            #expect(try await pool.queryOne("SELECT n FROM sketch")?.decode(Int64.self) == 2)
        }
    }

    @Test("a request that writes nothing gets the same answer too")
    func unwritten() async throws {
        try await withHost { _, client in
            _ = try await Self.post(client, "/v1/unwritten", "abc", key: "k")
            let again = try await Self.post(client, "/v1/unwritten", "abc", key: "k")
            #expect(again.headers[.idempotencyReplayed] == "true")
            #expect(String(buffer: again.body) == #"{"length":3}"#)
            let other = try await Self.post(client, "/v1/unwritten", "abcd", key: "k")
            #expect(other.status == .unprocessableContent)
        }
    }

    @Test("a key that comes with another body, query or path is refused")
    func reused() async throws {
        try await withHost { pool, client in
            _ = try await Self.post(client, "/v1/answered", "a", key: "k")
            for (path, name) in [("/v1/answered", "b"), ("/v1/plain", "a")] {
                let refused = try await Self.post(client, path, name, key: "k")
                #expect(refused.status == .unprocessableContent)
                #expect(String(buffer: refused.body).contains("IDEMPOTENCY_KEY_REUSED"))
            }
            #expect(try await pool.queryOne("SELECT sum(n)::bigint FROM sketch")?.decode(Int64.self) == 1)
        }
    }

    @Test("a key is malformed", arguments: ["", "\"\"", "a b", "schlüssel", String(repeating: "k", count: 256)])
    func malformed(key: String) async throws {
        try await withHost { _, client in
            let refused = try await Self.post(client, "/v1/answered", "a", key: key)
            #expect(refused.status == .badRequest)
        }
    }

    @Test("with a key of the host nobody can guess what was asked, and what was kept without one still counts")
    func keyed() async throws {
        try await withHost { pool, client in
            _ = try await Self.post(client, "/v1/answered", "a", key: "plain")
            var configuration = HostConfiguration()
            configuration.auditKey = AuditKey()
            let host = PlatformHost(name: "t", plugins: [Self.plugin()], configuration: configuration, database: pool)
            try await host.application().test(.router) { keyed in
                for key in ["plain", "keyed"] {
                    _ = try await Self.post(keyed, "/v1/answered", "a", key: key)
                    let again = try await Self.post(keyed, "/v1/answered", "a", key: key)
                    #expect(again.headers[.idempotencyReplayed] == "true")
                    let other = try await Self.post(keyed, "/v1/answered", "b", key: key)
                    #expect(other.status == .unprocessableContent)
                }
            }
            let guess = Array(SHA256.hash(data: Array("POST /v1/answered?\n{\"name\":\"a\"}".utf8)))
            let guessed = try await pool.query("SELECT key FROM requests.answer WHERE fingerprint = \(guess)")
            #expect(try guessed.map { try $0.decode(String.self) } == ["plain"])
        }
    }

    @Test("a failed write frees its key")
    func failure() async throws {
        try await withHost { pool, client in
            for _ in 0..<2 {
                let refused = try await Self.post(client, "/v1/answered", "fail", key: "k")
                #expect(refused.status == .unprocessableContent)
                #expect(String(buffer: refused.body).contains("LINEAGE_CODE_INVALID"))
            }
            #expect(try await pool.queryOne("SELECT count(*) FROM requests.answer")?.decode(Int64.self) == 0)
            #expect(try await Self.post(client, "/v1/answered", "a", key: "k").status == .created)
        }
    }

    @Test("a write whose answer was lost is not done again")
    func lost() async throws {
        try await withHost { pool, client in
            #expect(try await Self.post(client, "/v1/plain", "lost", key: "k").status == .internalServerError)
            let again = try await Self.post(client, "/v1/plain", "lost", key: "k")
            #expect(again.status == .conflict)
            #expect(String(buffer: again.body).contains("OUTCOME_UNKNOWN"))
            #expect(try await pool.queryOne("SELECT n FROM sketch")?.decode(Int64.self) == 1)
        }
    }

    @Test(
        "while the first is being answered, in this process or another, the second waits its turn",
        .timeLimit(.minutes(5))
    )
    func inFlight() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (entrances, entered) = AsyncStream.makeStream(of: Void.self)
        try await withHost(Self.plugin(gate, entered: entered)) { pool, client in
            let elsewhere = PlatformHost(name: "t", plugins: [Self.plugin()], database: pool)
            async let first = Self.post(client, "/v1/answered", "a", key: "k")
            for await _ in entrances { break }
            let second = try await Self.post(client, "/v1/answered", "a", key: "k")
            #expect(second.status == .conflict)
            #expect(second.headers[.retryAfter] == "1")
            try await elsewhere.application().test(.router) { other in
                let third = try await Self.post(other, "/v1/answered", "a", key: "k")
                #expect(third.status == .conflict)
                #expect(String(buffer: third.body).contains("REQUEST_IN_FLIGHT"))
            }
            open.finish()
            #expect(try await first.status == .created)
            let replayed = try await Self.post(client, "/v1/answered", "a", key: "k")
            #expect(replayed.headers[.idempotencyReplayed] == "true")
        }
    }

    @Test("sixteen at once have one effect")
    func together() async throws {
        try await withHost { pool, client in
            let answers = try await withThrowingTaskGroup(of: TestResponse.self) { group in
                for _ in 0..<16 { group.addTask { try await Self.post(client, "/v1/answered", "a", key: "k") } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.contains { $0.status == .created })
            #expect(answers.allSatisfy { $0.status == .created || $0.status == .conflict })
            #expect(try await pool.queryOne("SELECT n FROM sketch")?.decode(Int64.self) == 1)
        }
    }

    @Test("answers expire by the database's clock, whatever the host's says, and are swept")
    func expiry() async throws {
        let longAgo = PlatformClock { .init(microsecondsSince1970: 0) }
        try await withHost(clock: longAgo) { pool, client in
            _ = try await Self.post(client, "/v1/answered", "a", key: "k")
            let kept = try await pool.queryOne(
                "SELECT (extract(epoch FROM expires_at - now()) / 3600)::float8 FROM requests.answer"
            )
            #expect(try abs(#require(try kept?.decode(Double.self)) - 24) < 0.1)
            #expect(try await pool.withTransaction { try await AnswerStore($0).sweep(limit: 10) } == 0)
            try await pool.execute("UPDATE requests.answer SET expires_at = now() - interval '1 second'")
            let after = try await Self.post(client, "/v1/answered", "b", key: "k")
            #expect(after.status == .created)
            #expect(after.headers[.idempotencyReplayed] == nil)
            try await pool.execute("UPDATE requests.answer SET expires_at = now() - interval '1 second'")
            #expect(try await pool.withTransaction { try await AnswerStore($0).sweep(limit: 10) } == 1)
        }
    }

    @Test("the sweep deletes what has expired and puts itself into the queue again")
    func sweep() async throws {
        try await withTestDatabase { pool in
            let jobs = JobQueue()
            let sweep = RequestSweep(database: pool, clock: .system, jobs: jobs)
            try await sweep.begin()
            try await sweep.begin()
            try await pool.execute(
                """
                INSERT INTO requests.answer (principal, key, fingerprint, expires_at)
                SELECT 'p', n::text, sha256(''), now() + CASE WHEN n <= 2500 THEN -1 ELSE 1 END * interval '1 hour'
                FROM generate_series(1, 2501) n
                """
            )
            let leases = try await pool.withConnection {
                try await JobStore($0).claim(kind: RequestSweep.kind, limit: 9, owner: "t", lease: .seconds(60))
            }
            #expect(leases.count == 1)
            let context = JobContext(lease: try #require(leases.first), logger: Logger(label: "t"))
            try await sweep.handler.run(context)
            #expect(try await pool.queryOne("SELECT count(*) FROM requests.answer")?.decode(Int64.self) == 1)
            let waiting = try await pool.queryOne(
                "SELECT count(*) FROM jobs.job WHERE kind = 'requests.sweep' AND state = 'delayed' AND run_at > now()"
            )
            #expect(try waiting?.decode(Int64.self) == 1)
        }
    }
}
