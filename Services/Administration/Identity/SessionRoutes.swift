import DomainModel
import HTTPTypes
import ServiceKit
import Storage

/// Getting in, and seeing as whom one is in.
struct SessionRoutes: Sendable {
    let platform: Platform

    func mount(on api: APIRouter) {
        api.post(
            "/v1/bootstrap",
            summary: "Makes the first administrator, by the one-time token of the service's own socket",
            zh: "凭服务本机套接字给出的一次性令牌创建首位管理员",
            permission: .public,
            body: .json(BootstrapOrder.self),
            bodyLimit: 4_096,
            answers: [.json(IssuedToken.self, status: .created)],
            problems: [.tokenInvalid, .nameTaken],
            handler: bootstrap
        )
        api.get(
            "/v1/session",
            summary: "Who the caller is, and what they may do",
            zh: "当前身份与权限",
            permission: .signedIn,
            answers: [.json(SignedInSession.self)],
            problems: [],
            handler: session
        )
    }

    @Sendable private func bootstrap(_ request: APIRequest) async throws -> APIResponse {
        let order = try await request.body(as: BootstrapOrder.self)
        try PrincipalName.check(order.user)
        let made = try await Bootstrap(platform)
            .take(order.token, user: order.user, name: order.name, requestID: request.id)
        return try .json(made, status: .created, headers: [.cacheControl: "no-store"])
    }

    @Sendable private func session(_ request: APIRequest) async throws -> APIResponse {
        guard let authority = request.authority else { throw StorageError.missing("the authority of the caller") }
        let (name, regions) = try await platform.read(request.principal) { connection in
            (
                try await PrincipalStore(connection).find(authority.principal)?.name,
                try await RegionStore(connection).codesByNumber()
            )
        }
        let permissions = authority.effective.sorted { $0.key < $1.key }.map { permission, scope in
            SignedInSession.HeldPermission(permission: permission, regions: scope.codes(by: regions))
        }
        let session = SignedInSession(
            principal: authority.principal,
            name: name,
            token: authority.token,
            expiresAt: authority.expiresAt,
            permissions: permissions
        )
        return try .json(session, headers: [.cacheControl: "no-store"])
    }
}

extension RegionScope {
    /// The codes of the regions in order; `nil` is everywhere.
    func codes(by number: [Int32: String]) -> [String]? {
        switch self {
        case .everywhere: nil
        case .regions(let these): these.compactMap { number[$0] }.sorted()
        }
    }
}
