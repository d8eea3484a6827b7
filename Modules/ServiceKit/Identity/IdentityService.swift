import Crypto
import DomainModel
import FoundationEssentials
import Logging
import PostgresClient
import Storage

/// Proves who callers are: by the platform's own tokens, and by those of an OpenID provider.
final class IdentityService: Authenticator {
    private let database: PostgresPool
    private let clock: PlatformClock
    private let cache: AuthorityCache
    private let provider: ProviderTokens?
    private let deadlines: RequestDeadlines

    /// Makes the service; nothing is read yet. To find out who somebody is may take as long as the deadlines say.
    init(
        database: PostgresPool,
        clock: PlatformClock,
        settings: IdentitySettings,
        deadlines: RequestDeadlines = RequestDeadlines(limit: nil),
        logger: Logger
    ) {
        self.database = database
        self.clock = clock
        self.deadlines = deadlines
        self.cache = AuthorityCache(lifetime: settings.cacheLifetime)
        provider = settings.provider.map { provider in
            let ring = KeyRing(clock: clock, logger: logger) { try await provider.fetch() }
            return ProviderTokens(settings: provider, ring: ring, clock: clock)
        }
    }

    func authority(of bearer: String) async throws -> Authority {
        let digest = SHA256.hash(data: Array(bearer.utf8))
        if let known = cache.find(digest) {
            if let end = known.expiresAt, end <= clock.now { throw Problem.tokenExpired() }
            return known
        }
        let token = APIToken(bearer)
        // What is neither a token of ours nor one of a provider is not worth a look at the database.
        guard token?.kind == .access || (token == nil && provider != nil) else { throw Problem.tokenInvalid() }
        let found = try await deadlines.run { _ in
            try await token == nil ? self.prove(bearer) : self.look(digest)
        }
        cache.keep(found, for: digest)
        return found
    }

    /// Looks every token up again: who may do what was changed.
    func forget() { cache.clear() }

    private func prove(_ bearer: String) async throws -> Authority {
        guard let provider else { throw Problem.tokenInvalid() }
        let proof = try await provider.check(bearer)
        let now = clock.now
        return try await database.withConnection { connection in
            guard let id = try await PrincipalStore(connection).find(issuer: proof.issuer, subject: proof.subject)
            else {
                throw Problem.notAUser()
            }
            let permissions = try await GrantStore(connection).permissions(of: id, at: now)
            return Authority(principal: id, expiresAt: proof.expiresAt, permissions: permissions)
        }
    }

    private func look(_ digest: SHA256.Digest) async throws -> Authority {
        let now = clock.now
        return try await database.withConnection { connection in
            let store = TokenStore(connection)
            // Found by an index, whose time tells nothing of the secret: it is looked up by its hash. The comparison
            // takes the same time wherever the bytes differ.
            guard let shown = try await store.find(hash: Array(digest)), digest == shown.hash, !shown.isRevoked else {
                throw Problem.tokenInvalid()
            }
            guard shown.expiresAt > now else { throw Problem.tokenExpired() }
            let permissions = try await GrantStore(connection).permissions(of: shown.principal, at: now)
            if shown.lastUsedAt.map({ now.microsecondsSince1970 - $0.microsecondsSince1970 > 60_000_000 }) ?? true {
                try await store.touch(shown.id, at: now)
            }
            return Authority(
                principal: shown.principal,
                token: shown.id,
                expiresAt: shown.expiresAt,
                permissions: permissions,
                tokenScope: shown.scope.map(Set.init)
            )
        }
    }
}
