public import DomainModel
public import PostgresClient
import Storage

/// Says why somebody may do something, or why not: the decision again, from the grants instead of the tokens.
public struct AccessExplainer {
    private let connection: PostgresConnection
    private let now: Instant

    /// Explains the state at an instant, on a connection that sees every region.
    public init(_ connection: PostgresConnection, at now: Instant) {
        self.connection = connection
        self.now = now
    }

    /// Where the question is about.
    public enum Place: Sendable {
        /// Anywhere: whether the route lets them in at all.
        case anywhere
        /// Something that lies in no region: only grants that hold everywhere count.
        case outsideOfRegions
        /// A region.
        case region(String)
    }

    /// Explains.
    ///
    /// - Parameters:
    ///   - principal: Who.
    ///   - permission: What.
    ///   - place: Where.
    ///   - record: The record that the place is of, as the question names it.
    ///   - token: The number of a token of theirs that they would use.
    /// - Returns: The verdict, with every grant and what it has to do with it.
    /// - Throws: `PostgresError`.
    public func explain(
        _ principal: String,
        _ permission: String,
        at place: Place,
        record: String? = nil,
        token: Int64? = nil
    ) async throws -> AccessExplanation {
        let user = try await PrincipalStore(connection).find(principal)
        let standing: AccessExplanation.Standing =
            user.map { $0.isDisabled ? .disabled : .known } ?? .unknown
        var tokenVerdict: AccessExplanation.TokenVerdict?
        if let token { tokenVerdict = try await verdict(of: token, principal, permission) }
        var path: [String] = []
        var region: String?
        if case .region(let code) = place {
            region = code
            path = try await AccessQuestions(connection).path(of: code)
        }
        let roles = try await RoleStore(connection).all()
            .filter { $0.permissions.contains(permission) || $0.permissions.contains(Authority.all) }
        let grants = try await GrantStore(connection).list(of: principal, after: nil, limit: 10_000)
        let verdicts = grants.map { grant in
            AccessExplanation.GrantVerdict(
                grant: grant,
                reason: reason(grant, hasRole: roles.contains { $0.code == grant.role }, place, path)
            )
        }
        let isGranted = verdicts.contains { $0.reason == .allows }
        return AccessExplanation(
            principal: principal,
            permission: permission,
            region: region,
            regionPath: path,
            record: record,
            isAllowed: standing == .known && isGranted && (tokenVerdict ?? .allows) == .allows,
            standing: standing,
            token: tokenVerdict,
            grants: verdicts
        )
    }

    private func reason(
        _ grant: AccessGrant,
        hasRole: Bool,
        _ place: Place,
        _ path: [String]
    ) -> AccessExplanation.Reason {
        if grant.revokedAt != nil { return .revoked }
        if grant.validFrom > now { return .notYetValid }
        if let end = grant.validUntil, end <= now { return .expired }
        if !hasRole { return .roleLacksPermission }
        switch place {
        case .anywhere: return .allows
        case .outsideOfRegions: return grant.region == nil ? .allows : .otherRegion
        case .region: return grant.region.map(path.contains) ?? true ? .allows : .otherRegion
        }
    }

    private func verdict(
        of token: Int64,
        _ principal: String,
        _ permission: String
    ) async throws -> AccessExplanation.TokenVerdict {
        guard let found = try await TokenStore(connection).find(token), found.principal == principal else {
            return .unknown
        }
        if found.revokedAt != nil { return .revoked }
        if found.expiresAt <= now { return .expired }
        return found.scope.map { $0.contains(permission) } ?? true ? .allows : .outOfScope
    }
}
