public import DomainModel
import Logging
import Storage

/// The way in for the first administrator: a one-time token in a file that only the service's user can read.
///
/// While nobody may do everything, each start of a host with the administration writes a new token to
/// `DATA/bootstrap-token` (mode 0600) and keeps its hash for a day. Whoever can read the file sends the token to
/// `POST /v1/bootstrap`, is made administrator and gets a token of their own; the file goes and the token is dead.
public struct Bootstrap: Sendable {
    private let platform: Platform

    /// Works on a platform.
    public init(_ platform: Platform) { self.platform = platform }

    /// The file.
    public var path: String { "\(platform.directories.data)/bootstrap-token" }

    private static let life = Int64(86_400_000_000)
    private static let tokenLife = Int64(90 * 86_400_000_000)

    /// Opens the way when there is no administrator; closes it when there is one.
    ///
    /// - Throws: Errors of the database or of the file.
    public func prepare() async throws {
        let token = APIToken(.bootstrap)
        let end = Instant(microsecondsSince1970: platform.clock.now.microsecondsSince1970 + Self.life)
        let isOpen = try await platform.write(activity("start")) { work in
            let store = BootstrapStore(work.connection)
            if try await store.hasAdministrator() {
                work.changesNothing()
                return false
            }
            try await store.open(hash: token.hash, until: end)
            work.record(AuditEntry("bootstrap.open", of: "administrator"))
            return true
        }
        guard isOpen else { return removeFile(path) }
        try writeAtomically("\(token.text)\n", to: path, mode: 0o600)
        platform.logger.notice(
            "there is no administrator yet: run “ceyuan login --bootstrap FILE”",
            metadata: ["file": .string(path)]
        )
    }

    /// Makes the first administrator.
    ///
    /// - Parameters:
    ///   - secret: The text of the file.
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
        removeFile(path)
        platform.logger.notice("the first administrator is made", metadata: ["principal": .string(principal)])
        return IssuedToken(id: id, principal: principal, token: token.text, expiresAt: end)
    }

    private func activity(_ id: String) -> Activity { Activity(principal: .service("administration"), id: id) }
}
