public import DomainModel
public import PostgresClient

/// Reads and writes the one chance to make the first administrator.
public struct BootstrapStore {
    private let connection: PostgresConnection

    /// Uses a connection that is in a transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// Whether somebody may do everything everywhere, with no end in sight.
    public func hasAdministrator() async throws -> Bool {
        let row = try await connection.queryOne(
            """
            /* identity.bootstrap.administrators */ SELECT EXISTS (
                SELECT FROM identity.access_grant g
                    JOIN identity.principal p ON p.id = g.principal_id
                    JOIN identity.role_permission r ON r.role = g.role
                WHERE r.permission = '*' AND g.region_code IS NULL AND g.revoked_at IS NULL AND p.disabled_at IS NULL
                    AND g.valid_until IS NULL
            )
            """
        )
        return try row?.decode(Bool.self) ?? false
    }

    /// Opens the chance, in place of the one before.
    public func open(hash: [UInt8], until end: Instant) async throws {
        try await connection.execute(
            """
            /* identity.bootstrap.open */ INSERT INTO identity.bootstrap (hash, expires_at)
            VALUES (\(hash), \(PostgresTimestamp(end)))
            ON CONFLICT (singleton) DO UPDATE
            SET hash = excluded.hash, expires_at = excluded.expires_at, used_at = NULL
            """
        )
    }

    /// Takes the chance; of several who try at once, one has it.
    ///
    /// - Returns: Whether it was open for this hash, and is taken now.
    public func take(hash: [UInt8], at instant: Instant) async throws -> Bool {
        try await connection.execute(
            """
            /* identity.bootstrap.take */ UPDATE identity.bootstrap SET used_at = \(PostgresTimestamp(instant))
            WHERE hash = \(hash) AND used_at IS NULL AND expires_at > \(PostgresTimestamp(instant))
            """
        ) == 1
    }
}
