import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Synchronization
import Testing

@testable import ServiceKit

/// Cases of RFC 9110 §8.8.3.2 (comparison) and §13.1 (preconditions).
@Suite("Conditional requests")
struct EntityTagTests {
    private static let routes: @Sendable (APIRouter) throws -> Void = { api in
        let value = Mutex("one")
        api.get("/v1/things/{code}", summary: "", permission: .public) { request in
            guard try request.path("code") == "a" else { throw Problem.notFound("thing", zh: "东西", "b") }
            return try .json(Greeting(name: value.withLock { $0 }))
        }
        api.put("/v1/things/{code}", summary: "", permission: .public) { request in
            let new = try await request.body(as: Greeting.self)
            if try request.path("code") == "a" {
                try request.match(EntityTag(json: Greeting(name: value.withLock { $0 })))
                value.withLock { $0 = new.name }
            }
            return try .json(new)
        }
        api.delete("/v1/things/{code}", summary: "", permission: .public) { request in
            try request.requireMatch(EntityTag(json: Greeting(name: value.withLock { $0 })))
            return .empty()
        }
        api.get("/v1/never", summary: "", permission: .public) { _ in .text("x", headers: [.cacheControl: "no-store"]) }
    }

    @Test(
        "lists of tags",
        arguments: [
            (#""a""#, true, true), (#"W/"a""#, false, true), (#""b", W/"a""#, false, true), (#""b" , "a""#, true, true),
            ("*", true, true), (#""b""#, false, false), ("a", false, false), ("", false, false), (#""a"#, false, false),
            (#""a-gzip""#, true, true), (#""a-br""#, false, false), (#""a,b", "a""#, true, true), ("W/", false, false),
        ]
    )
    func lists(value: String, strongly: Bool, weakly: Bool) {
        #expect(EntityTagList(value).contains(EntityTag("a"), weakly: false) == strongly)
        #expect(EntityTagList(value).contains(EntityTag("a"), weakly: true) == weakly)
        #expect(!EntityTagList(value).contains(nil, weakly: true))
    }

    @Test("a record has a strong tag, and is not sent again to who has it")
    func reading() async throws {
        try await withRoutes(Self.routes) { client in
            let first = try await client.execute(uri: "/v1/things/a", method: .get)
            let tag = try #require(first.headers[.eTag])
            #expect(tag == (try EntityTag(json: Greeting(name: "one")).description))
            #expect(first.headers[.cacheControl] == "private, no-cache")
            let again = try await client.execute(uri: "/v1/things/a", method: .get, headers: [.ifNoneMatch: "W/\(tag)"])
            #expect(again.status == .notModified)
            #expect(again.headers[.eTag] == tag)
            #expect(again.headers[.contentType] == nil)
            #expect(again.body.readableBytes == 0)
            let head = try await client.execute(uri: "/v1/things/a", method: .head)
            #expect(head.status == .ok)
            #expect(head.headers[.eTag] == tag)
            #expect(head.headers[.contentLength] == "\(first.body.readableBytes)")
            #expect(head.body.readableBytes == 0)
            let unchanged = try await client.execute(uri: "/v1/things/a", method: .head, headers: [.ifNoneMatch: tag])
            #expect(unchanged.status == .notModified)
            let changed = try await client.execute(uri: "/v1/things/a", method: .get, headers: [.ifMatch: #""x""#])
            #expect(changed.status == .preconditionFailed)
            let never = try await client.execute(uri: "/v1/never", method: .get)
            #expect(never.headers[.eTag] == nil)
            let missing = try await client.execute(uri: "/v1/things/b", method: .get, headers: [.ifNoneMatch: "*"])
            #expect(missing.status == .notFound)
            #expect(missing.headers[.cacheControl] == "no-store")
        }
    }

    @Test("a change by who has seen another version is refused, and told the present one")
    func writing() async throws {
        try await withRoutes(Self.routes) { client in
            func put(_ path: String, _ headers: HTTPFields) async throws -> TestResponse {
                var headers = headers
                headers[.contentType] = "application/json"
                return try await client.execute(
                    uri: path,
                    method: .put,
                    headers: headers,
                    body: ByteBuffer(string: #"{"name":"two"}"#)
                )
            }
            let one = try EntityTag(json: Greeting(name: "one")).description
            let two = try EntityTag(json: Greeting(name: "two")).description
            let stale = try await put("/v1/things/a", [.ifMatch: two])
            #expect(stale.status == .preconditionFailed)
            #expect(stale.headers[.eTag] == one)
            #expect(String(buffer: stale.body).contains(#""code":"PRECONDITION_FAILED""#))
            #expect(String(buffer: stale.body).contains(#""current":"\"\#(one.dropFirst().dropLast())\"""#))
            #expect(try await put("/v1/things/a", [.ifMatch: "W/\(one)"]).status == .preconditionFailed)
            #expect(try await put("/v1/things/a", [.ifNoneMatch: "*"]).status == .preconditionFailed)
            #expect(try await put("/v1/things/a", [.ifMatch: one]).status == .ok)
            #expect(try await put("/v1/things/a", [.ifMatch: one]).status == .preconditionFailed)
            #expect(try await put("/v1/things/b", [.ifMatch: "*"]).status == .preconditionFailed)
            #expect(try await put("/v1/things/b", [.ifNoneMatch: "*"]).status == .ok)

            let bare = try await client.execute(uri: "/v1/things/a", method: .delete)
            #expect(bare.status == .preconditionRequired)
            let gone = try await client.execute(uri: "/v1/things/a", method: .delete, headers: [.ifMatch: two])
            #expect(gone.status == .noContent)
        }
    }
}
