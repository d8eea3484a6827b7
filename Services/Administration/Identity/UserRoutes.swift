import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Users and roles over HTTP.
struct UserRoutes: Sendable {
    let platform: Platform

    func mount(on api: APIRouter) {
        api.get(
            "/v1/users",
            summary: "Users",
            zh: "用户",
            permission: .readIdentity,
            query: [.limit, .after],
            answers: [.json(Page<User>.self)],
            problems: [],
            handler: list
        )
        api.post(
            "/v1/users",
            summary: "Adds a user",
            zh: "添加用户",
            permission: .manageIdentity,
            body: .json(NewUser.self),
            answers: [.json(User.self, status: .created)],
            problems: [.nameTaken],
            handler: add
        )
        api.get(
            "/v1/users/{id}",
            summary: "One user",
            zh: "单个用户",
            permission: .readIdentity,
            answers: [.json(User.self)],
            problems: [.notFound],
            handler: get
        )
        api.put(
            "/v1/users/{id}",
            summary: "Shuts a user out, or lets them in again",
            zh: "停用或恢复用户",
            permission: .manageIdentity,
            body: .json(UserChange.self),
            answers: [.json(User.self)],
            problems: [.notFound],
            handler: change
        )
        api.get(
            "/v1/roles",
            summary: "Roles with their permissions",
            zh: "角色及其权限",
            permission: .readIdentity,
            answers: [.json(Page<Role>.self)],
            problems: []
        ) { request in
            let roles = try await platform.read(request.principal) { try await RoleStore($0).all() }
            return try .page(Page(items: roles), for: request)
        }
        api.post(
            "/v1/roles",
            summary: "Makes a role, or changes one that is not built in",
            zh: "新建角色，或修改非内置角色",
            permission: .manageIdentity,
            body: .json(NewRole.self),
            answers: [.json(Role.self)],
            problems: [.nameTaken, .grantTooWide],
            handler: putRole
        )
    }

    @Sendable private func list(_ request: APIRequest) async throws -> APIResponse {
        let (after, limit) = (try request.after, try request.limit)
        let found = try await platform.read(request.principal) { connection in
            try await PrincipalStore(connection).list(after: after, limit: limit + 1)
        }
        return try .page(Page(found, limit: limit, cursor: \.id), for: request)
    }

    @Sendable private func get(_ request: APIRequest) async throws -> APIResponse {
        let id = try request.path("id")
        let user = try await platform.read(request.principal) { try await PrincipalStore($0).find(id) }
        guard let user else { throw Problem.notFound("user", zh: "用户", id) }
        return try .json(user)
    }

    @Sendable private func add(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let order = try await request.body(as: NewUser.self)
        try PrincipalName.check(id: order.id)
        guard (order.issuer == nil) == (order.subject == nil) else {
            throw Problem(
                .bodyInvalid,
                "issuer and subject come together.",
                zh: "issuer 与 subject 须同时给出。"
            )
        }
        return try await platform.write(request.activity) { work in
            let store = PrincipalStore(work.connection)
            let issuer = order.issuer.flatMap { issuer in order.subject.map { (issuer, $0) } }
            do {
                guard try await store.create(order.id, name: order.name, issuer: issuer, by: request.principal.id)
                else { throw Problem.taken("user", zh: "用户", order.id) }
            } catch let error as PostgresError where error.sqlState == .uniqueViolation {
                throw Problem.taken("subject", zh: "外部账号", order.subject ?? "")
            }
            work.record(AuditEntry("user.create", of: order.id))
            return try await work.answer(
                .json(store.find(order.id), status: .created, headers: [.location: "/v1/users/\(order.id)"])
            )
        }
    }

    @Sendable private func change(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let id = try request.path("id")
        let change = try await request.body(as: UserChange.self)
        // In one snapshot: where somebody has changed it since, this runs again, and sees that.
        let user = try await platform.write(request.activity, isolation: .repeatableRead) { work in
            let store = PrincipalStore(work.connection)
            try await request.match(store.find(id).map { try EntityTag(json: $0) })
            guard try await store.setDisabled(change.isDisabled, id) else {
                throw Problem.notFound("user", zh: "用户", id)
            }
            work.record(AuditEntry(change.isDisabled ? "user.disable" : "user.enable", of: id))
            return try await store.find(id)
        }
        return try .json(user)
    }

    @Sendable private func putRole(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let order = try await request.body(as: NewRole.self)
        guard order.code.wholeMatch(of: /[a-z][a-z0-9_]{0,62}/) != nil,
            order.permissions.allSatisfy({ $0 == Authority.all || $0.wholeMatch(of: /[a-z_]+\.[a-z_]+/) != nil })
        else {
            throw Problem(
                .bodyInvalid,
                "A code is of a–z, 0–9 and _; a permission is two words with a dot between them.",
                zh: "code 由 a–z、0–9 与 _ 组成；权限由点号连接的两个词组成。"
            )
        }
        // Whoever has the role gets it everywhere at once, where they have it already.
        try request.requireCover(Dictionary(uniqueKeysWithValues: Set(order.permissions).map { ($0, .everywhere) }))
        return try await platform.write(request.activity) { work in
            let store = RoleStore(work.connection)
            guard try await store.put(order) else { throw Problem.taken("built-in role", zh: "内置角色", order.code) }
            let permissions = order.permissions.sorted().joined(separator: " ")
            work.record(AuditEntry("role.put", of: order.code, details: ["permissions": .text(permissions)]))
            return try await work.answer(.json(store.find(order.code)))
        }
    }
}
