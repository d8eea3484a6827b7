import DomainModel
import Foundation
import PlatformClient
import ServiceKit
import Testing

/// Users, roles, grants and tokens, as an administrator and as others see them.
@Suite("Administration of identity", .timeLimit(.minutes(5)))
struct IdentityRoutesTests {
    private func code(_ body: () async throws -> some Any) async -> String? {
        do {
            _ = try await body()
            return nil
        } catch {
            return problem(error as? PlatformClientError)?.code
        }
    }

    @Test("a user is added, gets a role and a token, does what it allows, and is shut out")
    func life() async throws {
        try await LivePlatform.run { platform in
            let root = try platform.client
            let user: User = try await root.post("/v1/users", body: NewUser(id: "user:li", name: "Li"))
            #expect(!user.isDisabled)
            #expect(
                await code { try await root.post("/v1/users", body: NewUser(id: "user:li", name: "L"), as: User.self) }
                    == "NAME_TAKEN"
            )
            #expect(
                await code { try await root.post("/v1/users", body: NewUser(id: "li", name: "L"), as: User.self) }
                    == "BODY_INVALID"
            )
            let issued: IssuedToken = try await root.post(
                "/v1/tokens",
                body: NewToken(principal: "user:li", name: "laptop", days: 7)
            )
            let li = try platform.client(token: issued.token)
            #expect(await code { try await li.bytes("/v1/regions") } == "PERMISSION_DENIED")
            let grant: AccessGrant = try await root.post(
                "/v1/grants",
                body: NewGrant(principal: "user:li", role: "viewer")
            )
            // What was found out about a token holds for two seconds at most.
            let own: IssuedToken = try await root.post("/v1/tokens", body: NewToken(principal: "user:li", name: "new"))
            let fresh = try platform.client(token: own.token)
            #expect(try await fresh.bytes("/v1/regions").status == 200)
            let listed: Page<TokenRecord> = try await fresh.get("/v1/tokens")
            #expect(listed.items.map(\.id) == [issued.id, own.id])

            // Not an administrator: no grants, no tokens for others, no wider token for oneself.
            #expect(await code { try await fresh.bytes("/v1/users") } == "PERMISSION_DENIED")
            #expect(
                await code {
                    try await fresh.post(
                        "/v1/grants",
                        body: NewGrant(principal: "user:li", role: "administrator"),
                        as: AccessGrant.self
                    )
                } == "PERMISSION_DENIED"
            )
            #expect(
                await code {
                    try await fresh.post(
                        "/v1/tokens",
                        body: NewToken(principal: "user:test", name: "x"),
                        as: IssuedToken.self
                    )
                } == "PERMISSION_DENIED"
            )
            #expect(
                await code {
                    try await fresh.post(
                        "/v1/tokens",
                        body: NewToken(name: "x", scope: ["identity.manage"]),
                        as: IssuedToken.self
                    )
                } == "GRANT_TOO_WIDE"
            )
            #expect(await code { try await fresh.delete("/v1/tokens/1") } == "NOT_FOUND")
            #expect(
                await code { try await fresh.bytes("/v1/tokens", query: ["principal": "user:test"]) }
                    == "PERMISSION_DENIED"
            )

            // A token with limits makes no token with fewer.
            let narrow: IssuedToken = try await fresh.post(
                "/v1/tokens",
                body: NewToken(name: "narrow", scope: ["registry.read"])
            )
            let limited = try platform.client(token: narrow.token)
            #expect(try await limited.bytes("/v1/regions").status == 200)
            #expect(await code { try await limited.bytes("/v1/observations") } == "PERMISSION_DENIED")
            let child: IssuedToken = try await limited.post("/v1/tokens", body: NewToken(name: "child"))
            #expect(
                await code { try await platform.client(token: child.token).bytes("/v1/observations") }
                    == "PERMISSION_DENIED"
            )

            // Rotation gives a new secret, and the old one ends.
            let rotated: IssuedToken = try await fresh.post(
                "/v1/tokens/\(own.id)/rotation",
                body: TokenRotation()
            )
            #expect(try await platform.client(token: rotated.token).bytes("/v1/regions").status == 200)
            #expect(await code { try await root.delete("/v1/tokens/\(own.id)") } == "NOT_FOUND")

            let explained: AccessExplanation = try await root.get(
                "/v1/access/explanation",
                query: ["principal": "user:li", "permission": "registry.read", "token": "\(narrow.id)"]
            )
            #expect(explained.isAllowed)
            #expect(explained.grants.map(\.grant.id) == [grant.id])
            try await root.delete("/v1/grants/\(grant.id)")
            let after: AccessExplanation = try await root.get(
                "/v1/access/explanation",
                query: ["principal": "user:li", "permission": "registry.read"]
            )
            #expect(!after.isAllowed)
            #expect(after.grants.map(\.reason) == [.revoked])

            let path = "/v1/users/\(PercentEncoding.encode("user:li"))"
            let gone: User = try await root.put(path, body: UserChange(isDisabled: true))
            #expect(gone.isDisabled)
            let last: IssuedToken = try await root.post("/v1/tokens", body: NewToken(principal: "user:li", name: "z"))
            #expect(await code { try await platform.client(token: last.token).bytes("/v1/session") } == "TOKEN_INVALID")
        }
    }

    @Test("somebody who manages identity cannot raise themselves above what they have")
    func escalation() async throws {
        try await LivePlatform.run { platform in
            let root = try platform.client
            let role = NewRole(
                code: "user_keeper",
                name: LocalizedText(zh: "用户管理员", en: "User keeper"),
                permissions: ["identity.read", "identity.manage"]
            )
            let made: Role = try await root.post("/v1/roles", body: role)
            #expect(made.permissions == ["identity.manage", "identity.read"])
            let token = APIToken()
            try await platform.pool.addUser("keeper", role: "user_keeper", token: token)
            let keeper = try platform.client(token: token.text)
            let _: User = try await keeper.post("/v1/users", body: NewUser(id: "user:new", name: "New"))
            let _: AccessGrant = try await keeper.post(
                "/v1/grants",
                body: NewGrant(principal: "user:new", role: "user_keeper")
            )
            for role in ["administrator", "viewer"] {
                #expect(
                    await code {
                        try await keeper.post(
                            "/v1/grants",
                            body: NewGrant(principal: "user:keeper", role: role),
                            as: AccessGrant.self
                        )
                    } == "GRANT_TOO_WIDE"
                )
            }
            #expect(
                await code {
                    try await keeper.post(
                        "/v1/tokens",
                        body: NewToken(principal: "user:test", name: "x"),
                        as: IssuedToken.self
                    )
                } == "GRANT_TOO_WIDE"
            )
            let wider = NewRole(code: "user_keeper", name: role.name, permissions: ["*"])
            #expect(await code { try await keeper.post("/v1/roles", body: wider, as: Role.self) } == "GRANT_TOO_WIDE")
            let builtin = NewRole(code: "viewer", name: role.name, permissions: ["identity.read"])
            #expect(await code { try await root.post("/v1/roles", body: builtin, as: Role.self) } == "NAME_TAKEN")

            // With identity.manage for one region only, nothing of this is theirs to do.
            _ = try await platform.importRecords("regions", ReferenceData.file("regions.csv"))
            let regional = APIToken()
            try await platform.pool.addUser("regional", role: "administrator", region: "330110", token: regional)
            let client = try platform.client(token: regional.text)
            #expect(
                await code {
                    try await client.post("/v1/users", body: NewUser(id: "user:x", name: "X"), as: User.self)
                } == "PERMISSION_DENIED"
            )
        }
    }
}
