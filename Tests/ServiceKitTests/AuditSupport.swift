import AuditTrail
import PostgresClient
import ServiceKit
import Storage
import TestSupport

/// A platform on a database of the test's own, with a table to write to.
func withAuditedPlatform<R>(
    connections: Int = 10,
    key: AuditKey? = AuditKey(),
    _ body: (Platform) async throws -> R
) async throws -> R {
    try await withTestDatabase(connections: connections) { pool in
        try await pool.withConnection { connection in
            try await connection.execute(
                script: "CREATE SCHEMA audited; CREATE TABLE audited.thing (name text PRIMARY KEY, value int NOT NULL)"
            )
        }
        return try await body(
            Platform(database: pool, auditKey: key, directories: PlatformDirectories(data: "/tmp", spool: "/tmp"))
        )
    }
}

extension Platform {
    /// Verifies the trail as it stands in the database.
    func verifyTrail(keys: [AuditPublicKey]? = nil) async throws -> TrailReport {
        try await database.withTransaction(isolation: .repeatableRead, readOnly: true) { connection in
            var verifier = TrailVerifier(keys: keys ?? [auditKey?.publicKey].compactMap(\.self))
            try await CheckpointStore(connection).readAll { verifier.take($0) }
            try await AuditStore(connection).readAll { verifier.take($0) }
            return verifier.finish(heads: try await AuditStore(connection).heads())
        }
    }

    /// Writes a thing, and says so.
    func put(_ name: String, value: Int = 1, by user: String = "li.wei") async throws {
        try await write(Activity(principal: Principal(id: "user:\(user)"), id: "request-\(name)")) { work in
            try await work.connection.execute(
                "INSERT INTO audited.thing (name, value) VALUES (\(name), \(Int32(value)))"
            )
            work.record(AuditEntry("thing.create", of: name, details: ["value": .count(value)]))
        }
    }

    /// Runs a script as a superuser who switches the triggers off.
    func tamper(_ script: String) async throws {
        try await database.withConnection { connection in
            try await connection.execute(script: "SET session_replication_role = replica; \(script)")
        }
    }
}
