import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Storage
import Testing

@testable import ServiceKit

/// Knows tokens that a test made up.
struct ListedAuthenticator: Authenticator {
    let tokens: [String: Authority]

    func authority(of bearer: String) async throws -> Authority {
        guard let authority = tokens[bearer] else { throw Problem.tokenInvalid() }
        return authority
    }
}

@Suite("Access to routes")
struct AccessCheckTests {
    private static let read = Permission("thing.read", en: "Read things", zh: "查阅")
    private static let write = Permission("thing.write", en: "Write things", zh: "修改")

    private func withHost(
        listed: [Permission] = [read, write],
        _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        var plugin = SketchPlugin(routes: { api, _ in
            api.get("/v1/open", summary: "", permission: .public) { .text($0.principal.id) }
            api.get("/v1/me", summary: "", permission: .signedIn) { .text($0.principal.id) }
            api.get("/v1/things/{id}", summary: "", permission: Self.read) { .text($0.principal.regions.setting) }
            api.post("/v1/things", summary: "", permission: Self.write) { _ in .empty() }
        })
        plugin.permissions = listed
        let host = PlatformHost(
            name: "ceyuan-test",
            plugins: [plugin],
            database: try unconnectedPool(),
            authenticator: ListedAuthenticator(tokens: [
                "reader": Authority(principal: "user:r", permissions: ["thing.read": .regions([3, 1])]),
                "root": Authority(principal: "user:root", permissions: ["*": .everywhere]),
                "narrow": Authority(
                    principal: "user:root",
                    permissions: ["*": .everywhere],
                    tokenScope: ["thing.read"]
                ),
                "nobody": Authority(principal: "user:n", permissions: [:]),
            ])
        )
        try await host.application().test(.router) { client in try await body(client) }
    }

    private static func ask(
        _ client: any TestClientProtocol,
        _ path: String,
        _ authorization: String?,
        method: HTTPRequest.Method = .get
    ) async throws -> TestResponse {
        let headers: HTTPFields = authorization.map { [.authorization: $0] } ?? [:]
        return try await client.execute(uri: path, method: method, headers: headers) { $0 }
    }

    @Test(
        "without a usable token the answer is 401 with a challenge",
        arguments: [
            nil, "", "Bearer", "Bearer ", "Basic cm9vdDpyb290", "root", "Bearer unknown", "Bearer root extra",
            "Bearer r\u{f6}ot", "Bearer root,root", "Bearer " + String(repeating: "a", count: 8_193),
        ]
    )
    func unauthenticated(_ authorization: String?) async throws {
        try await withHost { client in
            for path in ["/v1/me", "/v1/things/1"] {
                let response = try await Self.ask(client, path, authorization)
                #expect(response.status == .unauthorized)
                #expect(response.headers[.wwwAuthenticate]?.hasPrefix("Bearer realm=\"ceyuan\"") == true)
                let problem = try JSONDecoder().decode(WireProblem.self, from: Data(response.body.readableBytesView))
                #expect(["AUTHENTICATION_REQUIRED", "TOKEN_INVALID"].contains(problem.code))
                #expect(!problem.detail.contains("unknown\""))
            }
            // A public route does not look at credentials at all.
            #expect(try await Self.ask(client, "/v1/open", authorization).status == .ok)
        }
    }

    @Test("two Authorization fields are none")
    func twoFields() async throws {
        try await withHost { client in
            var headers = HTTPFields()
            headers.append(HTTPField(name: .authorization, value: "Bearer reader"))
            headers.append(HTTPField(name: .authorization, value: "Bearer root"))
            try await client.execute(uri: "/v1/me", method: .get, headers: headers) { response in
                #expect(response.status == .unauthorized)
            }
        }
    }

    @Test("a known caller without the permission gets 403, which names it")
    func forbidden() async throws {
        try await withHost { client in
            for (token, permission, path, method) in [
                ("reader", "thing.write", "/v1/things", HTTPRequest.Method.post),
                ("narrow", "thing.write", "/v1/things", .post), ("nobody", "thing.read", "/v1/things/1", .get),
            ] {
                let response = try await Self.ask(client, path, "Bearer \(token)", method: method)
                #expect(response.status == .forbidden)
                #expect(response.headers[.wwwAuthenticate]?.contains("scope=\"\(permission)\"") == true)
                let problem = try JSONDecoder().decode(WireProblem.self, from: Data(response.body.readableBytesView))
                #expect(problem.code == "PERMISSION_DENIED")
                #expect(problem.detail.contains(permission))
            }
        }
    }

    @Test("the principal carries the regions of the route's permission, not of others")
    func regions() async throws {
        try await withHost { client in
            let reader = try await Self.ask(client, "/v1/things/1", "bearer reader")
            #expect(String(buffer: reader.body) == "{1,3}")
            #expect(String(buffer: try await Self.ask(client, "/v1/things/1", "Bearer root").body) == "*")
            #expect(String(buffer: try await Self.ask(client, "/v1/things/1", "Bearer narrow").body) == "*")
            #expect(String(buffer: try await Self.ask(client, "/v1/me", "Bearer nobody").body) == "user:n")
            #expect(try await Self.ask(client, "/v1/things", "Bearer root", method: .post).status == .noContent)
        }
    }

    @Test("a route with a permission that no manifest lists does not mount")
    func unlisted() async throws {
        await #expect(throws: HostError.self) { try await self.withHost(listed: [Self.read]) { _ in } }
    }
}
