import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// API tokens over HTTP: everybody keeps their own; whoever manages identity keeps all.
struct TokenRoutes: Sendable {
    let platform: Platform

    private static let id = Parameter(
        "id",
        .integer(1...Int.max),
        "Number of the token",
        zh: "令牌编号",
        isRequired: true
    )
    private static let day = Int64(86_400_000_000)

    func mount(on api: APIRouter) {
        api.get(
            "/v1/tokens",
            summary: "One's own tokens, or those of a principal; ended ones as well",
            zh: "本人或某主体的令牌，含已失效的",
            permission: .signedIn,
            query: [
                Parameter("principal", .text, "Whose; needs identity.read for others", zh: "属于谁；查他人需 identity.read"),
                .limit, .after,
            ],
            answers: [.json(Page<TokenRecord>.self)],
            problems: [],
            handler: list
        )
        api.post(
            "/v1/tokens",
            summary: "Makes a token; shows its secret once",
            zh: "新建令牌，密文只显示一次",
            permission: .signedIn,
            body: .json(NewToken.self),
            answers: [.json(IssuedToken.self, status: .created)],
            problems: [.notFound, .grantTooWide],
            handler: add
        )
        api.post(
            "/v1/tokens/{id}/rotation",
            summary: "Makes a token like another, which ends",
            zh: "换发令牌，原令牌失效",
            permission: .signedIn,
            parameters: [Self.id],
            body: .json(TokenRotation.self),
            answers: [.json(IssuedToken.self, status: .created)],
            problems: [.notFound, .grantTooWide],
            handler: rotate
        )
        api.delete(
            "/v1/tokens/{id}",
            summary: "Ends a token at once",
            zh: "立即废止令牌",
            permission: .signedIn,
            parameters: [Self.id],
            answers: [.empty()],
            problems: [.notFound],
            handler: revoke
        )
    }

    @Sendable private func list(_ request: APIRequest) async throws -> APIResponse {
        let whose = try request.query("principal") ?? request.principal.id
        if whose != request.principal.id, request.authority?.regions(for: .readIdentity) != .everywhere {
            throw Problem.deniedOutsideRegions(.readIdentity, to: request.principal)
        }
        let (after, limit) = (try request.after.flatMap(Int64.init), try request.limit)
        let found = try await platform.read(request.principal) { connection in
            try await TokenStore(connection).list(of: whose, after: after, limit: limit + 1)
        }
        return try .page(Page(found, limit: limit) { String($0.id) }, for: request)
    }

    @Sendable private func add(_ request: APIRequest) async throws -> APIResponse {
        let order = try await request.body(as: NewToken.self)
        try Self.check(days: order.days)
        let whose = order.principal ?? request.principal.id
        let issued = try await platform.write(request.activity) { work in
            try await issue(order.name, to: whose, scope: order.scope, days: order.days ?? 90, request, work)
        }
        return try .json(issued, status: .created, headers: [.cacheControl: "no-store"])
    }

    @Sendable private func rotate(_ request: APIRequest) async throws -> APIResponse {
        let id = try request.path("id", as: Int64.self)
        let wanted = try await request.body(as: TokenRotation.self).days
        try Self.check(days: wanted)
        let issued = try await platform.write(request.activity) { work in
            let old = try await kept(id, request, work.connection)
            guard try await TokenStore(work.connection).revoke(id, by: request.principal.id) else {
                throw Problem.notFound("token in force", zh: "有效令牌", id)
            }
            work.record(AuditEntry("token.revoke", of: "\(id)", details: ["principal": .text(old.principal)]))
            let span = old.expiresAt.microsecondsSince1970 - old.createdAt.microsecondsSince1970
            let days = wanted ?? Int(max(1, min(366, (span + Self.day / 2) / Self.day)))
            return try await issue(old.name, to: old.principal, scope: old.scope, days: days, request, work)
        }
        return try .json(issued, status: .created, headers: [.cacheControl: "no-store"])
    }

    @Sendable private func revoke(_ request: APIRequest) async throws -> APIResponse {
        let id = try request.path("id", as: Int64.self)
        try await platform.write(request.activity) { work in
            let token = try await kept(id, request, work.connection)
            guard try await TokenStore(work.connection).revoke(id, by: request.principal.id) else {
                throw Problem.notFound("token in force", zh: "有效令牌", id)
            }
            work.record(AuditEntry("token.revoke", of: "\(id)", details: ["principal": .text(token.principal)]))
        }
        return .empty()
    }

    private static func check(days: Int?) throws {
        guard (1...366).contains(days ?? 90) else {
            throw Problem(.bodyInvalid, "days: expected 1 to 366.", zh: "days：应为 1 至 366。").with("pointer", "/days")
        }
    }

    /// A token that the caller may end: their own, or any for those who manage identity; else it is as if not there.
    private func kept(
        _ id: Int64,
        _ request: APIRequest,
        _ connection: PostgresConnection
    ) async throws -> TokenRecord {
        let isManager = request.authority?.regions(for: .manageIdentity) == .everywhere
        guard let token = try await TokenStore(connection).find(id),
            token.principal == request.principal.id || isManager
        else { throw Problem.notFound("token", zh: "令牌", id) }
        return token
    }

    private func issue(
        _ name: String,
        to whose: String,
        scope: [String]?,
        days: Int,
        _ request: APIRequest,
        _ work: UnitOfWork
    ) async throws -> IssuedToken {
        guard let authority = request.authority else { throw StorageError.missing("the authority of the caller") }
        let now = platform.clock.now
        var scope = scope
        if whose == request.principal.id {
            // A token with limits makes no token with fewer.
            scope = scope ?? authority.tokenScope?.sorted()
            for name in scope ?? [] where authority.effective[name] ?? authority.effective[Authority.all] == nil {
                try request.requireCover([name: .nowhere])
            }
        } else {
            guard authority.regions(for: .manageIdentity) == .everywhere else {
                throw Problem.deniedOutsideRegions(.manageIdentity, to: request.principal)
            }
            guard try await PrincipalStore(work.connection).find(whose) != nil else {
                throw Problem.notFound("user", zh: "用户", whose)
            }
            try request.requireCover(try await GrantStore(work.connection).permissions(of: whose, at: now))
        }
        let token = APIToken()
        let end = Instant(microsecondsSince1970: now.microsecondsSince1970 + Int64(days) * Self.day)
        let draft = TokenStore.Draft(
            principal: whose,
            name: name,
            hash: token.hash,
            hint: token.hint,
            scope: scope,
            expiresAt: end
        )
        let id = try await TokenStore(work.connection).create(draft, by: request.principal.id)
        work.record(
            AuditEntry("token.create", of: "\(id)", details: ["principal": .text(whose), "days": .count(days)])
        )
        return IssuedToken(id: id, principal: whose, token: token.text, expiresAt: end)
    }
}
