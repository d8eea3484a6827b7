import DomainModel
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import ServiceKit
import Testing

@Suite("Routes and their checks")
struct APIRouterTests {
    private func parse(_ response: TestResponse) throws -> WireProblem {
        #expect(response.headers[.contentType] == "application/problem+json")
        return try JSONDecoder().decode(WireProblem.self, from: Data(response.body.readableBytesView))
    }

    @Test("parameters of path and query are decoded and typed")
    func parameters() async throws {
        try await withRoutes { api in
            api.get(
                "/v1/things/{code}",
                summary: "A thing",
                permission: .public,
                query: [
                    .limit, Parameter("name", .text, "Name"), .asOf,
                    Parameter("state", .choice(of: Batch.State.self), "State"),
                    Parameter("period", .period, "Period"),
                    Parameter("tag", .text, "Tags", isRepeatable: true),
                    Parameter("deep", .boolean, "Deep"),
                ]
            ) { request in
                var parts = [try request.path("code")]
                parts.append(String(try request.limit))
                parts.append(try request.query("name") ?? "-")
                parts.append(try request.asOf?.description ?? "-")
                parts.append(try request.query("state", as: Batch.State.self)?.rawValue ?? "-")
                parts.append(try request.query("period", as: Period.self)?.description ?? "-")
                parts.append(try request.queryAll("tag").joined(separator: "+"))
                parts.append(try request.query("deep", as: Bool.self).map { "\($0)" } ?? "-")
                return .text(parts.joined(separator: " "))
            }
        } _: { client in
            try await client.execute(uri: "/v1/things/%E4%BD%99%E6%9D%AD%2F1", method: .get) { response in
                #expect(String(buffer: response.body) == "余杭/1 100 - - - -  -")
            }
            let state = Batch.State.allCases[0].rawValue
            let query =
                "limit=7&name=a%20b&asOf=2026-07-01T08:30:00+08:00&state=\(state)&period=2020-Q3&tag=x&tag=y&deep=true"
            try await client.execute(uri: "/v1/things/a?\(query)", method: .get) { response in
                #expect(
                    String(buffer: response.body)
                        == "a 7 a b 2026-07-01T00:30:00.000000Z \(state) 2020-Q3 x+y true"
                )
            }
        }
    }

    @Test("every wrong parameter is named at once, with what was expected")
    func wrongParameters() async throws {
        try await withRoutes { api in
            api.get(
                "/v1/things/{id}",
                summary: "A thing",
                permission: .public,
                parameters: [Parameter("id", .integer(1...99), "Id")],
                query: [.limit, Parameter("dataset", .text, "Dataset code", isRequired: true)]
            ) { _ in .empty() }
        } _: { client in
            try await client.execute(uri: "/v1/things/100?limit=0&limt=5&limit=2", method: .get) { response in
                #expect(response.status == .badRequest)
                let problem = try parse(response)
                #expect(problem.code == "PARAMETER_INVALID")
                #expect(
                    problem.parameters == [
                        .init(name: "id", code: "PARAMETER_VALUE_INVALID", given: "100"),
                        .init(name: "limt", code: "PARAMETER_UNKNOWN", given: "5"),
                        .init(name: "limit", code: "PARAMETER_REPEATED", given: "2"),
                        .init(name: "limit", code: "PARAMETER_VALUE_INVALID", given: "0"),
                        .init(name: "dataset", code: "PARAMETER_MISSING"),
                    ]
                )
                #expect(problem.detail_en.contains("limit is 0, expected a whole number from 1 to 1000"))
                #expect(problem.detail_zh.contains("未知参数 limt（可用的有：limit、dataset）"))
            }
            try await client.execute(uri: "/v1/things/1?dataset=%FF", method: .get) { response in
                let parsed = try parse(response)
                #expect(parsed.code == "REQUEST_MALFORMED")
            }
        }
    }

    @Test("a JSON body is decoded; a missing, broken, misshapen or overfull one is refused with its place")
    func bodies() async throws {
        struct Order: Codable, Sendable {
            var plan: String
            var year: Int
            var note: String?
        }
        try await withRoutes { api in
            api.post("/v1/orders", summary: "Order", permission: .public, bodyLimit: 100) { request in
                try .json(try await request.body(as: Order.self), status: .created)
            }
        } _: { client in
            func post(_ body: String, type: String? = "application/json") async throws -> TestResponse {
                var headers: HTTPFields = [.contentLength: String(body.utf8.count)]
                if let type { headers[.contentType] = type }
                return try await client.execute(
                    uri: "/v1/orders",
                    method: .post,
                    headers: headers,
                    body: ByteBuffer(string: body)
                ) { $0 }
            }
            let created = try await post(#"{"year":2020,"plan":"a/b"}"#)
            #expect(created.status == .created)
            #expect(String(buffer: created.body) == #"{"plan":"a/b","year":2020}"#)
            #expect(created.headers[.contentType] == "application/json; charset=utf-8")

            for (body, type, status, code, pointer) in [
                ("", "application/json", 400, "BODY_MISSING", nil),
                ("{", "application/json", 400, "BODY_INVALID", ""),
                (#"{"plan":"a"}"#, "application/json", 400, "BODY_INVALID", "/year"),
                (#"{"plan":"a","year":"x"}"#, "application/json", 400, "BODY_INVALID", "/year"),
                (#"{"plan":null,"year":1}"#, "application/json", 400, "BODY_INVALID", "/plan"),
                (#"{"plan":"a","year":1,"nota":"x"}"#, "application/json", 400, "BODY_INVALID", "/nota"),
                (#"{"plan":"a","year":1}"#, "text/csv", 415, "MEDIA_TYPE_UNSUPPORTED", nil),
                (#"{"plan":"a","year":1}"#, nil, 415, "MEDIA_TYPE_UNSUPPORTED", nil),
                (String(repeating: " ", count: 101), "application/json", 413, "BODY_TOO_LONG", nil),
            ] as [(String, String?, Int, String, String?)] {
                let response = try await post(body, type: type)
                let problem = try parse(response)
                #expect(problem.status == status, "\(body)")
                #expect(problem.code == code, "\(body)")
                #expect(problem.pointer == pointer, "\(body)")
            }
        }
    }

    @Test("a streamed body is bounded by the route's limit also without Content-Length")
    func streams() async throws {
        try await withRoutes { api in
            api.post("/v1/files", summary: "File", permission: .public, accepts: ["text/csv"], bodyLimit: 10) {
                request in
                var count = 0
                for try await chunk in request.bodyStream { count += chunk.readableBytes }
                return .text("\(count)")
            }
        } _: { client in
            for (count, expected) in [(10, HTTPResponse.Status.ok), (11, .contentTooLarge)] {
                let body = ByteBuffer(repeating: 65, count: count)
                let headers: HTTPFields = [.contentType: "text/csv; charset=utf-8", .transferEncoding: "chunked"]
                try await client.execute(uri: "/v1/files", method: .post, headers: headers, body: body) { response in
                    #expect(response.status == expected)
                }
            }
        }
    }

    @Test("unknown paths are 404, known paths with another method 405 with Allow, HEAD follows GET")
    func unmatched() async throws {
        try await withRoutes { api in
            api.get("/v1/things/{code}", summary: "A thing", permission: .public) { _ in .text("thing") }
            api.delete("/v1/things/{code}", summary: "Remove", permission: .public) { _ in .empty() }
            api.post("/v1/things/import", summary: "Import", permission: .public) { _ in .empty() }
            api.get("/v1/lineage/O{rest}", summary: "Observation", permission: .public) { request in
                .text(try request.path("rest"))
            }
        } _: { client in
            try await client.execute(uri: "/v1/nothing", method: .get) { response in
                #expect(response.status == .notFound)
                let parsed = try parse(response)
                #expect(parsed.code == "ROUTE_NOT_FOUND")
            }
            try await client.execute(uri: "/v1/things/a", method: .post) { response in
                #expect(response.status == .methodNotAllowed)
                #expect(response.headers[.allow] == "DELETE, GET, HEAD")
                let parsed = try parse(response)
                #expect(parsed.code == "METHOD_NOT_ALLOWED")
            }
            // A template of its own names no thing.
            try await client.execute(uri: "/v1/things/import", method: .delete) { response in
                #expect(response.status == .methodNotAllowed)
                #expect(response.headers[.allow] == "POST")
            }
            try await client.execute(uri: "/v1/things/a", method: .head) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentLength] == "5")
                #expect(response.body.readableBytes == 0)
            }
            try await client.execute(uri: "/v1/lineage/O-1GPG.2", method: .get) { response in
                #expect(String(buffer: response.body) == "-1GPG.2")
            }
            try await client.execute(uri: "/v1/lineage/X-1", method: .get) { response in
                #expect(response.status == .notFound)
            }
        }
    }

    @Test("the more specific route answers, whatever the order of declaration, and a wrong turn is taken back")
    func specificity() async throws {
        try await withRoutes { api in
            for path in [
                "/v1/x/{code}/editions", "/v1/x/{code}", "/v1/x/F{rest}", "/v1/x/FF{rest}", "/v1/x/list",
                "/v1/{kind}/list", "/v1/x/F{rest}/{part}",
            ] {
                api.get(path, summary: "", permission: .public) { request in .text(request.route.path) }
            }
            api.delete("/v1/x/{code}", summary: "", permission: .public) { request in
                .text("removed \(try request.path("code"))")
            }
        } _: { client in
            for (path, route) in [
                ("/v1/x/abc", "/v1/x/{code}"), ("/v1/x/F", "/v1/x/{code}"), ("/v1/x/Fa", "/v1/x/F{rest}"),
                ("/v1/x/FFa", "/v1/x/FF{rest}"), ("/v1/x/list", "/v1/x/list"), ("/v1/y/list", "/v1/{kind}/list"),
                ("/v1/x/abc/editions", "/v1/x/{code}/editions"), ("/v1/x/Fa/other", "/v1/x/F{rest}/{part}"),
                ("/v1/x/FFa/editions", "/v1/x/F{rest}/{part}"), ("/v1/x/a/editions/", "/v1/x/{code}/editions"),
            ] {
                try await client.execute(uri: path, method: .get) { response in
                    #expect(String(buffer: response.body) == route, "\(path)")
                }
            }
            try await client.execute(uri: "/v1/x/lost", method: .delete) { response in
                #expect(String(buffer: response.body) == "removed lost")
            }
            // What the list is called names no code, whatever the method.
            try await client.execute(uri: "/v1/x/list", method: .delete) { response in
                #expect(response.status == .methodNotAllowed)
            }
        }
    }

    @Test("files and streams are sent, a missing file is 404")
    func files() async throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("reply-\(UUID().uuidString)").path
        try Data(repeating: 66, count: 300_000).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await withRoutes { api in
            api.get("/v1/file", summary: "File", permission: .public) { _ in .file(path, contentType: "text/csv") }
            api.get("/v1/gone", summary: "Gone", permission: .public) { _ in
                .file("/nonexistent", contentType: "text/csv")
            }
            api.get("/v1/stream", summary: "Stream", permission: .public) { _ in
                .stream(contentType: "text/plain") { writer in
                    for number in 1...3 { try await writer.write("\(number)\n") }
                }
            }
        } _: { client in
            try await client.execute(uri: "/v1/file", method: .get) { response in
                #expect(response.body.readableBytes == 300_000)
                #expect(response.headers[.contentLength] == "300000")
            }
            try await client.execute(uri: "/v1/gone", method: .get) { response in
                #expect(response.status == .notFound)
                let parsed = try parse(response)
                #expect(parsed.code == "NOT_FOUND")
            }
            try await client.execute(uri: "/v1/stream", method: .get) { response in
                #expect(String(buffer: response.body) == "1\n2\n3\n")
            }
        }
    }

    @Test("two plugins with routes that cannot be told apart do not start")
    func conflict() throws {
        let one = SketchPlugin(
            name: "one",
            routes: { api, _ in api.get("/v1/things/{code}", summary: "", permission: .public) { _ in .empty() } }
        )
        let two = SketchPlugin(
            name: "two",
            routes: { api, _ in api.get("/v1/things/{id}", summary: "", permission: .public) { _ in .empty() } }
        )
        #expect(throws: (any Error).self) {
            _ = try PlatformHost(name: "t", plugins: [one, two], database: unconnectedPool()).application()
        }
        #expect(throws: (any Error).self) {
            _ = try PlatformHost(name: "t", plugins: [one, one], database: unconnectedPool()).application()
        }
    }
}
