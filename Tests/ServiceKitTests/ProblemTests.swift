import DomainModel
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import PostgresClient
import Testing

@testable import ServiceKit

@Suite("Problem details")
struct ProblemTests {
    private struct Secret: Error {
        let password = "swordfish"
    }

    private func parse(_ response: TestResponse) throws -> WireProblem {
        try JSONDecoder().decode(WireProblem.self, from: Data(response.body.readableBytesView))
    }

    @Test("the caller's language decides title and detail, and both languages are there")
    func languages() async throws {
        try await withRoutes { api in
            api.get("/v1/regions/{code}", summary: "Region", permission: .public) { request in
                throw Problem.notFound("region", zh: "区域", try request.path("code"))
            }
        } _: { client in
            for (header, isChinese) in [
                ("zh-CN,zh;q=0.9,en;q=0.8", true), ("en-GB, zh;q=0.5", false), ("fr, zh;q=0.1", true), ("fr", false),
                ("zh;q=0", false), ("*", false), ("zh", true), ("", false),
            ] {
                try await client.execute(
                    uri: "/v1/regions/330199",
                    method: .get,
                    headers: [.acceptLanguage: header]
                ) { response in
                    let problem = try parse(response)
                    #expect(problem.title == (isChinese ? "未找到" : "Not found"), "\(header)")
                    #expect(problem.detail == (isChinese ? problem.detail_zh : problem.detail_en))
                    #expect(problem.detail_en == "There is no region 330199.")
                    #expect(problem.detail_zh == "没有区域 330199。")
                    #expect(problem.instance == "/v1/regions/330199")
                    #expect(problem.type == "/v1/problems/NOT_FOUND")
                    #expect(response.headers[.contentLanguage] == (isChinese ? "zh" : "en"))
                }
            }
        }
    }

    @Test("extension members stand beside the standard ones")
    func members() async throws {
        try await withRoutes { api in
            api.get("/v1/p", summary: "") { _ in
                throw Problem(.bodyInvalid, "2 rows", zh: "2 行").with("receipt", ["rejected": 2])
            }
        } _: { client in
            try await client.execute(uri: "/v1/p", method: .get) { response in
                #expect(response.status == .badRequest)
                let parsed = try parse(response)
                #expect(parsed.receipt == ["rejected": 2])
            }
        }
    }

    @Test("an error that is no problem is 500 and tells nothing but the request id")
    func internalFault() async throws {
        try await withRoutes { api in
            api.get("/v1/fault", summary: "", permission: .public) { _ in throw Secret() }
            api.get("/v1/undeclared", summary: "", permission: .public) { request in .text(try request.query("x") ?? "")
            }
        } _: { client in
            for path in ["/v1/fault", "/v1/undeclared"] {
                try await client.execute(uri: path, method: .get) { response in
                    #expect(response.status == .internalServerError)
                    let text = String(buffer: response.body)
                    #expect(!text.contains("swordfish") && !text.contains("Secret") && !text.contains("undeclared p"))
                    let problem = try parse(response)
                    #expect(problem.code == "INTERNAL_FAULT")
                    #expect(problem.detail.contains(problem.requestId))
                    #expect(response.headers[.requestID] == problem.requestId)
                }
            }
        }
    }

    @Test("an unreachable database is 503 with Retry-After")
    func database() async throws {
        let pool = try unconnectedPool()
        try await withRoutes { api in
            api.get("/v1/rows", summary: "", permission: .public) { _ in
                try await pool.execute("SELECT 1")
                return .empty()
            }
        } _: { client in
            try await client.execute(uri: "/v1/rows", method: .get) { response in
                #expect(response.status == .serviceUnavailable)
                #expect(response.headers[.retryAfter] == "2")
                let parsed = try parse(response)
                #expect(parsed.code == "DATABASE_UNAVAILABLE")
                #expect(!String(buffer: response.body).contains("nonexistent"))
            }
        }
    }

    @Test("a caller's request id is kept when it is harmless, else replaced")
    func requestIDs() async throws {
        try await withRoutes { api in
            api.get("/v1/id", summary: "", permission: .public) { request in .text(request.id) }
        } _: { client in
            try await client.execute(uri: "/v1/id", method: .get, headers: [.requestID: "caller-0001"]) { response in
                #expect(String(buffer: response.body) == "caller-0001")
                #expect(response.headers[.requestID] == "caller-0001")
            }
            for bad in ["short", "has space 123", "<script>alert", String(repeating: "x", count: 65)] {
                try await client.execute(uri: "/v1/id", method: .get, headers: [.requestID: bad]) { response in
                    #expect(String(buffer: response.body) != bad)
                    #expect(response.body.readableBytes == 32)
                }
            }
        }
    }

    @Test("more requests at once than allowed are refused with 503, and health still answers")
    func overload() async throws {
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let (released, release) = AsyncStream.makeStream(of: Void.self)
        try await withRoutes { api in
            api.get("/v1/slow", summary: "", permission: .public) { _ in
                enter.yield()
                for await _ in released { break }
                return .empty()
            }
        } configure: {
            $0.concurrency = 1
        } _: { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    try await client.execute(uri: "/v1/slow", method: .get) { #expect($0.status == .noContent) }
                }
                for await _ in entered { break }
                try await client.execute(uri: "/v1/slow", method: .get) { response in
                    #expect(response.status == .serviceUnavailable)
                    #expect(response.headers[.retryAfter] == "1")
                    let parsed = try parse(response)
                    #expect(parsed.code == "OVERLOADED")
                }
                try await client.execute(uri: "/livez", method: .get) { #expect($0.status == .ok) }
                release.finish()
                try await group.waitForAll()
            }
        }
    }

    @Test("codes of the catalogue are unique and have both languages")
    func catalogue() {
        #expect(Set(ProblemCode.catalogue.map(\.id)).count == ProblemCode.catalogue.count)
        for code in ProblemCode.catalogue {
            #expect(!code.title.en.isEmpty && !code.title.zh.isEmpty, "\(code.id)")
            #expect(code.hint.en.isEmpty == code.hint.zh.isEmpty, "\(code.id)")
            #expect(code.id.allSatisfy { $0.isUppercase || $0 == "_" }, "\(code.id)")
        }
    }
}
