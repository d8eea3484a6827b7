import DomainModel
import Foundation
import PlatformClient
import Testing

/// Texts that programs trip over are stored and come back as they were, or are refused with their place; never a fault.
@Suite("Naughty strings over HTTP", .timeLimit(.minutes(5)))
struct NaughtyStringTests {
    private struct Hook: Codable, Sendable {
        let url: String
        let description: String
    }

    private struct TokenOrder: Codable, Sendable { let name: String }

    private struct RoleOrder: Codable, Sendable {
        let code: String
        let name: LocalizedText
        let permissions: [String]
    }

    @Test("in members of bodies")
    func bodies() async throws {
        try await LivePlatform.run { platform in
            let client = try platform.client
            for (number, sample) in NaughtyStrings.all.enumerated() {
                let text = sample.text
                try await Self.check(sample, at: "/name") {
                    let order = NewUser(id: "user:n\(number)", name: text, issuer: nil, subject: nil)
                    _ = try await client.post("/v1/users", body: order, as: User.self)
                    return [try await client.get("/v1/users/user:n\(number)", as: User.self).name]
                }
                try await Self.check(sample, at: "/name") {
                    let made: IssuedToken = try await client.post("/v1/tokens", body: TokenOrder(name: text))
                    let listed: Page<TokenRecord> = try await client.get("/v1/tokens", query: ["limit": "1000"])
                    return listed.items.filter { $0.id == made.id }.map(\.name)
                }
                try await Self.check(sample, at: "/name") {
                    let order = RoleOrder(code: "n\(number)", name: LocalizedText(zh: text, en: text), permissions: [])
                    let role: Role = try await client.post("/v1/roles", body: order)
                    return [role.name.zh, role.name.en]
                }
                try await Self.check(sample, at: "/description") {
                    let order = Hook(url: "https://93.184.216.34/\(number)", description: text)
                    let made: NewWebhook = try await client.post("/v1/webhooks", body: order)
                    let found: WebhookSubscription = try await client.get("/v1/webhooks/\(made.subscription.id)")
                    return [found.description]
                }
            }
            #expect(platform.log.isEmpty, "\(platform.log.prefix(2_000))")
        }
    }

    @Test("in parameters of path and query")
    func parameters() async throws {
        try await LivePlatform.run { platform in
            let client = try platform.client
            let places: [(path: @Sendable (String) -> String, name: String)] = [
                ({ "/v1/regions/\($0)" }, "code"), ({ "/v1/users/\($0)" }, "id"), ({ "/v1/lineage/\($0)" }, "code"),
                ({ "/v1/jobs?kind=\($0)" }, "kind"), ({ "/v1/batches?dataset=\($0)" }, "dataset"),
                ({ "/v1/events?subject=\($0)" }, "subject"), ({ "/v1/operations?requestedBy=\($0)" }, "requestedBy"),
                ({ "/v1/plans?region=\($0)" }, "region"), ({ "/v1/regions?after=\($0)" }, "after"),
                ({ "/v1/regions?fields=\($0)" }, "fields"), ({ "/v1/observations?asOf=\($0)" }, "asOf"),
            ]
            for sample in NaughtyStrings.all where sample.text.utf8.count < 4_000 {
                let escaped = sample.text.utf8.map { "%" + String(Int($0) + 0x100, radix: 16).suffix(2) }.joined()
                for (path, name) in places {
                    do {
                        _ = try await client.bytes(path(escaped))
                    } catch let error as PlatformClientError {
                        guard case .problem(let details) = error else {
                            Issue.record("\(sample) in \(name): \(error)")
                            continue
                        }
                        #expect((400...422).contains(details.status), "\(sample) in \(name): \(details.code)")
                    }
                }
            }
            #expect(platform.log.isEmpty, "\(platform.log.prefix(2_000))")
        }
    }

    /// Passes when the texts that come back are the sample, scalar by scalar, or the sample is refused with its place.
    private static func check(
        _ sample: NaughtyStrings.Sample,
        at place: String,
        _ store: () async throws -> [String]
    ) async throws {
        do {
            let found = try await store()
            #expect(!found.isEmpty)
            for text in found {
                // Swift's equality would take canonically equivalent texts for the same.
                #expect(Array(text.unicodeScalars) == Array(sample.text.unicodeScalars), "\(sample) at \(place)")
            }
        } catch let error as PlatformClientError {
            guard case .problem(let details) = error else {
                Issue.record("\(sample) at \(place): \(error)")
                return
            }
            #expect((400...422).contains(details.status), "\(sample) at \(place): \(details.code)")
            let pointer = details.member("pointer", as: String.self)
            #expect(
                pointer?.hasPrefix(place) == true,
                "\(sample) at \(place): \(details.code) says \(pointer ?? "nothing")"
            )
        }
    }
}
