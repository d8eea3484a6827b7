import DomainModel
import Foundation
import ServiceKit
import Testing

@Suite("Identity from the command line", .timeLimit(.minutes(5)))
struct IdentityCommandsTests {
    /// A list as a command prints it.
    private struct Listed<Item: Decodable>: Decodable {
        let items: [Item]
    }

    /// Runs a command as the administrator, or with another token, and reads its JSON.
    private static func run<Value: Decodable>(
        _ words: String,
        as type: Value.Type = Value.self,
        token: String? = nil,
        on platform: LivePlatform
    ) async throws -> Value {
        let run = try await Program.ceyuan(
            words.split(separator: " ").map(String.init) + ["--format", "json"],
            ["CEYUAN_URL": platform.address, "CEYUAN_TOKEN": token ?? platform.administrator.text],
            in: platform.home
        )
        try #require(run.status == 0, "ceyuan \(words): \(run.status) \(run.error)")
        return try JSONDecoder().decode(Value.self, from: Data(run.output.utf8))
    }

    /// Runs a command as the administrator for its exit code and its error.
    private static func fail(
        _ words: String,
        token: String? = nil,
        on platform: LivePlatform
    ) async throws -> (Int32, String) {
        let run = try await Program.ceyuan(
            words.split(separator: " ").map(String.init),
            ["CEYUAN_URL": platform.address, "CEYUAN_TOKEN": token ?? platform.administrator.text],
            in: platform.home
        )
        return (run.status, run.error + run.output)
    }

    @Test("a user is made, given a role in a district, explained, shut out and let in again")
    func userAndGrant() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let made: User = try await Self.run("user create user:zhang.san --name 张三", on: platform)
            #expect(made.id == "user:zhang.san" && made.name == "张三")
            #expect(try await Self.fail("user create user:zhang.san", on: platform).1.contains("NAME_TAKEN"))
            #expect(try await Self.fail("user show user:nobody", on: platform).0 == 3)
            let users: Listed<User> = try await Self.run("user list", on: platform)
            #expect(users.items.map(\.id).contains("user:zhang.san"))

            let role: Role = try await Self.run(
                "role create district_reader --name-en Reader --permission registry.read --permission statistics.read",
                on: platform
            )
            #expect(role.permissions.sorted() == ["registry.read", "statistics.read"])
            let roles: [Role] = try await Self.run("role list", as: RoleList.self, on: platform).items
            #expect(roles.map(\.code).contains("district_reader"))
            #expect(try await Self.fail("role create administrator --permission registry.read", on: platform).0 != 0)

            let grant: AccessGrant = try await Self.run(
                "grant create --principal user:zhang.san --role district_reader --region 330110",
                on: platform
            )
            #expect(grant.region == "330110")
            let wrong = "grant create --principal user:zhang.san --role district_reader --region nowhere"
            #expect(try await Self.fail(wrong, on: platform).0 != 0)
            let question = "access explain --principal user:zhang.san --permission registry.read --region"
            let inside: AccessExplanation = try await Self.run("\(question) 330110", on: platform)
            #expect(inside.isAllowed)
            #expect(inside.grants.map(\.reason) == [.allows])
            let outside = try await Self.fail("\(question) 330106", on: platform)
            #expect(outside.0 == 1)
            #expect(outside.1.contains("may not registry.read"))

            let misspelt = try await Self.fail(
                "access explain --principal user:zhang.san --permission registry.reed",
                on: platform
            )
            #expect(misspelt.0 == 3)
            #expect(misspelt.1.contains("There is no permission registry.reed; nearest: registry.read"))

            let disabled: User = try await Self.run("user disable user:zhang.san", on: platform)
            #expect(disabled.isDisabled)
            #expect(try await Self.fail("\(question) 330110", on: platform).0 == 1)
            let enabled: User = try await Self.run("user enable user:zhang.san", on: platform)
            #expect(!enabled.isDisabled)
            #expect(try await Self.fail("grant revoke \(grant.id)", on: platform).0 == 0)
            let grants: Listed<AccessGrant> = try await Self.run("grant list --principal user:zhang.san", on: platform)
            #expect(grants.items.map(\.id) == [grant.id])
            #expect(grants.items.first?.revokedAt != nil)
            #expect(try await Self.fail("\(question) 330110", on: platform).0 == 1)
        }
    }

    private typealias RoleList = Listed<Role>

    @Test("a token is made for a service, narrowed, changed and ended; its secret is printed once")
    func tokens() async throws {
        try await LivePlatform.run { platform in
            _ = try await Self.run("user create service:importer", as: User.self, on: platform)
            _ = try await Self.run(
                "grant create --principal service:importer --role data_steward",
                as: AccessGrant.self,
                on: platform
            )
            let made: IssuedToken = try await Self.run(
                "token create nightly --principal service:importer --permission registry.read --days 7",
                on: platform
            )
            #expect(made.principal == "service:importer")
            let session: SignedInSession = try await Self.run("whoami", token: made.token, on: platform)
            #expect(session.permissions.map(\.permission) == ["registry.read"])
            #expect(try await Self.fail("batch list", token: made.token, on: platform).1.contains("PERMISSION_DENIED"))
            #expect(try await Self.fail("token create x --days 400", on: platform).0 != 0)

            let listed = try await Self.fail("token list --principal service:importer --format json", on: platform)
            #expect(listed.0 == 0)
            #expect(!listed.1.contains(made.token))
            let changed: IssuedToken = try await Self.run("token rotate \(made.id)", token: made.token, on: platform)
            #expect(changed.token != made.token)
            let narrow: SignedInSession = try await Self.run("whoami", token: changed.token, on: platform)
            #expect(narrow.permissions.map(\.permission) == ["registry.read"])
            #expect(try await Self.fail("token revoke \(changed.id)", on: platform).0 == 0)
            let tokens: Listed<TokenRecord> = try await Self.run(
                "token list --principal service:importer",
                on: platform
            )
            #expect(tokens.items.allSatisfy { $0.revokedAt != nil })
            // What a host knows of a token it may believe for a moment (identity.cacheMilliseconds).
            platform.kill()
            try await platform.start()
            for dead in [made, changed] {
                #expect(try await Self.fail("whoami", token: dead.token, on: platform).1.contains("TOKEN_INVALID"))
            }
        }
    }

    @Test("a sign-in is kept for its owner alone and forgotten again; an address in clear is warned of")
    func login() async throws {
        try await LivePlatform.run { platform in
            func ceyuan(_ words: [String], input: String = "", url: String? = nil) async throws -> Program.Outcome {
                try await Program.ceyuan(
                    words,
                    ["CEYUAN_URL": url ?? platform.address],
                    input: input,
                    in: platform.home
                )
            }
            #expect(try await ceyuan(["login"], input: "cyt_wrong\n").status != 0)
            #expect(try await ceyuan(["whoami"]).error.contains("AUTHENTICATION_REQUIRED"))
            let signedIn = try await ceyuan(["login"], input: "\(platform.administrator.text)\n")
            #expect(signedIn.status == 0, "\(signedIn.error)")
            #expect(!signedIn.error.contains("Warning"))
            let file = platform.home.appending(path: ".config/ceyuan/credentials.json").path
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try await ceyuan(["whoami"]).output.contains("user:test"))
            #expect(try await ceyuan(["logout"]).status == 0)
            #expect(try await ceyuan(["whoami"]).status != 0)

            // RFC 2606 §2: the name leads nowhere.
            let open = try await ceyuan(
                ["login"],
                input: "\(platform.administrator.text)\n",
                url: "http://ceyuan.invalid"
            )
            #expect(open.status == 4, "\(open.error)")
            #expect(open.error.contains("http://ceyuan.invalid is not encrypted"))
            let closed = try await ceyuan(["login"], input: "x\n", url: "https://ceyuan.invalid")
            #expect(!closed.error.contains("not encrypted"))
        }
    }
}
