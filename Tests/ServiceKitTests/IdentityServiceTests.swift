import DomainModel
import Logging
import PostgresClient
import Storage
import Synchronization
import TestSupport
import Testing

@testable import ServiceKit

@Suite("Who stands behind a token")
struct IdentityServiceTests {
    /// A clock that a test sets.
    private final class Hands: Sendable {
        let now = Mutex(Instant("2126-07-01T00:00:00Z")!)
        var clock: PlatformClock { PlatformClock { self.now.withLock { $0 } } }
        func set(_ text: String) { now.withLock { $0 = Instant(text)! } }
    }

    private func service(_ pool: PostgresPool, _ hands: Hands, cached: Duration = .zero) -> IdentityService {
        var settings = IdentitySettings()
        settings.cacheLifetime = cached
        return IdentityService(
            database: pool,
            clock: hands.clock,
            settings: settings,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// Three regions: a district in a city, and another city.
    private static let regions = """
        INSERT INTO registry.region (code, name_zh, name_en, level, parent_code, roles, focus_industries, source_file,
            source_locator, batch_id, line)
        SELECT code, code, code, 'x', parent, '', '', '', '', 1, 1
        FROM (VALUES ('A', NULL), ('A1', 'A'), ('A11', 'A1'), ('B', NULL)) AS r (code, parent);
        """

    @discardableResult
    private func add(
        _ pool: PostgresPool,
        _ role: String = "viewer",
        region: String? = nil,
        from: String = "2020-01-01T00:00:00Z",
        until: String? = nil,
        scope: [String]? = nil,
        expires: String = "2130-01-01T00:00:00Z"
    ) async throws -> (token: APIToken, id: Int64, grant: Int64) {
        let token = APIToken()
        return try await pool.withTransaction { connection in
            _ = try await PrincipalStore(connection).create("user:li", name: "Li", by: "test")
            let grant = try await GrantStore(connection).create(
                role,
                to: "user:li",
                region: region,
                from: Instant(from)!,
                until: until.map { Instant($0)! },
                by: "test"
            )
            let draft = TokenStore.Draft(
                principal: "user:li",
                name: "t",
                hash: token.hash,
                hint: token.hint,
                scope: scope,
                expiresAt: Instant(expires)!
            )
            return (token, try await TokenStore(connection).create(draft, by: "test"), grant)
        }
    }

    private func code(_ body: () async throws -> Authority) async -> String {
        do {
            _ = try await body()
            return "let in"
        } catch let problem as Problem {
            return problem.code.id
        } catch {
            return "\(error)"
        }
    }

    @Test("a token has its owner's permissions, within its own scope")
    func permissions() async throws {
        try await withTestDatabase { pool in
            let (hands, viewer) = (Hands(), try await add(pool))
            let service = service(pool, hands)
            let authority = try await service.authority(of: viewer.token.text)
            #expect(authority.principal == "user:li")
            #expect(authority.regions(for: Permission("registry.read", en: "", zh: "")) == .everywhere)
            #expect(authority.regions(for: Permission("registry.write", en: "", zh: "")) == nil)
            let narrow = try await add(pool, "administrator", scope: ["registry.read"])
            let limited = try await service.authority(of: narrow.token.text)
            #expect(limited.regions(for: Permission("registry.read", en: "", zh: "")) == .everywhere)
            #expect(limited.regions(for: Permission("identity.manage", en: "", zh: "")) == nil)
            #expect(limited.effective == ["registry.read": .everywhere])
        }
    }

    @Test("unknown, tampered, cut and bootstrap tokens are refused alike")
    func refused() async throws {
        try await withTestDatabase { pool in
            let service = service(pool, Hands())
            let known = try await add(pool).token
            var tampered = known.text
            tampered.replaceSubrange(tampered.index(tampered.startIndex, offsetBy: 9)..<tampered.endIndex, with: "")
            for text in ["", "x", tampered, APIToken().text, APIToken(.bootstrap).text, known.text + "A", "a.b.c"] {
                #expect(await code { try await service.authority(of: text) } == "TOKEN_INVALID", "\(text)")
            }
        }
    }

    @Test("the end of a token, its revocation and its owner's end are felt at once")
    func ended() async throws {
        try await withTestDatabase { pool in
            let hands = Hands()
            let service = service(pool, hands)
            let made = try await add(pool, expires: "2126-08-01T00:00:00Z")
            #expect(await code { try await service.authority(of: made.token.text) } == "let in")
            hands.set("2126-08-01T00:00:00Z")
            #expect(await code { try await service.authority(of: made.token.text) } == "TOKEN_EXPIRED")
            hands.set("2126-07-01T00:00:00Z")
            let revoked = try await pool.withConnection { try await TokenStore($0).revoke(made.id, by: "test") }
            #expect(revoked)
            #expect(await code { try await service.authority(of: made.token.text) } == "TOKEN_INVALID")
            let other = try await add(pool)
            try await pool.execute("UPDATE identity.principal SET disabled_at = now()")
            #expect(await code { try await service.authority(of: other.token.text) } == "TOKEN_INVALID")
        }
    }

    @Test("a cached token is felt to end in time, and its revocation when the cache forgets")
    func cached() async throws {
        try await withTestDatabase { pool in
            let hands = Hands()
            let service = service(pool, hands, cached: .seconds(3_600))
            let made = try await add(pool, expires: "2126-08-01T00:00:00Z")
            _ = try await service.authority(of: made.token.text)
            _ = try await pool.withConnection { try await TokenStore($0).revoke(made.id, by: "test") }
            #expect(await code { try await service.authority(of: made.token.text) } == "let in")
            service.forget()
            #expect(await code { try await service.authority(of: made.token.text) } == "TOKEN_INVALID")
            let short = try await add(pool, expires: "2126-08-01T00:00:00Z")
            _ = try await service.authority(of: short.token.text)
            hands.set("2126-09-01T00:00:00Z")
            #expect(await code { try await service.authority(of: short.token.text) } == "TOKEN_EXPIRED")
        }
    }

    @Test("grants hold from their beginning to their end, for the region and all below it")
    func grants() async throws {
        try await withTestDatabase { pool in
            let hands = Hands()
            let service = service(pool, hands)
            try await pool.withConnection { try await $0.execute(script: Self.regions) }
            let ids = try await pool.query("SELECT id FROM registry.region WHERE code LIKE 'A%'")
                .map { try $0.decode(Int32.self) }
            let made = try await add(
                pool,
                region: "A",
                from: "2126-02-01T00:00:00Z",
                until: "2126-08-01T00:00:00Z"
            )
            let read = Permission("registry.read", en: "", zh: "")
            func regions() async throws -> RegionScope? {
                try await service.authority(of: made.token.text).regions(for: read)
            }
            #expect(try await regions() == .regions(Set(ids)))
            hands.set("2126-01-31T23:59:59Z")
            #expect(try await regions() == nil)
            hands.set("2126-02-01T00:00:00Z")
            #expect(try await regions() != nil)
            hands.set("2126-08-01T00:00:00Z")
            #expect(try await regions() == nil)
            hands.set("2126-07-01T00:00:00Z")
            try await pool.execute("UPDATE identity.access_grant SET revoked_at = now(), revoked_by = 'test'")
            #expect(try await regions() == nil)
        }
    }

    @Test("the use of a token is noted once a minute")
    func lastUsed() async throws {
        try await withTestDatabase { pool in
            let hands = Hands()
            let service = service(pool, hands)
            let made = try await add(pool)
            func noted() async throws -> Instant? {
                let row = try await pool.queryOne("SELECT last_used_at FROM identity.token WHERE id = \(made.id)")
                return try row?.decode(PostgresTimestamp?.self).map { Instant($0) }
            }
            #expect(try await noted() == nil)
            _ = try await service.authority(of: made.token.text)
            #expect(try await noted() == Instant("2126-07-01T00:00:00Z"))
            hands.set("2126-07-01T00:00:59Z")
            _ = try await service.authority(of: made.token.text)
            #expect(try await noted() == Instant("2126-07-01T00:00:00Z"))
            hands.set("2126-07-01T00:01:01Z")
            _ = try await service.authority(of: made.token.text)
            #expect(try await noted() == Instant("2126-07-01T00:01:01Z"))
        }
    }
}
