/// Brings a database's schema to the state that the program is written for.
///
/// Applied migrations are recorded in `platform.migration` with the SHA-256 of their SQL. A session-level advisory lock
/// keeps two migrators apart; the second one waits and then finds nothing to do. Only schemas that have a migration in
/// the list are looked at, so that programs with different plugins can share a database.
public struct Migrator: Sendable {
    /// `pg_advisory_lock` key: the bytes of "ceyuanmg".
    private static let lockKey: Int64 = 0x6365_7975_616E_6D67

    private let pool: PostgresPool
    private let migrations: [Migration]
    private let lockTimeout: Duration

    /// Names the database and the steps.
    ///
    /// - Parameters:
    ///   - pool: One connection of it is used.
    ///   - migrations: In the order of application; versions rise within each schema.
    ///   - lockTimeout: The longest wait for another migrator, and for the locks that a migration needs on tables in
    ///     use. Default: 60 s.
    public init(pool: PostgresPool, migrations: [Migration], lockTimeout: Duration = .seconds(60)) {
        self.pool = pool
        self.migrations = migrations
        self.lockTimeout = lockTimeout
    }

    /// Tells how each migration stands; changes nothing.
    ///
    /// - Returns: One entry for each migration of the list, in its order, then those that only the database has.
    /// - Throws: ``PostgresError``.
    public func status() async throws -> [MigrationStatus] {
        try await pool.withConnection { try await status(on: $0) }
    }

    /// Applies what is pending, each migration in a transaction of its own: one that fails leaves nothing of itself,
    /// and the ones before it stay.
    ///
    /// - Returns: The migrations that this call applied.
    /// - Throws: ``MigrationError``, before anything is applied (except `transaction-ended`); ``PostgresError`` of the
    ///   migration's SQL, 55P03 when a table stayed locked for too long.
    @discardableResult
    public func up() async throws -> [Migration] {
        try checkList()
        return try await pool.withConnection { connection in
            // The pool resets both, and releases the lock, when the connection goes back.
            let milliseconds = lockTimeout.wholeMilliseconds
            try await connection.execute(script: "SET statement_timeout = 0; SET lock_timeout = \(milliseconds)")
            do {
                try await connection.query("/* migration.lock */ SELECT pg_advisory_lock(\(Self.lockKey))::text")
            } catch let error as PostgresError where error.sqlState == .lockNotAvailable {
                throw MigrationError(
                    .locked,
                    "",
                    "Another migrator has been at work on this database for \(lockTimeout). Wait for it, or end it.",
                    zh: "另一迁移程序已占用数据库 \(lockTimeout)。请等待其结束或终止它。"
                )
            }
            let pending = try await pending(on: connection)
            if !pending.isEmpty {
                try await connection.execute(script: Self.table)
            }
            for migration in pending {
                try await apply(migration, on: connection)
            }
            try await connection.query("/* migration.unlock */ SELECT pg_advisory_unlock(\(Self.lockKey))")
            return pending
        }
    }

    private static let table = """
        CREATE SCHEMA IF NOT EXISTS platform;
        CREATE TABLE IF NOT EXISTS platform.migration (
            schema text NOT NULL,
            version integer NOT NULL CHECK (version > 0),
            name text NOT NULL,
            checksum text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            PRIMARY KEY (schema, version)
        );
        """

    private func status(on connection: PostgresConnection) async throws -> [MigrationStatus] {
        struct Key: Hashable {
            let schema: String
            let version: Int
        }
        let checksums = try await checksums(on: connection)
        let schemas = Array(Set(migrations.map(\.schema)))
        var recorded: [(key: Key, name: String, checksum: String, at: PostgresTimestamp)] = []
        let exists = try await connection.queryOne(
            "/* migration.exists */ SELECT to_regclass('platform.migration') IS NOT NULL"
        )
        if let exists, try exists.decode(Bool.self) {
            recorded = try await connection.query(
                """
                /* migration.recorded */
                SELECT schema, version, name, checksum, applied_at FROM platform.migration
                WHERE schema = ANY(\(schemas)) ORDER BY schema, version
                """
            ).map { row in
                let (schema, version, name, checksum, at) = try row.decode(
                    (String, Int, String, String, PostgresTimestamp).self
                )
                return (Key(schema: schema, version: version), name, checksum, at)
            }
        }
        var byKey = Dictionary(recorded.map { ($0.key, $0) }) { first, _ in first }
        var statuses = zip(migrations, checksums).map { migration, checksum in
            let known = byKey.removeValue(forKey: Key(schema: migration.schema, version: migration.version))
            let state: MigrationStatus.State =
                known.map { $0.checksum == checksum ? .applied(at: $0.at) : .changed(at: $0.at) } ?? .pending
            return MigrationStatus(
                schema: migration.schema,
                version: migration.version,
                name: migration.name,
                checksum: checksum,
                state: state
            )
        }
        for entry in recorded where byKey[entry.key] != nil {
            statuses.append(
                MigrationStatus(
                    schema: entry.key.schema,
                    version: entry.key.version,
                    name: entry.name,
                    checksum: entry.checksum,
                    state: .unknown(at: entry.at)
                )
            )
        }
        return statuses
    }

    /// SHA-256 of each migration's SQL, computed by the server.
    private func checksums(on connection: PostgresConnection) async throws -> [String] {
        try await connection.query(
            """
            /* migration.checksums */
            SELECT encode(sha256(convert_to(sql, 'UTF8')), 'hex')
            FROM unnest(\(migrations.map(\.sql))) WITH ORDINALITY AS migration (sql, place) ORDER BY place
            """
        ).map { try $0.decode(String.self) }
    }

    private func pending(on connection: PostgresConnection) async throws -> [Migration] {
        let statuses = try await status(on: connection)
        var newest: [String: Int] = [:]
        for status in statuses {
            let label = "\(status.schema)/\(status.version) \(status.name)"
            switch status.state {
            case .applied:
                newest[status.schema] = max(newest[status.schema] ?? 0, status.version)
            case .pending:
                break
            case .changed:
                throw MigrationError(
                    .checksumChanged,
                    label,
                    "Migration \(label) was applied with other SQL than this program has."
                        + " Shipped migrations are never edited: restore its text and add a new migration.",
                    zh: "迁移 \(label) 的 SQL 与数据库已应用的不同。已发布的迁移不可修改：请恢复原文并新增迁移。"
                )
            case .unknown:
                throw MigrationError(
                    .databaseTooNew,
                    label,
                    "The database has migration \(label), which this program does not know: it is newer."
                        + " Install the release that made it, or a later one.",
                    zh: "数据库已有本程序不认识的迁移 \(label)：数据库较新。请安装相应或更新的版本。"
                )
            }
        }
        let pending = zip(migrations, statuses).filter { $1.state == .pending }.map(\.0)
        for migration in pending {
            if let newest = newest[migration.schema], newest > migration.version {
                throw MigrationError(
                    .outOfOrder,
                    "\(migration.schema)/\(migration.version) \(migration.name)",
                    "Migration \(migration.schema)/\(migration.version) is pending, but version \(newest) is applied"
                        + " already. Give it a version above \(newest).",
                    zh: "迁移 \(migration.schema)/\(migration.version) 待应用，但版本 \(newest) 已应用。请改用大于 \(newest) 的版本号。"
                )
            }
        }
        return pending
    }

    private func apply(_ migration: Migration, on connection: PostgresConnection) async throws {
        let checksums = try await checksums(on: connection)
        let checksum = zip(migrations, checksums).first { $0.0 == migration }?.1 ?? ""
        try await connection.withTransaction { connection in
            try await connection.execute(script: migration.sql)
            guard await connection.transactionStatus == .inTransaction else {
                let label = "\(migration.schema)/\(migration.version) \(migration.name)"
                throw MigrationError(
                    .transactionEnded,
                    label,
                    "Migration \(label) ends its transaction by itself. Remove BEGIN, COMMIT and ROLLBACK from it.",
                    zh: "迁移 \(label) 自行结束了事务。请删除其中的 BEGIN、COMMIT 与 ROLLBACK。"
                )
            }
            try await connection.execute(
                """
                /* migration.record */
                INSERT INTO platform.migration (schema, version, name, checksum)
                VALUES (\(migration.schema), \(Int32(migration.version)), \(migration.name), \(checksum))
                """
            )
        }
    }

    private func checkList() throws {
        var last: [String: Int] = [:]
        for migration in migrations {
            guard migration.version > last[migration.schema] ?? 0, Int32(exactly: migration.version) != nil else {
                let label = "\(migration.schema)/\(migration.version) \(migration.name)"
                throw MigrationError(
                    .invalidList,
                    label,
                    "Migration \(label) must have a higher version than the one before it in the list, from 1 upwards.",
                    zh: "迁移 \(label) 的版本号必须大于列表中前一项，且从 1 开始。"
                )
            }
            last[migration.schema] = migration.version
        }
    }
}
