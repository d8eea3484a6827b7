import DomainModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import ServiceKit
import Storage
import Testing

@Suite("Lists: cursors, order, totals, chosen members")
struct ListTests {
    private struct Thing: Codable, Sendable, Equatable {
        struct Name: Codable, Sendable, Equatable {
            var zh: String
            var en: String?
        }

        var code: String
        var name: Name
        var parts: [Thing]
    }

    private static let things = (1...5).map { number in
        Thing(
            code: "t\(number)",
            name: Thing.Name(zh: "物\(number)", en: "thing \(number)"),
            parts: [Thing(code: "p", name: Thing.Name(zh: "件"), parts: [])]
        )
    }

    private static let routes: @Sendable (APIRouter) throws -> Void = { api in
        for path in ["/v1/things", "/v1/others"] {
            api.get(
                path,
                summary: "Things",
                zh: "物",
                permission: .public,
                query: [Parameter("kind", .text, "Kind", zh: "种类")] + Parameter.paging(sort: ["code"]),
                answers: [.json(Page<Thing>.self)],
                problems: []
            ) { request in
                let question = try request.listQuestion
                let sorted = question.sorting?.isDescending == true ? things.reversed() : things
                let start =
                    question.after.flatMap { after in sorted.firstIndex { $0.code == after } }.map { $0 + 1 } ?? 0
                let items = Array(sorted[start...].prefix(question.limit))
                let next = start + items.count < sorted.count ? items.last?.code : nil
                let total = question.counts ? Int64(sorted.count) : nil
                return try .page(Page(items: items, next: next, total: total), for: request)
            }
        }
        api.get(
            "/v1/things/{code}",
            summary: "A thing",
            zh: "物",
            permission: .public,
            answers: [.json(Thing.self)],
            problems: []
        ) { _ in try .json(things[0]) }
    }

    private static func get(_ client: any TestClientProtocol, _ uri: String) async throws -> TestResponse {
        try await client.execute(uri: uri, method: .get) { $0 }
    }

    private static func page(_ client: any TestClientProtocol, _ uri: String) async throws -> Page<Thing> {
        let response = try await get(client, uri)
        #expect(response.status == .ok, "\(uri)")
        return try JSONDecoder().decode(Page<Thing>.self, from: Data(response.body.readableBytesView))
    }

    @Test("cursors lead through the whole list, in either order, and the total comes when asked")
    func walk() async throws {
        try await withRoutes(Self.routes) { client in
            for (sort, expected) in [
                ("", ["t1", "t2", "t3", "t4", "t5"]), ("&sort=-code", ["t5", "t4", "t3", "t2", "t1"]),
            ] {
                var codes: [String] = []
                var after = ""
                repeat {
                    let page = try await Self.page(client, "/v1/things?limit=2\(sort)\(after)")
                    codes += page.items.map(\.code)
                    after = page.next.map { "&after=\($0)" } ?? ""
                    #expect(page.total == nil)
                } while !after.isEmpty
                #expect(codes == expected)
            }
            #expect(try await Self.page(client, "/v1/things?limit=1&total=true").total == 5)
        }
    }

    @Test("a cursor of another list, filter or order, or of somebody's making, is refused; another size of page is not")
    func foreignCursors() async throws {
        try await withRoutes(Self.routes) { client in
            let cursor = try #require(try await Self.page(client, "/v1/things?limit=2&kind=a").next)
            let flipped = cursor.prefix(3) + (cursor.dropFirst(3).first == "A" ? "B" : "A") + cursor.dropFirst(4)
            for uri in [
                "/v1/others?kind=a&after=\(cursor)", "/v1/things?kind=b&after=\(cursor)", "/v1/things?after=\(cursor)",
                "/v1/things?kind=a&sort=code&after=\(cursor)", "/v1/things?kind=a&after=\(flipped)",
                "/v1/things?kind=a&after=t2", "/v1/things?kind=a&after=\(cursor)=", "/v1/things?kind=a&after=%E4%BD%99",
            ] {
                let response = try await Self.get(client, uri)
                #expect(response.status == .badRequest, "\(uri)")
                let problem = try JSONDecoder().decode(WireProblem.self, from: Data(response.body.readableBytesView))
                #expect(problem.parameters?.map(\.name) == ["after"], "\(uri)")
            }
            let rest = try await Self.page(client, "/v1/things?kind=a&limit=9&total=true&after=\(cursor)")
            #expect(rest.items.map(\.code) == ["t3", "t4", "t5"])
        }
    }

    @Test("only the chosen members are answered, at every depth; others than declared are refused")
    func fields() async throws {
        try await withRoutes(Self.routes) { client in
            for (uri, body) in [
                ("/v1/things/t1?fields=code", #"{"code":"t1"}"#),
                ("/v1/things/t1?fields=name.en,code", #"{"code":"t1","name":{"en":"thing 1"}}"#),
                ("/v1/things/t1?fields=parts.name.zh", #"{"parts":[{"name":{"zh":"件"}}]}"#),
                ("/v1/things/t1?fields=name.en,name", #"{"name":{"en":"thing 1","zh":"物1"}}"#),
                ("/v1/things?limit=5&total=true&fields=code", #""items":[{"code":"t1"},{"code":"t2"}"#),
                ("/v1/things?limit=5&total=true&fields=code", #""total":5"#),
            ] {
                let response = try await Self.get(client, uri)
                #expect(String(buffer: response.body).contains(body), "\(uri): \(String(buffer: response.body))")
            }
            for given in ["cod", "name.fr", "code.x", "", ",", "name.", "items", "parts.parts.parts.x"] {
                let response = try await Self.get(client, "/v1/things?fields=\(given)")
                #expect(response.status == .badRequest, "\(given)")
            }
        }
    }
}
