public import DomainModel
public import PostgresClient

/// Reads and writes grants: who has which role, where, and from when to when.
public struct GrantStore {
    private let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// The permissions that a principal has at an instant, each with the regions that it holds for.
    ///
    /// Subtrees of regions are resolved here, by the tree as it is now.
    public func permissions(of principal: String, at instant: Instant) async throws -> [String: RegionScope] {
        let rows = try await connection.query(
            """
            /* identity.grant.permissions */ WITH RECURSIVE held AS (
                SELECT DISTINCT p.permission, g.region_code
                FROM identity.access_grant g JOIN identity.role_permission p ON p.role = g.role
                WHERE g.principal_id = \(principal) AND g.revoked_at IS NULL
                    AND g.valid_from <= \(PostgresTimestamp(instant))
                    AND (g.valid_until IS NULL OR g.valid_until > \(PostgresTimestamp(instant)))
            ), inside AS (
                SELECT r.code AS top, r.id, r.code FROM registry.region r
                WHERE r.code IN (SELECT region_code FROM held)
                UNION
                SELECT i.top, r.id, r.code FROM inside i JOIN registry.region r ON r.parent_code = i.code
            )
            SELECT h.permission, bool_or(h.region_code IS NULL),
                coalesce(array_agg(DISTINCT i.id) FILTER (WHERE i.id IS NOT NULL), '{}')
            FROM held h LEFT JOIN inside i ON i.top = h.region_code
            GROUP BY h.permission
            """
        )
        var permissions: [String: RegionScope] = [:]
        for row in rows {
            let (permission, isEverywhere, regions) = try row.decode((String, Bool, [Int32]).self)
            permissions[permission] = isEverywhere ? .everywhere : .regions(Set(regions))
        }
        return permissions
    }

    /// Gives a role.
    ///
    /// - Parameters:
    ///   - role: The code of the role.
    ///   - principal: Who gets it.
    ///   - region: The region and all below it; `nil` is everywhere.
    ///   - from: From when.
    ///   - until: Until when; `nil` sets no end.
    ///   - granter: Who gives it.
    /// - Returns: The number of the grant.
    /// - Throws: `PostgresError`; a foreign-key violation when there is no such principal, role or region.
    public func create(
        _ role: String,
        to principal: String,
        region: String?,
        from: Instant,
        until: Instant?,
        by granter: String
    ) async throws -> Int64 {
        let row = try await connection.queryOne(
            """
            /* identity.grant.create */
            INSERT INTO identity.access_grant (principal_id, role, region_code, valid_from, valid_until, granted_by)
            VALUES (\(principal), \(role), \(region), \(PostgresTimestamp(from)),
                \(until.map { PostgresTimestamp($0) }), \(granter))
            RETURNING id
            """
        )
        guard let row else { throw StorageError.missing("the number of the grant") }
        return try row.decode(Int64.self)
    }

    /// Grants in the order of their numbers, ended ones as well.
    ///
    /// - Parameters:
    ///   - principal: Only those of a principal.
    ///   - after: Only those with a greater number.
    ///   - limit: At most so many.
    /// - Returns: What was found.
    /// - Throws: `PostgresError`.
    public func list(of principal: String?, after: Int64?, limit: Int) async throws -> [AccessGrant] {
        try await connection.query(
            """
            /* identity.grant.list */ SELECT id, principal_id, role, region_code, valid_from, valid_until, granted_by,
                revoked_at
            FROM identity.access_grant
            WHERE (\(principal)::text IS NULL OR principal_id = \(principal))
                AND (\(after)::bigint IS NULL OR id > \(after))
            ORDER BY id LIMIT \(limit)
            """
        ).map(Self.grant)
    }

    /// A grant by its number, or `nil`.
    public func find(_ id: Int64) async throws -> AccessGrant? {
        try await list(of: nil, after: id - 1, limit: 1).first { $0.id == id }
    }

    /// Takes a grant back.
    ///
    /// - Returns: Whether it was there and not taken back yet.
    public func revoke(_ id: Int64, by principal: String) async throws -> Bool {
        try await connection.execute(
            """
            /* identity.grant.revoke */ UPDATE identity.access_grant
            SET revoked_at = clock_timestamp(), revoked_by = \(principal) WHERE id = \(id) AND revoked_at IS NULL
            """
        ) > 0
    }

    private static func grant(_ row: PostgresRow) throws -> AccessGrant {
        let (id, principal, role, region, from, until, granter, revokedAt) = try row.decode(
            (
                Int64, String, String, String?, PostgresTimestamp, PostgresTimestamp?, String, PostgresTimestamp?
            ).self
        )
        return AccessGrant(
            id: id,
            principal: principal,
            role: role,
            region: region,
            validFrom: Instant(from),
            validUntil: until.map { Instant($0) },
            grantedBy: granter,
            revokedAt: revokedAt.map { Instant($0) }
        )
    }
}
