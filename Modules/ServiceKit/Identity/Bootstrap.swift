public import DomainModel
import Logging
import Storage

/// The way in for the first administrator: a one-time token that only the service's own user is given.
///
/// While nobody may do everything, ``BootstrapDoor`` hands out a token, whose hash is kept for ten minutes. Whoever got it
/// sends it to `POST /v1/bootstrap`, is made administrator and gets a token of their own; the first one is dead then.
/// It is never written to a file.
public struct Bootstrap: Sendable {
    private let platform: Platform

    /// Works on a platform.
    public init(_ platform: Platform) { self.platform = platform }

    /// The socket of ``BootstrapDoor``.
    var path: String { "\(platform.directories.data)/bootstrap.sock" }

    private static let life = Int64(600_000_000)
    private static let tokenLife = Int64(90 * 86_400_000_000)

    /// Tells the operator what to do when there is no administrator.
    ///
    /// - Throws: Errors of the database.
    public func prepare() async throws {
        let isOpen = try await platform.read(.service("administration")) {
            try await !BootstrapStore($0).hasAdministrator()
        }
        if isOpen {
            platform.logger.notice(
                "there is no administrator yet: run “ceyuan login --bootstrap SOCKET” as the user of this service",
                metadata: ["socket": .string(path)]
            )
        }
    }

    /// Makes a token in place of the one before.
    ///
    /// - Returns: The token; `nil` when there is an administrator.
    /// - Throws: Errors of the database.
    func open() async throws -> APIToken? {
        let token = APIToken(.bootstrap)
        let end = Instant(microsecondsSince1970: platform.clock.now.microsecondsSince1970 + Self.life)
        return try await platform.write(activity("bootstrap")) { work in
            let store = BootstrapStore(work.connection)
            if try await store.hasAdministrator() {
                work.changesNothing()
                return nil
            }
            try await store.open(hash: token.hash, until: end)
            work.record(AuditEntry("bootstrap.open", of: "administrator"))
            return token
        }
    }

    /// Makes the first administrator.
    ///
    /// - Parameters:
    ///   - secret: The text of the token.
    ///   - user: The name after `user:`.
    ///   - name: What people call them.
    ///   - requestID: Of the request, for the audit trail.
    /// - Returns: Their token.
    /// - Throws: ``Problem``: `TOKEN_INVALID` for a wrong, used or old token.
    public func take(_ secret: String, user: String, name: String, requestID: String) async throws -> IssuedToken {
        guard let given = APIToken(secret), given.kind == .bootstrap else { throw Problem.tokenInvalid() }
        let (principal, token, now) = ("user:\(user)", APIToken(), platform.clock.now)
        let end = Instant(microsecondsSince1970: now.microsecondsSince1970 + Self.tokenLife)
        let id = try await platform.write(activity(requestID)) { work in
            guard try await BootstrapStore(work.connection).take(hash: given.hash, at: now) else {
                throw Problem.tokenInvalid()
            }
            let by = work.activity.principal.id
            _ = try await PrincipalStore(work.connection).create(principal, name: name, by: by)
            _ = try await GrantStore(work.connection)
                .create("administrator", to: principal, region: nil, from: now, until: nil, by: by)
            let draft = TokenStore.Draft(
                principal: principal,
                name: "bootstrap",
                hash: token.hash,
                hint: token.hint,
                scope: nil,
                expiresAt: end
            )
            let id = try await TokenStore(work.connection).create(draft, by: by)
            work.record(AuditEntry("bootstrap.take", of: principal, details: ["token": .count(id)]))
            return id
        }
        platform.logger.notice("the first administrator is made", metadata: ["principal": .string(principal)])
        return IssuedToken(id: id, principal: principal, token: token.text, expiresAt: end)
    }

    private func activity(_ id: String) -> Activity { Activity(principal: .service("administration"), id: id) }
}
