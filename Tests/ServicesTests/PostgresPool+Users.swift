import PostgresClient
import ServiceKit

extension PostgresPool {
    /// Adds a user with a role and a token, behind the services' back.
    func addUser(
        _ name: String,
        role: String,
        region: String? = nil,
        token: APIToken,
        scope: [String]? = nil
    ) async throws {
        try await withTransaction { connection in
            try await connection.execute(
                """
                INSERT INTO identity.principal (id, name, created_by) VALUES (\("user:\(name)"), \(name), 'test')
                ON CONFLICT DO NOTHING
                """
            )
            try await connection.execute(
                """
                INSERT INTO identity.access_grant (principal_id, role, region_code, valid_from, granted_by)
                VALUES (\("user:\(name)"), \(role), \(region), 'epoch', 'test')
                """
            )
            try await connection.execute(
                """
                INSERT INTO identity.token (principal_id, name, hash, hint, scope, created_by, expires_at)
                VALUES (\("user:\(name)"), 'test', \(token.hash), \(token.hint), \(scope), 'test',
                    now() + interval '1 day')
                """
            )
        }
    }
}
