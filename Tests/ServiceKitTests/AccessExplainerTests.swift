import DomainModel
import Logging
import PostgresClient
import Storage
import TestSeeds
import TestSupport
import Testing

@testable import ServiceKit

@Suite("Why somebody may do something")
struct AccessExplainerTests {
    private static let now = Instant("2026-07-01T00:00:00Z")!
    private static let instants = [
        "2026-01-01T00:00:00Z", "2026-06-30T23:59:59Z", "2026-07-01T00:00:00Z", "2026-07-01T00:00:01Z",
        "2027-01-01T00:00:00Z",
    ].map { Instant($0)! }

    @Test("the explanation says what the check decides, over random grants, tokens and regions")
    func equalsDecision() async throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var dice = SeededGenerator(seed: seed)
        try await withTestDatabase { pool in
            // A random tree of regions: each below an earlier one, or a root.
            var regions: [String] = []
            for number in 0..<12 {
                let parent = Bool.random(using: &dice) ? regions.randomElement(using: &dice) : nil
                try await pool.execute(
                    """
                    INSERT INTO registry.region (code, name_zh, name_en, level, parent_code, roles, focus_industries,
                        source_file, source_locator, batch_id, line)
                    VALUES (\("r\(number)"), '', '', 'x', \(parent), '', '', '', '', 1, 1)
                    """
                )
                regions.append("r\(number)")
            }
            let roles = ["administrator", "viewer", "data_steward", "operator", "auditor"]
            let permissions = ["registry.read", "batch.submit", "identity.read", "nothing.known"]
            var tokens: [(secret: APIToken, id: Int64, principal: String)] = []
            for number in 0..<40 {
                let principal = "user:u\(number)"
                try await pool.withTransaction { connection in
                    _ = try await PrincipalStore(connection).create(principal, name: principal, by: "test")
                    for _ in 0..<Int.random(in: 0...3, using: &dice) {
                        let from = Self.instants.randomElement(using: &dice)!
                        let until = Self.instants.filter { $0 > from }.randomElement(using: &dice)
                        let grant = try await GrantStore(connection).create(
                            roles.randomElement(using: &dice)!,
                            to: principal,
                            region: Int.random(in: 0..<4, using: &dice) == 0
                                ? nil : regions.randomElement(using: &dice),
                            from: from,
                            until: Bool.random(using: &dice) ? until : nil,
                            by: "test"
                        )
                        if Int.random(in: 0..<5, using: &dice) == 0 {
                            _ = try await GrantStore(connection).revoke(grant, by: "test")
                        }
                    }
                    let secret = APIToken()
                    let draft = TokenStore.Draft(
                        principal: principal,
                        name: "t",
                        hash: secret.hash,
                        hint: secret.hint,
                        scope: Bool.random(using: &dice) ? nil : [permissions.randomElement(using: &dice)!],
                        expiresAt: Instant("2030-01-01T00:00:00Z")!
                    )
                    let id = try await TokenStore(connection).create(draft, by: "test")
                    if Int.random(in: 0..<8, using: &dice) == 0 {
                        _ = try await TokenStore(connection).revoke(id, by: "test")
                    }
                    if Int.random(in: 0..<8, using: &dice) == 0 {
                        _ = try await PrincipalStore(connection).setDisabled(true, principal)
                    }
                    tokens.append((secret, id, principal))
                }
            }
            var settings = IdentitySettings()
            settings.cacheLifetime = .zero
            let service = IdentityService(
                database: pool,
                clock: PlatformClock { Self.now },
                settings: settings,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            let numbers = try await pool.query("SELECT id, code FROM registry.region")
                .map { try $0.decode((Int32, String).self) }
            var allowed = 0
            for (secret, id, principal) in tokens {
                let authority = try? await service.authority(of: secret.text)
                for permission in permissions {
                    let scope = authority?.regions(for: Permission(permission, en: "", zh: ""))
                    func explain(_ place: AccessExplainer.Place) async throws -> Bool {
                        try await pool.withConnection { connection in
                            try await AccessExplainer(connection, at: Self.now)
                                .explain(principal, permission, at: place, token: id).isAllowed
                        }
                    }
                    let what = "\(principal) \(permission), seed \(seed)"
                    #expect(try await explain(.anywhere) == (scope != nil), "\(what)")
                    #expect(try await explain(.outsideOfRegions) == (scope == .everywhere), "\(what)")
                    for (number, code) in numbers {
                        let isLetIn = scope?.contains(number) ?? false
                        #expect(try await explain(.region(code)) == isLetIn, "\(what) in \(code)")
                        allowed += isLetIn ? 1 : 0
                    }
                }
            }
            // Neither all nor nothing, or the comparison would say little.
            #expect(allowed > 0)
            #expect(allowed < tokens.count * permissions.count * numbers.count)
        }
    }

    @Test("each grant says why it does not help")
    func reasons() async throws {
        try await withTestDatabase { pool in
            try await pool.execute(
                """
                INSERT INTO registry.region (code, name_zh, name_en, level, parent_code, roles, focus_industries,
                    source_file, source_locator, batch_id, line)
                VALUES ('A', '', '', 'x', NULL, '', '', '', '', 1, 1), ('A1', '', '', 'x', 'A', '', '', '', '', 1, 1),
                    ('B', '', '', 'x', NULL, '', '', '', '', 1, 1)
                """
            )
            try await pool.withTransaction { connection in
                _ = try await PrincipalStore(connection).create("user:li", name: "Li", by: "test")
                let store = GrantStore(connection)
                func add(_ role: String, _ region: String?, from: Int = 0, until: Int? = nil) async throws -> Int64 {
                    try await store.create(
                        role,
                        to: "user:li",
                        region: region,
                        from: Self.instants[from],
                        until: until.map { Self.instants[$0] },
                        by: "test"
                    )
                }
                _ = try await add("viewer", "A")
                _ = try await add("viewer", "B")
                _ = try await add("operator", nil)
                _ = try await add("viewer", nil, from: 3)
                _ = try await add("viewer", nil, until: 2)
                _ = try await store.revoke(try await add("viewer", nil), by: "test")
                let explanation = try await AccessExplainer(connection, at: Self.now)
                    .explain("user:li", "registry.read", at: .region("A1"))
                #expect(explanation.isAllowed)
                #expect(explanation.regionPath == ["A1", "A"])
                #expect(
                    explanation.grants.map(\.reason) == [
                        .allows, .otherRegion, .roleLacksPermission, .notYetValid, .expired, .revoked,
                    ]
                )
                let unknown = try await AccessExplainer(connection, at: Self.now)
                    .explain("user:zhao", "registry.read", at: .anywhere)
                #expect(!unknown.isAllowed)
                #expect(unknown.standing == .unknown)
            }
        }
    }
}
