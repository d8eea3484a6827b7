public import DomainModel
public import PostgresClient

/// Reads and writes API tokens. Their secrets never come here: only hashes do.
public struct TokenStore {
    private let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// A token as a request shows it.
    public struct Shown: Sendable {
        /// The number of the token.
        public let id: Int64
        /// SHA-256 of the secret, to be compared once more.
        public let hash: [UInt8]
        /// Its owner.
        public let principal: String
        /// The permissions that it is limited to, or `nil`.
        public let scope: [String]?
        /// When it ends.
        public let expiresAt: Instant
        /// Whether it was revoked, or its owner disabled.
        public let isRevoked: Bool
        /// When it was last used, to the minute.
        public let lastUsedAt: Instant?
    }

    /// A token by the SHA-256 of its secret, or `nil`.
    public func find(hash: [UInt8]) async throws -> Shown? {
        let row = try await connection.queryOne(
            """
            /* identity.token.byHash */ SELECT t.id, t.hash, t.principal_id, t.scope, t.expires_at,
                t.revoked_at IS NOT NULL OR p.disabled_at IS NOT NULL, t.last_used_at
            FROM identity.token t JOIN identity.principal p ON p.id = t.principal_id WHERE t.hash = \(hash)
            """
        )
        guard let row else { return nil }
        let (id, hash, principal, scope, expiresAt, isRevoked, lastUsedAt) = try row.decode(
            (Int64, [UInt8], String, [String]?, PostgresTimestamp, Bool, PostgresTimestamp?).self
        )
        return Shown(
            id: id,
            hash: hash,
            principal: principal,
            scope: scope,
            expiresAt: Instant(expiresAt),
            isRevoked: isRevoked,
            lastUsedAt: lastUsedAt.map { Instant($0) }
        )
    }

    /// Notes that a token was used; at most once a minute, so that reading does not become writing.
    public func touch(_ id: Int64, at instant: Instant) async throws {
        try await connection.execute(
            """
            /* identity.token.touch */ UPDATE identity.token SET last_used_at = \(PostgresTimestamp(instant))
            WHERE id = \(id) AND (last_used_at IS NULL OR last_used_at < \(PostgresTimestamp(instant)) - interval '1 minute')
            """
        )
    }

    /// What a new token says of itself.
    public struct Draft: Sendable {
        /// Its owner.
        public let principal: String
        /// What the owner calls it.
        public let name: String
        /// SHA-256 of the secret.
        public let hash: [UInt8]
        /// The beginning of the secret.
        public let hint: String
        /// The permissions that it is limited to, or `nil`.
        public let scope: [String]?
        /// When it ends.
        public let expiresAt: Instant

        /// Makes a draft of its parts.
        public init(
            principal: String,
            name: String,
            hash: [UInt8],
            hint: String,
            scope: [String]?,
            expiresAt: Instant
        ) {
            self.principal = principal
            self.name = name
            self.hash = hash
            self.hint = hint
            self.scope = scope
            self.expiresAt = expiresAt
        }
    }

    /// Keeps a new token.
    ///
    /// - Returns: Its number.
    /// - Throws: `PostgresError`; a check violation when it ends before it begins.
    public func create(_ draft: Draft, by creator: String) async throws -> Int64 {
        let row = try await connection.queryOne(
            """
            /* identity.token.create */
            INSERT INTO identity.token (principal_id, name, hash, hint, scope, created_by, expires_at)
            VALUES (\(draft.principal), \(draft.name), \(draft.hash), \(draft.hint), \(draft.scope), \(creator),
                \(PostgresTimestamp(draft.expiresAt)))
            RETURNING id
            """
        )
        guard let row else { throw StorageError.missing("the number of the token") }
        return try row.decode(Int64.self)
    }

    /// Ends a token at once.
    ///
    /// - Returns: Whether it was there and not ended yet.
    public func revoke(_ id: Int64, by principal: String) async throws -> Bool {
        try await connection.execute(
            """
            /* identity.token.revoke */ UPDATE identity.token
            SET revoked_at = clock_timestamp(), revoked_by = \(principal) WHERE id = \(id) AND revoked_at IS NULL
            """
        ) > 0
    }

    /// Tokens in the order of their numbers, ended ones as well.
    ///
    /// - Parameters:
    ///   - principal: Only those of a principal.
    ///   - after: Only those with a greater number.
    ///   - limit: At most so many.
    /// - Returns: What was found.
    /// - Throws: `PostgresError`.
    public func list(of principal: String?, after: Int64?, limit: Int) async throws -> [TokenRecord] {
        try await connection.query(
            """
            /* identity.token.list */ SELECT id, principal_id, name, hint, scope, created_at, expires_at, revoked_at,
                last_used_at
            FROM identity.token
            WHERE (\(principal)::text IS NULL OR principal_id = \(principal))
                AND (\(after)::bigint IS NULL OR id > \(after))
            ORDER BY id LIMIT \(limit)
            """
        ).map { row in
            let (id, principal, name, hint, scope, createdAt, expiresAt, revokedAt, lastUsedAt) = try row.decode(
                (
                    Int64, String, String, String, [String]?, PostgresTimestamp, PostgresTimestamp,
                    PostgresTimestamp?, PostgresTimestamp?
                ).self
            )
            return TokenRecord(
                id: id,
                principal: principal,
                name: name,
                hint: hint,
                scope: scope,
                createdAt: Instant(createdAt),
                expiresAt: Instant(expiresAt),
                revokedAt: revokedAt.map { Instant($0) },
                lastUsedAt: lastUsedAt.map { Instant($0) }
            )
        }
    }

    /// A token by its number, or `nil`.
    public func find(_ id: Int64) async throws -> TokenRecord? {
        try await list(of: nil, after: id - 1, limit: 1).first { $0.id == id }
    }
}
