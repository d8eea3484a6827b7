import DomainModel
import Foundation
import PlatformClient
import ServiceKit
import TestSupport
import Testing

/// Every operation of the API as it describes itself, asked by everybody: OWASP API Security Top 10 2023, API1 and API5.
@Suite("Every route, whoever asks", .timeLimit(.minutes(5)))
struct AccessMatrixTests {
    private struct Operation {
        let method: String
        let path: String
        let permission: String

        /// The path with something for each parameter.
        func target(_ value: (_ parameter: String) -> String) -> String {
            path.replacing(/\{([A-Za-z]+)\}/) { value(String($0.output.1)) }
        }
    }

    /// What the API says of itself.
    private static func operations(_ platform: LivePlatform) async throws -> [Operation] {
        let bytes = try await platform.client.bytes("/openapi.json").body
        let document = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
        let paths = try #require(document?["paths"] as? [String: [String: [String: Any]]])
        return try paths.sorted { $0.key < $1.key }.flatMap { path, methods in
            try methods.sorted { $0.key < $1.key }.map { method, operation in
                let permission = try #require(operation["x-permission"] as? String)
                return Operation(method: method.uppercased(), path: path, permission: permission)
            }
        }
    }

    /// Asks for all of these over one connection, in order.
    ///
    /// - Returns: Status and body of each answer.
    private static func ask(
        _ requests: [(method: String, target: String)],
        as token: APIToken?,
        _ platform: LivePlatform
    ) async throws -> [(status: Int, body: String)] {
        let connection = try PlainConnection(platform.address)
        async let all = connection.readAll()
        let authorization = token.map { "Authorization: Bearer \($0.text)\r\n" } ?? ""
        for (number, request) in requests.enumerated() {
            let isLast = number == requests.count - 1
            let hasBody = ["POST", "PUT", "PATCH"].contains(request.method)
            try connection.send(
                "\(request.method) \(request.target) HTTP/1.1\r\nHost: ceyuan\r\n\(authorization)"
                    + (hasBody ? "Content-Type: application/json\r\nContent-Length: 2\r\n" : "")
                    + (isLast ? "Connection: close\r\n" : "") + "\r\n" + (hasBody ? "{}" : "")
            )
        }
        // Texts of problems speak of HTTP/1.1, too.
        let answers = await all.split(separator: /HTTP\/1\.1 (?=[0-9]{3} )/)
        connection.close()
        return try answers.map { answer in
            let parts = answer.components(separatedBy: "\r\n\r\n")
            return (try #require(Int(answer.prefix(3))), parts.dropFirst().joined())
        }
    }

    @Test("each role may do what its permissions say, and nothing else; who shows no token may do nothing")
    func roles() async throws {
        try await LivePlatform.run { platform in
            let operations = try await Self.operations(platform)
            #expect(operations.count > 200)
            // Identifiers of nothing: what is let in finds nothing, and destroys nothing.
            let requests = operations.map { operation in
                (operation.method, operation.target { ["id", "number"].contains($0) ? "999999999" : "nothing" })
            }
            let nobody = try await Self.ask(requests, as: nil, platform)
            try #require(nobody.count == operations.count)
            for (operation, answer) in zip(operations, nobody) {
                #expect(
                    (answer.status == 401) == (operation.permission != "public"),
                    "\(operation.method) \(operation.path): \(answer.status)"
                )
            }
            let _: Role = try await platform.client.post(
                "/v1/roles",
                body: NewRole(code: "narrow", name: LocalizedText(zh: "窄", en: "Narrow"), permissions: ["job.read"])
            )
            let roles: Page<Role> = try await platform.client.get("/v1/roles")
            #expect(roles.items.count > 9)
            for role in roles.items {
                let token = APIToken()
                try await platform.pool.addUser(role.code, role: role.code, token: token)
                let answers = try await Self.ask(requests, as: token, platform)
                try #require(answers.count == operations.count)
                let held = Set(role.permissions)
                for (operation, answer) in zip(operations, answers) {
                    let isAllowed =
                        ["public", "signed_in"].contains(operation.permission) || held.contains("*")
                        || held.contains(operation.permission)
                    #expect(
                        answer.status != 401 && (answer.status == 403) != isAllowed,
                        "\(role.code), \(operation.method) \(operation.path): \(answer.status) \(answer.body)"
                    )
                }
            }
        }
    }

    @Test("a record of another region is answered like one that is not there, whatever is asked of it")
    func foreign() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let order = Sent.Record(
                from: "2020-01-01",
                attributes: ["name_zh": .text("林知远"), "region": .text("330106")]
            )
            let made: HTTPReply<RegistryRecord> = try await platform.client.reply(post: "/v1/talents", body: order)
            let key = made.body.key
            let officer = APIToken()
            for role in ["registry_officer", "privacy_officer", "auditor"] {
                try await platform.pool.addUser(
                    "officer",
                    role: role,
                    region: "330110",
                    token: role == "auditor" ? officer : APIToken()
                )
            }
            let operations = try await Self.operations(platform)
                .filter { $0.path.hasPrefix("/v1/talents/{key}") || $0.path.hasPrefix("/v1/records/{key}") }
            #expect(operations.count > 8)
            func ask(_ name: String, as token: APIToken) async throws -> [(status: Int, body: String)] {
                let requests = operations.map { operation in
                    // This one must be told what for.
                    let query = operation.path.hasSuffix("/consents/answer") ? "?purpose=visa" : ""
                    return (operation.method, operation.target { _ in name } + query)
                }
                return try await Self.ask(requests, as: token, platform)
            }
            let absent = "X" + key.dropFirst()
            let (theirs, none) = (try await ask(key, as: officer), try await ask(absent, as: officer))
            try #require(theirs.count == operations.count && none.count == operations.count)
            for (operation, (one, other)) in zip(operations, zip(theirs, none)) {
                #expect(one.status == other.status, "\(operation.method) \(operation.path): \(one), \(other)")
                #expect(
                    Self.anonymous(one.body, key) == Self.anonymous(other.body, absent),
                    "\(operation.method) \(operation.path)"
                )
                if operation.method == "GET" { #expect(one.status == 404, "\(operation.path): \(one)") }
            }
            // The same questions find it for whoever may see it.
            let own = try await ask(key, as: platform.administrator)
            #expect(zip(operations, own).contains { $0.method == "GET" && $1.status == 200 })
        }
    }

    /// A body without the name that was asked for and the number of the request.
    private static func anonymous(_ body: String, _ key: String) -> String {
        body.replacingOccurrences(of: key, with: "KEY").replacing(/"requestId":"[^"]*"/, with: "")
    }
}
