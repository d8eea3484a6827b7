import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Grants over HTTP, and why somebody may do something.
struct GrantRoutes: Sendable {
    let platform: Platform

    func mount(on api: APIRouter) {
        api.get(
            "/v1/grants",
            summary: "Grants, ended ones as well",
            zh: "授权，含已失效的",
            permission: .readIdentity,
            query: [Parameter("principal", .text, "Only those of a principal", zh: "仅该主体"), .limit, .after],
            answers: [.json(Page<AccessGrant>.self)],
            problems: [],
            handler: list
        )
        api.post(
            "/v1/grants",
            summary: "Gives a role",
            zh: "授予角色",
            permission: .manageIdentity,
            body: .json(NewGrant.self),
            answers: [.json(AccessGrant.self, status: .created)],
            problems: [.notFound, .grantTooWide],
            handler: add
        )
        api.delete(
            "/v1/grants/{id}",
            summary: "Takes a grant back at once",
            zh: "立即收回授权",
            permission: .manageIdentity,
            parameters: [
                Parameter("id", .integer(1...Int.max), "Number of the grant", zh: "授权编号", isRequired: true)
            ],
            answers: [.empty()],
            problems: [.notFound],
            handler: revoke
        )
        api.get(
            "/v1/access/explanation",
            summary: "Why somebody may do something, or why not",
            zh: "某主体为何可以或不可以做某事",
            permission: .readIdentity,
            query: [
                Parameter("principal", .text, "Who", zh: "主体", isRequired: true),
                Parameter("permission", .text, "What", zh: "权限", isRequired: true),
                Parameter("region", .text, "Where: the code of a region", zh: "何处：地区代码"),
                Parameter("record", .text, "Where: a record, as KIND/ID", zh: "何处：记录，写作 KIND/ID"),
                Parameter("token", .integer(1...Int.max), "By which of their tokens", zh: "凭其哪个令牌"),
            ],
            answers: [.json(AccessExplanation.self)],
            problems: [.notFound],
            handler: explain
        )
    }

    @Sendable private func list(_ request: APIRequest) async throws -> APIResponse {
        let (principal, after, limit) = (
            try request.query("principal"), try request.after.flatMap(Int64.init), try request.limit
        )
        let found = try await platform.read(request.principal) { connection in
            try await GrantStore(connection).list(of: principal, after: after, limit: limit + 1)
        }
        return try .page(Page(found, limit: limit) { String($0.id) }, for: request)
    }

    @Sendable private func add(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let order = try await request.body(as: NewGrant.self)
        let from = order.validFrom ?? platform.clock.now
        if let end = order.validUntil, end <= from {
            throw Problem(
                .bodyInvalid,
                "validUntil is not after validFrom.",
                zh: "validUntil 不晚于 validFrom。"
            )
            .with("pointer", "/validUntil")
        }
        return try await platform.write(request.activity) { work in
            guard let role = try await RoleStore(work.connection).find(order.role) else {
                throw Problem.notFound("role", zh: "角色", order.role)
            }
            guard try await PrincipalStore(work.connection).find(order.principal) != nil else {
                throw Problem.notFound("user", zh: "用户", order.principal)
            }
            if let region = order.region, try await RegionStore(work.connection).find(region) == nil {
                throw Problem.notFound("region", zh: "地区", region)
            }
            try request.requireCover(
                Dictionary(uniqueKeysWithValues: role.permissions.map { ($0, RegionScope.everywhere) })
            )
            let store = GrantStore(work.connection)
            let id = try await store.create(
                role.code,
                to: order.principal,
                region: order.region,
                from: from,
                until: order.validUntil,
                by: request.principal.id
            )
            work.record(
                AuditEntry(
                    "grant.create",
                    of: "\(id)",
                    details: [
                        "principal": .text(order.principal), "role": .text(role.code),
                        "region": .text(order.region ?? "everywhere"),
                    ]
                )
            )
            return try await work.answer(
                .json(store.find(id), status: .created, headers: [.location: "/v1/grants/\(id)"])
            )
        }
    }

    @Sendable private func revoke(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let id = try request.path("id", as: Int64.self)
        let isDone = try await platform.write(request.activity) { work in
            let isDone = try await GrantStore(work.connection).revoke(id, by: request.principal.id)
            if isDone { work.record(AuditEntry("grant.revoke", of: "\(id)")) } else { work.changesNothing() }
            return isDone
        }
        guard isDone else { throw Problem.notFound("grant in force", zh: "有效授权", id) }
        return .empty()
    }

    @Sendable private func explain(_ request: APIRequest) async throws -> APIResponse {
        let (who, what) = (try request.requiredQuery("principal"), try request.requiredQuery("permission"))
        let (region, record) = (try request.query("region"), try request.query("record"))
        let token = try request.query("token", as: Int64.self)
        if region != nil, record != nil {
            throw Problem(
                .parameterInvalid,
                "Give a region or a record, not both.",
                zh: "region 与 record 只能给出其一。"
            )
        }
        let now = platform.clock.now
        // Where records lie is asked in the platform's own name: the answer says the region and nothing else of them.
        let explanation = try await platform.read(.service("administration")) { connection in
            try await requireKnown(what, connection)
            return try await AccessExplainer(connection, at: now)
                .explain(who, what, at: try await place(region, record, connection), record: record, token: token)
        }
        return try .json(explanation, headers: [.cacheControl: "no-store"])
    }

    /// Passes permissions that a plugin of this process lists, and those of plugins elsewhere, which stand in roles.
    ///
    /// - Throws: ``Problem``: `NOT_FOUND` with the nearest ones.
    private func requireKnown(_ permission: String, _ connection: PostgresConnection) async throws {
        let roles = try await RoleStore(connection).all()
        let known = Set(platform.permissions.map(\.id) + roles.flatMap(\.permissions))
        if known.contains(permission) { return }
        let nearest = nearestNames(to: permission, among: known)
        let list = nearest.joined(separator: ", ")
        throw Problem(
            .notFound,
            "There is no permission \(permission)" + (nearest.isEmpty ? "." : "; nearest: \(list)."),
            zh: "没有权限 \(permission)" + (nearest.isEmpty ? "。" : "，相近的有：\(list)。"),
            hint: LocalizedText(
                zh: "权限名写作“对象.动作”，见 ceyuan role list。",
                en: "Permissions are written SUBJECT.ACTION; “ceyuan role list” has those of each role."
            )
        )
        .with("nearest", nearest)
    }

    private func place(
        _ region: String?,
        _ record: String?,
        _ connection: PostgresConnection
    ) async throws -> AccessExplainer.Place {
        let questions = AccessQuestions(connection)
        if let region {
            guard try await !questions.path(of: region).isEmpty else {
                throw Problem.notFound("region", zh: "地区", region)
            }
            return .region(region)
        }
        guard let record else { return .anywhere }
        let parts = record.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, let kind = AccessQuestions.Kind(rawValue: parts[0]) else {
            let kinds = AccessQuestions.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(
                .parameterInvalid,
                "record is \(record); expected KIND/ID with a kind of \(kinds).",
                zh: "record 为 \(record)，应为 KIND/ID，其中 KIND 为 \(kinds)。"
            )
        }
        switch try await questions.place(of: kind, parts[1]) {
        case .missing: throw Problem.notFound(kind.rawValue, zh: "记录", parts[1])
        case .nowhere: return .outsideOfRegions
        case .region(let code): return .region(code)
        }
    }
}
