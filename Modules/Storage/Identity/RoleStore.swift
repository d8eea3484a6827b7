public import DomainModel
public import PostgresClient

/// Reads and writes roles.
public struct RoleStore {
    private let connection: PostgresConnection

    /// Uses a connection; the caller decides on the transaction.
    public init(_ connection: PostgresConnection) {
        self.connection = connection
    }

    /// All roles in the order of their codes: there are few.
    public func all() async throws -> [Role] {
        try await connection.query(
            """
            /* identity.role.all */ SELECT r.code, r.name_zh, r.name_en, r.is_builtin,
                ARRAY(SELECT p.permission FROM identity.role_permission p WHERE p.role = r.code ORDER BY p.permission)
            FROM identity.role r ORDER BY r.code
            """
        ).map { row in
            let (code, zh, en, isBuiltin, permissions) = try row.decode((String, String, String, Bool, [String]).self)
            return Role(code: code, name: LocalizedText(zh: zh, en: en), permissions: permissions, isBuiltin: isBuiltin)
        }
    }

    /// A role by its code, or `nil`.
    public func find(_ code: String) async throws -> Role? {
        try await all().first { $0.code == code }
    }

    /// Makes a role, or makes one that was made before say what this one says.
    ///
    /// - Returns: Whether it was done; a built-in role stays as it is.
    public func put(_ role: NewRole) async throws -> Bool {
        let changed = try await connection.execute(
            """
            /* identity.role.put */ INSERT INTO identity.role AS known (code, name_zh, name_en)
            VALUES (\(role.code), \(role.name.zh), \(role.name.en))
            ON CONFLICT (code) DO UPDATE SET name_zh = excluded.name_zh, name_en = excluded.name_en
            WHERE NOT known.is_builtin
            """
        )
        guard changed == 1 else { return false }
        try await connection.execute(
            """
            /* identity.role.clear */ DELETE FROM identity.role_permission
            WHERE role = \(role.code) AND permission <> ALL (\(role.permissions)::text[])
            """
        )
        try await connection.execute(
            """
            /* identity.role.fill */ INSERT INTO identity.role_permission (role, permission)
            SELECT \(role.code), unnest(\(role.permissions)::text[]) ON CONFLICT DO NOTHING
            """
        )
        return true
    }
}
