import DomainModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import ServiceKit
import Testing

/// What `/openapi.json` is made from: declarations of routes, and types that describe themselves by being decoded.
@Suite("The description of the API")
struct OpenAPITests {
    /// Has every shape that a body may have.
    private struct Order: Codable, Sendable {
        enum Size: String, Codable, Sendable, CaseIterable { case small, large }
        struct Line: Codable, Sendable {
            var item: String
            var price: ExactDecimal?
            var parts: [Line]
        }

        var id: Int64
        var count: Int32?
        var size: Size
        var asOf: Instant
        var period: Period?
        var names: [String: String]
        var tags: [String?]
        var lines: [Line]
        var isOpen: Bool
        var share: Double?
    }

    private func document(_ routes: @escaping @Sendable (APIRouter) throws -> Void) async throws -> [String: Any] {
        let bytes = Bytes()
        try await withRoutes(routes) { client in
            try await client.execute(uri: "/openapi.json", method: .get) { response in
                #expect(response.status == .ok)
                await bytes.set(Data(response.body.readableBytesView))
            }
        }
        return try #require(try JSONSerialization.jsonObject(with: await bytes.data) as? [String: Any])
    }

    private actor Bytes {
        private(set) var data = Data()
        func set(_ data: Data) { self.data = data }
    }

    @Test("a type's schema names what it reads, what may be absent, and how it holds itself")
    func schemas() async throws {
        let document = try await document { api in
            api.post(
                "/v1/orders",
                summary: "Order",
                zh: "订购",
                permission: .public,
                body: .json(Order.self),
                answers: [.json(Page<Order>.self, status: .created)],
                problems: [.notFound]
            ) { _ in .empty() }
        }
        let components = try #require(document["components"] as? [String: Any])
        let schemas = try #require(components["schemas"] as? [String: Any])
        let order = try text(schemas["OpenAPITestsOrder"])
        let expected = """
            {"additionalProperties":false,"properties":{\
            "asOf":{"$ref":"#/components/schemas/Instant"},\
            "count":{"maximum":2147483647,"minimum":-2147483648,"type":["integer","null"]},\
            "id":{"format":"int64","type":"integer"},"isOpen":{"type":"boolean"},\
            "lines":{"items":{"$ref":"#/components/schemas/OpenAPITestsOrderLine"},"type":"array"},\
            "names":{"additionalProperties":{"type":"string"},"type":"object"},\
            "period":{"anyOf":[{"$ref":"#/components/schemas/Period"},{"type":"null"}]},\
            "share":{"format":"double","type":["number","null"]},\
            "size":{"$ref":"#/components/schemas/OpenAPITestsOrderSize"},\
            "tags":{"items":{"type":["string","null"]},"type":"array"}},\
            "required":["id","size","asOf","names","tags","lines","isOpen"],"type":"object"}
            """
        #expect(order == expected)
        #expect(
            try text(schemas["OpenAPITestsOrderLine"]).contains(
                ##""parts":{"items":{"$ref":"#/components/schemas/OpenAPITestsOrderLine"},"type":"array"}"##
            )
        )
        #expect(try text(schemas["OpenAPITestsOrderSize"]) == #"{"enum":["small","large"],"type":"string"}"#)
        #expect(
            try text(schemas["OpenAPITestsOrderPage"]).contains(
                ##""items":{"items":{"$ref":"#/components/schemas/OpenAPITestsOrder"},"type":"array"}"##
            )
        )
    }

    private func text(_ value: Any?) throws -> String {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        return String(
            decoding: try JSONSerialization.data(withJSONObject: try #require(value), options: options),
            as: UTF8.self
        )
    }

    @Test("an operation has both languages, its parameters, its body and every answer with its problems")
    func operations() async throws {
        let document = try await document { api in
            api.post(
                "/v1/orders/{id}/lines",
                summary: "Adds a line",
                zh: "添加一行",
                permission: .public,
                parameters: [Parameter("id", .integer(1...9), "Number", zh: "编号")],
                query: [Parameter("kind", .choice(["a", "b"]), "Kind", zh: "种类", isRequired: true), .asOf],
                body: .json(Order.Line.self),
                answers: [.json(Order.self), .empty()],
                problems: [.notFound]
            ) { _ in .empty() }
        }
        let operation = try text((document["paths"] as? [String: [String: Any]])?["/v1/orders/{id}/lines"]?["post"])
        for part in [
            #""operationId":"postOrdersByIdLines""#, #""summary":"Adds a line""#, #""x-summary-zh":"添加一行""#,
            #""name":"id","required":true,"schema":{"maximum":9,"minimum":1,"type":"integer"}"#,
            #""name":"kind","required":true,"schema":{"enum":["a","b"],"type":"string"}"#,
            ##""application/json":{"schema":{"$ref":"#/components/schemas/OpenAPITestsOrderLine"}}"##,
            #""404":{"content":{"application/problem+json":"#, #"{"enum":["NOT_FOUND"]}"#, #""204":{"#,
            #"{"enum":["BODY_INVALID","BODY_MISSING","CONTENT_ENCODING_INVALID","IDEMPOTENCY_KEY_INVALID",""#,
        ] {
            #expect(operation.contains(part), "\(part)")
        }
    }

    @Test("answers name the header fields that they carry, and requests those by which they name versions")
    func headers() async throws {
        let document = try await document { api in
            api.get("/v1/lines", summary: "", zh: "", permission: .signedIn, answers: [.json(Order.self)], problems: [])
            { _ in .empty() }
            api.post(
                "/v1/lines",
                summary: "",
                zh: "",
                permission: .signedIn,
                body: .none,
                answers: [.json(Order.self, status: .created)],
                problems: [.preconditionRequired]
            ) { _ in .empty() }
            api.delete("/v1/lines", summary: "", zh: "", permission: .signedIn, answers: [.empty()], problems: []) {
                _ in .empty()
            }
        }
        let operations = try #require((document["paths"] as? [String: [String: Any]])?["/v1/lines"])
        func fields(_ method: String, _ status: String) throws -> Set<String> {
            let operation = try #require(operations[method] as? [String: Any])
            let answer = try #require((operation["responses"] as? [String: [String: Any]])?[status])
            return Set(try #require(answer["headers"] as? [String: Any]).keys)
        }
        #expect(try fields("get", "200").isSuperset(of: ["ETag", "X-Request-ID", "RateLimit"]))
        #expect(try fields("get", "304").contains("ETag"))
        #expect(try fields("get", "401").isSuperset(of: ["WWW-Authenticate", "Content-Language"]))
        #expect(try fields("get", "429").isSuperset(of: ["Retry-After", "RateLimit"]))
        #expect(try fields("get", "503").contains("Retry-After"))
        #expect(try fields("post", "201").isSuperset(of: ["Location", "ETag", "Idempotency-Replayed"]))
        #expect(try fields("post", "412").contains("ETag"))
        func sent(_ method: String) throws -> [String: Bool] {
            let operation = try #require(operations[method] as? [String: Any])
            let parameters = operation["parameters"] as? [[String: Any]] ?? []
            return Dictionary(
                uniqueKeysWithValues: parameters.filter { $0["in"] as? String == "header" }
                    .map { ($0["name"] as? String ?? "", $0["required"] as? Bool ?? false) }
            )
        }
        #expect(try sent("get") == ["If-None-Match": false])
        #expect(try sent("post") == ["If-Match": true, "Idempotency-Key": false])
        #expect(try sent("delete") == ["If-Match": false])
        // Each reference leads somewhere.
        let components = try #require((document["components"] as? [String: Any])?["headers"] as? [String: Any])
        let references = try text(operations).matches(of: /#\/components\/headers\/([A-Za-z]+)/).map { String($0.1) }
        #expect(Set(references) == Set(components.keys).subtracting(["PreferenceApplied"]))
    }

    @Test("a host does not start with a type that cannot be described")
    func indescribable() throws {
        struct Odd: Codable, Sendable {
            enum Choice: String, Codable, Sendable { case one }
            var choice: Choice
        }
        let plugin = SketchPlugin(routes: { api, _ in
            api.get("/v1/odd", summary: "", zh: "", permission: .public, answers: [.json(Odd.self)], problems: []) {
                _ in .empty()
            }
        })
        let error = #expect(throws: (any Error).self) {
            _ = try PlatformHost(name: "t", plugins: [plugin], database: unconnectedPool()).application()
        }
        #expect("\(try #require(error))".contains("Choice decodes nothing from samples"))
    }

    @Test("an answer or a problem that a route does not declare is a fault")
    func contract() async throws {
        try await withRoutes { api in
            api.get("/v1/status", summary: "", zh: "", permission: .public, answers: [.json(Order.self)], problems: [])
            { _ in .empty() }
            api.get("/v1/type", summary: "", zh: "", permission: .public, answers: [.media(["text/csv"])], problems: [])
            { _ in .text("a") }
            api.get("/v1/problem", summary: "", zh: "", permission: .public, answers: [.empty()], problems: []) { _ in
                throw Problem.notFound("a", zh: "甲", "b")
            }
            api.get(
                "/v1/right",
                summary: "",
                zh: "",
                permission: .public,
                answers: [.media(["text/plain"])],
                problems: []
            ) { _ in
                .text("a")
            }
        } _: { client in
            for (path, status) in [("status", 500), ("type", 500), ("problem", 500), ("right", 200)] {
                try await client.execute(uri: "/v1/\(path)", method: .get) { response in
                    #expect(response.status.code == status, "\(path)")
                }
            }
        }
    }
}
