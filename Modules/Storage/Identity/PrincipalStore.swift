public import DomainModel
public import PostgresClient

/// Reads and writes the people and services that the platform knows.
public struct PrincipalStore {
    private let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Adds somebody.
    ///
    /// - Parameters:
    ///   - id: `user:` or `service:` and a name.
    ///   - name: What people call them.
    ///   - issuer: The OpenID provider that knows them, if one does, with their `subject` there.
    ///   - creator: Who adds them.
    /// - Returns: Whether they were not known before.
    /// - Throws: `PostgresError`; a unique violation when another has the same subject.
    public func create(
        _ id: String,
        name: String,
        issuer: (issuer: String, subject: String)? = nil,
        by creator: String
    ) async throws -> Bool {
        try await connection.execute(
            """
            /* identity.principal.create */
            INSERT INTO identity.principal (id, name, issuer, subject, created_by)
            VALUES (\(id), \(name), \(issuer?.issuer), \(issuer?.subject), \(creator))
            ON CONFLICT (id) DO NOTHING
            """
        ) == 1
    }

    /// Who an OpenID provider's subject is here, or `nil`; people who are disabled are nobody.
    public func find(issuer: String, subject: String) async throws -> String? {
        let row = try await connection.queryOne(
            """
            /* identity.principal.bySubject */ SELECT id FROM identity.principal
            WHERE issuer = \(issuer) AND subject = \(subject) AND disabled_at IS NULL
            """
        )
        return try row?.decode(String.self)
    }

    /// People and services in the order of their ids.
    ///
    /// - Parameters:
    ///   - after: Only those after this id.
    ///   - limit: At most so many.
    /// - Returns: What was found.
    /// - Throws: `PostgresError`.
    public func list(after: String?, limit: Int) async throws -> [User] {
        try await connection.query(
            """
            /* identity.principal.list */ SELECT id, name, issuer, subject, created_at, disabled_at IS NOT NULL
            FROM identity.principal WHERE (\(after)::text IS NULL OR id > \(after)) ORDER BY id LIMIT \(limit)
            """
        ).map(Self.user)
    }

    /// Somebody by their id, or `nil`.
    public func find(_ id: String) async throws -> User? {
        try await connection.queryOne(
            """
            /* identity.principal.byId */ SELECT id, name, issuer, subject, created_at, disabled_at IS NOT NULL
            FROM identity.principal WHERE id = \(id)
            """
        ).map(Self.user)
    }

    /// Shuts somebody out, or lets them in again.
    ///
    /// - Returns: Whether there is such a principal.
    public func setDisabled(_ isDisabled: Bool, _ id: String) async throws -> Bool {
        try await connection.execute(
            """
            /* identity.principal.disable */ UPDATE identity.principal
            SET disabled_at = CASE WHEN \(isDisabled) THEN coalesce(disabled_at, clock_timestamp()) END WHERE id = \(id)
            """
        ) == 1
    }

    private static func user(_ row: PostgresRow) throws -> User {
        let (id, name, issuer, subject, createdAt, isDisabled) = try row.decode(
            (String, String, String?, String?, PostgresTimestamp, Bool).self
        )
        return User(
            id: id,
            name: name,
            issuer: issuer,
            subject: subject,
            createdAt: Instant(createdAt),
            isDisabled: isDisabled
        )
    }
}
