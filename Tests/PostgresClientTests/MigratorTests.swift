import PostgresClient
import TestSupport
import Testing

@Suite("Migrations")
struct MigratorTests {
    private static let first = Migration(
        schema: "a",
        version: 1,
        name: "one",
        sql: "CREATE SCHEMA a; CREATE TABLE a.t (x int);"
    )
    private static let second = Migration(schema: "a", version: 2, name: "two", sql: "ALTER TABLE a.t ADD y text")
    private static let other = Migration(schema: "b", version: 1, name: "other", sql: "CREATE SCHEMA b")

    @Test("pending migrations are applied once, in order")
    func up() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let migrator = Migrator(pool: pool, migrations: [Self.first, Self.other, Self.second])
            #expect(try await migrator.status().allSatisfy { $0.state == .pending })
            #expect(try await migrator.up() == [Self.first, Self.other, Self.second])
            #expect(try await migrator.up().isEmpty)
            let statuses = try await migrator.status()
            #expect(statuses.map(\.name) == ["one", "other", "two"])
            for status in statuses {
                guard case .applied = status.state else {
                    Issue.record("\(status.name) is \(status.state)")
                    continue
                }
                #expect(status.checksum.count == 64)
            }
            try await pool.query("SELECT x, y FROM a.t")
            #expect(try await pool.queryOne("SHOW lock_timeout")?.decode(String.self) == "0")
        }
    }

    @Test("a changed migration is refused, and nothing is applied")
    func changed() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await Migrator(pool: pool, migrations: [Self.first]).up()
            let edited = Migration(schema: "a", version: 1, name: "one", sql: Self.first.sql + " ")
            let error = try await #require(throws: MigrationError.self) {
                try await Migrator(pool: pool, migrations: [edited, Self.second]).up()
            }
            #expect(error.code == .checksumChanged)
            await #expect(throws: PostgresError.self) { try await pool.query("SELECT y FROM a.t") }
        }
    }

    @Test("a database newer than the program is refused; schemas that the program does not know are left alone")
    func newer() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await Migrator(pool: pool, migrations: [Self.first, Self.second, Self.other]).up()
            let error = try await #require(throws: MigrationError.self) {
                try await Migrator(pool: pool, migrations: [Self.first]).up()
            }
            #expect(error.code == .databaseTooNew)
            #expect(try await Migrator(pool: pool, migrations: [Self.other]).up().isEmpty)
        }
    }

    @Test("a failing migration leaves nothing of itself; those before it stay")
    func failing() async throws {
        let failing = Migration(schema: "a", version: 2, name: "bad", sql: "CREATE TABLE a.half (x int); SELECT 1 / 0;")
        try await withTestDatabase(migrated: false) { pool in
            let error = try await #require(throws: PostgresError.self) {
                try await Migrator(pool: pool, migrations: [Self.first, failing]).up()
            }
            #expect(error.sqlState == .divisionByZero)
            let row = try await pool.queryOne(
                "SELECT to_regclass('a.half')::text, to_regclass('a.t')::text, (SELECT count(*) FROM platform.migration)"
            )
            let (half, whole, count) = try #require(row).decode((String?, String?, Int).self)
            #expect(half == nil && whole == "a.t" && count == 1)
            #expect(try await Migrator(pool: pool, migrations: [Self.first, Self.second]).up() == [Self.second])
        }
    }

    @Test("migrators that run at once do the work once")
    func concurrent() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let slow = Migration(schema: "a", version: 3, name: "slow", sql: "SELECT pg_sleep(0.1)")
            let applied = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await Migrator(pool: pool, migrations: [Self.first, Self.second, slow]).up().count
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(applied.sorted() == [0, 0, 0, 3])
        }
    }

    @Test("a lock held elsewhere for too long, a disordered list, and SQL that commits are told")
    func refusals() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let committing = Migration(schema: "c", version: 1, name: "commits", sql: "SELECT 1; COMMIT;")
            let cases: [([Migration], MigrationError.Code)] = [
                ([Self.second, Self.first], .invalidList), ([Self.first, Self.first], .invalidList),
                ([committing], .transactionEnded),
            ]
            for (list, code) in cases {
                let error = try await #require(throws: MigrationError.self) {
                    try await Migrator(pool: pool, migrations: list).up()
                }
                #expect(error.code == code)
            }
            try await Migrator(
                pool: pool,
                migrations: [Self.second].map { Migration(schema: "d", version: $0.version, name: "", sql: "") }
            ).up()
            let late = Migration(schema: "d", version: 1, name: "late", sql: "")
            let known = Migration(schema: "d", version: 2, name: "", sql: "")
            let outOfOrder = try await #require(throws: MigrationError.self) {
                try await Migrator(pool: pool, migrations: [late, known]).up()
            }
            #expect(outOfOrder.code == .outOfOrder)
            try await pool.withConnection { holder in
                let key = try await holder.queryOne("SELECT pg_advisory_lock(\(0x6365_7975_616E_6D67 as Int64))::text")
                #expect(key != nil)
                let error = try await #require(throws: MigrationError.self) {
                    try await Migrator(pool: pool, migrations: [Self.first], lockTimeout: .milliseconds(50)).up()
                }
                #expect(error.code == .locked)
                try await holder.query("SELECT pg_advisory_unlock(\(0x6365_7975_616E_6D67 as Int64))")
            }
        }
    }
}
