import DomainModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import PostgresClient
import Storage
import Synchronization
import TestSupport
import Testing

@testable import ServiceKit

/// Requests that are answered later. Source: RFC 7240 §4.1.
@Suite("Operations", .timeLimit(.minutes(5)))
struct OperationTests {
    static let count = Permission("sketch.count", en: "Count", zh: "计数")

    struct Number: Codable, Sendable { let n: Int64 }

    /// A long route that counts what it does, and behaves as the name in its body says.
    static func plugin(_ begun: AsyncStream<Void>.Continuation? = nil) -> SketchPlugin {
        let first = First()
        return SketchPlugin(
            permissions: [count],
            routes: { api, platform in
                api.post(
                    "/v1/numbers",
                    summary: "Counts",
                    zh: "计数",
                    permission: count,
                    query: [Parameter("note", .text, "A note", zh: "备注")],
                    body: .json(Greeting.self),
                    isLong: true,
                    answers: [.json(Number.self, status: .created)],
                    problems: [.notFound]
                ) { request in
                    let name = try await request.body(as: Greeting.self).name
                    let response = try await platform.write(request.activity) { work in
                        let row = try await work.connection.queryOne(
                            """
                            INSERT INTO sketch (name, n) VALUES (\(name), 1)
                            ON CONFLICT (name) DO UPDATE SET n = sketch.n + 1 RETURNING n
                            """
                        )
                        work.record(AuditEntry("sketch.count", of: name))
                        try await work.activity.report(done: 1, of: 3, "counting")
                        begun?.yield()
                        if name == "missing" { throw Problem.notFound("thing", zh: "事物", name) }
                        while name == "endless" {
                            try await work.activity.report(done: 2, of: 3, "counting")
                            try await Task.sleep(for: .milliseconds(5))
                        }
                        let n = try #require(try row?.decode(Int64.self))
                        return try await work.answer(
                            .json(Number(n: n), status: .created, headers: [.location: "/v1/numbers/\(name)"])
                        )
                    }
                    if name == "trip", first.take() { throw Tripped() }
                    return response
                }
            }
        )
    }

    struct Tripped: Error {}

    /// True once.
    final class First: Sendable {
        private let isTaken = Atomic(false)

        func take() -> Bool { !isTaken.exchange(true, ordering: .relaxed) }
    }

    struct Bench: Sendable {
        let host: PlatformHost
        let pool: PostgresPool
        let client: any TestClientProtocol

        func post(
            _ name: String,
            as user: String = "a",
            prefer: String? = "respond-async",
            key: String? = nil,
            body: String? = nil
        ) async throws -> TestResponse {
            var headers: HTTPFields = [.contentType: "application/json", .authorization: "Bearer \(user)"]
            headers[.prefer] = prefer
            headers[.idempotencyKey] = key
            return try await client.execute(
                uri: "/v1/numbers?note=x",
                method: .post,
                headers: headers,
                body: ByteBuffer(string: body ?? #"{"name":"\#(name)"}"#)
            )
        }

        func ask(
            _ path: String,
            as user: String = "a",
            _ method: HTTPRequest.Method = .get
        ) async throws -> TestResponse {
            try await client.execute(uri: path, method: method, headers: [.authorization: "Bearer \(user)"])
        }

        func take(_ name: String) async throws -> OperationRecord {
            let response = try await post(name)
            #expect(response.status == .accepted)
            return try response.decoded()
        }

        /// The operation when it is over.
        func end(of id: Int64) async throws -> OperationRecord {
            while true {
                let record: OperationRecord = try await ask("/v1/operations/\(id)?wait=20").decoded()
                if record.state.isFinal { return record }
            }
        }

        func counted(_ name: String) async throws -> Int64? {
            try await pool.queryOne("SELECT n FROM sketch WHERE name = \(name)")?.decode(Int64.self)
        }

        /// Works on jobs while the body runs.
        func withWorker(_ body: () async throws -> Void) async throws {
            let worker = try host.worker()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await worker.run() }
                try await body()
                group.cancelAll()
            }
        }
    }

    func withHost(
        _ plugin: SketchPlugin = plugin(),
        _ body: @escaping @Sendable (Bench) async throws -> Void
    ) async throws {
        try await withTestDatabase { pool in
            try await pool.execute("CREATE TABLE sketch (name text PRIMARY KEY, n bigint NOT NULL)")
            try await pool.execute(
                "INSERT INTO identity.principal (id, name, created_by) VALUES ('user:a', 'a', 'test')"
            )
            try await pool.execute(
                """
                INSERT INTO identity.access_grant (principal_id, role, valid_from, granted_by)
                VALUES ('user:a', 'administrator', 'epoch', 'test')
                """
            )
            let own: [String: RegionScope] = ["sketch.count": .everywhere]
            let host = PlatformHost(
                name: "t",
                plugins: [plugin],
                database: pool,
                authenticator: ListedAuthenticator(tokens: [
                    "a": Authority(principal: "user:a", permissions: own),
                    "b": Authority(principal: "user:b", permissions: own),
                    "op": Authority(
                        principal: "user:op",
                        permissions: ["job.read": .everywhere, "job.manage": .everywhere]
                    ),
                ])
            )
            try await host.application().test(.router) { client in
                try await body(Bench(host: host, pool: pool, client: client))
            }
        }
    }

    @Test("a sender who prefers it is answered at once, and finds progress and result where they are told")
    func taken() async throws {
        try await withHost { bench in
            let response = try await bench.post("x")
            #expect(response.status == .accepted)
            #expect(response.headers[.preferenceApplied] == "respond-async")
            let taken: OperationRecord = try response.decoded()
            #expect(response.headers[.location] == "/v1/operations/\(taken.id)")
            #expect(taken.state == .waiting && taken.requestedBy == "user:a")
            #expect(taken.request == "/v1/numbers?note=x")
            #expect(taken.requestId == response.headers[.requestID])
            try await bench.withWorker {
                let record = try await bench.end(of: taken.id)
                #expect(record.state == .succeeded)
                #expect(record.status == 201 && record.result == "/v1/numbers/x")
                #expect(record.progressDone == 1 && record.progressTotal == 3 && record.progressNote == "counting")
                #expect(record.problem == nil)
            }
            #expect(try await bench.counted("x") == 1)
        }
    }

    @Test("without the preference the answer is waited for", arguments: [nil, "wait=10", "respond-async=no"])
    func waited(_ prefer: String?) async throws {
        try await withHost { bench in
            let response = try await bench.post("x", prefer: prefer)
            #expect(response.status == .created)
            #expect(response.headers[.preferenceApplied] == nil)
            #expect(response.headers[.location] == "/v1/numbers/x")
        }
    }

    @Test("a key stands for the same request with and without the preference")
    func keys() async throws {
        try await withHost { bench in
            let later = try await bench.post("x", key: "k-1")
            let again = try await bench.post("x", key: "k-1")
            let now = try await bench.post("x", prefer: nil, key: "k-1")
            for response in [again, now] {
                #expect(response.status == .accepted && response.body == later.body)
                #expect(response.headers[.location] == later.headers[.location])
                #expect(response.headers[.idempotencyReplayed] == "true")
            }
            #expect(try await bench.post("y", key: "k-1").status == .unprocessableContent)
            let done = try await bench.post("z", prefer: nil, key: "k-2")
            let asked = try await bench.post("z", key: "k-2")
            #expect(done.status == .created && asked.status == .created && asked.body == done.body)
            let jobs = try await bench.pool.queryOne("SELECT count(*) FROM jobs.job WHERE kind = 'sketch.operation'")
            #expect(try jobs?.decode(Int64.self) == 1)
        }
    }

    @Test("what is wrong with a body is said at once", arguments: ["", "{", #"{"nam":"x"}"#])
    func wrongBody(_ body: String) async throws {
        try await withHost { bench in
            #expect(try await bench.post("x", body: body).status == .badRequest)
            let jobs = try await bench.pool.queryOne("SELECT count(*) FROM jobs.job WHERE kind = 'sketch.operation'")
            #expect(try jobs?.decode(Int64.self) == 0)
        }
    }

    @Test("an operation is there for its sender and for who looks after jobs, and for nobody else")
    func visibility() async throws {
        try await withHost { bench in
            let taken = try await bench.take("x")
            let path = "/v1/operations/\(taken.id)"
            #expect(try await bench.ask(path).status == .ok)
            #expect(try await bench.ask(path, as: "op").status == .ok)
            #expect(try await bench.ask(path, as: "b").status == .notFound)
            #expect(try await bench.ask("\(path)/cancel", as: "b", .post).status == .notFound)
            func listed(_ query: String, as user: String) async throws -> [Int64] {
                let page: Page<OperationRecord> = try await bench.ask("/v1/operations\(query)", as: user).decoded()
                return page.items.map(\.id)
            }
            #expect(try await listed("", as: "a") == [taken.id])
            #expect(try await listed("", as: "op") == [taken.id])
            #expect(try await listed("?requestedBy=user:a", as: "op") == [taken.id])
            #expect(try await listed("?requestedBy=user:b", as: "op") == [])
            #expect(try await listed("?state=running", as: "a") == [])
            #expect(try await listed("?state=waiting", as: "a") == [taken.id])
            #expect(try await listed("", as: "b") == [])
            #expect(try await listed("?requestedBy=user:a", as: "b") == [])
        }
    }

    @Test("lists of operations go page by page, newest first")
    func pages() async throws {
        try await withHost { bench in
            var taken: [Int64] = []
            for name in ["x", "y", "z"] { taken.append(try await bench.take(name).id) }
            var (found, after, total): ([Int64], String?, Int64?) = ([], nil, nil)
            repeat {
                let place = after.map { "&after=\($0)" } ?? ""
                let page: Page<OperationRecord> = try await bench.ask("/v1/operations?limit=1&total=true\(place)")
                    .decoded()
                found += page.items.map(\.id)
                (after, total) = (page.next, page.total)
            } while after != nil
            #expect(found == taken.reversed())
            #expect(total == 3)
        }
    }
}

extension TestResponse {
    /// The body as JSON.
    func decoded<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(type, from: Data(body.readableBytesView))
    }
}
