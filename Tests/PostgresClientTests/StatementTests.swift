import PostgresClient
import TestSupport
import Testing

@Suite("Prepared statements")
struct StatementTests {
    private static let prepared: PostgresQuery = "SELECT count(*) FROM pg_prepared_statements"

    @Test("a statement survives a change of its table, outside a transaction and in a retried one")
    func alteredTable() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            try await pool.execute("CREATE TABLE t (a int)")
            try await pool.execute("INSERT INTO t VALUES (7)")
            for _ in 0..<3 {
                _ = try await pool.query("SELECT * FROM t")
            }
            try await pool.execute("ALTER TABLE t ADD b text DEFAULT 'new'")
            let (a, b) = try #require(try await pool.queryOne("SELECT * FROM t")).decode((Int, String).self)
            #expect(a == 7 && b == "new")
            for _ in 0..<3 {
                _ = try await pool.query("SELECT * FROM t")
            }
            try await pool.execute("ALTER TABLE t DROP b")
            var attempts = 0
            let row = try await pool.withTransaction { connection in
                attempts += 1
                return try await connection.queryOne("SELECT * FROM t")
            }
            #expect(try row?.decode(Int.self) == 7)
            #expect(attempts == 2)
        }
    }

    @Test("statements that the server has forgotten are prepared again")
    func forgotten() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            for command in ["DISCARD ALL", "DEALLOCATE ALL"] {
                for number in 0..<3 {
                    #expect(try await pool.queryOne("SELECT \(number) + 1")?.decode(Int.self) == number + 1)
                }
                try await pool.execute(PostgresQuery(sql: "DO $$ BEGIN END $$"))
                try await pool.withConnection { try await $0.execute(script: command) }
                #expect(try await pool.queryOne("SELECT \(9) + 1")?.decode(Int.self) == 10)
            }
        }
    }

    @Test("the cache is bounded, and can be turned off", arguments: [0, 8])
    func bounded(size: Int) async throws {
        try await withTestDatabase(
            migrated: false,
            configure: {
                $0.maximumConnections = 1
                $0.statementCacheSize = size
            },
            { pool in
                for _ in 0..<3 {
                    for number in 0..<30 {
                        for _ in 0..<2 {
                            let row = try await pool.queryOne("SELECT \(1) + \(unescaped: "\(number)")")
                            #expect(try row?.decode(Int.self) == number + 1)
                        }
                    }
                }
                let count = try #require(try await pool.queryOne(Self.prepared)).decode(Int.self)
                #expect(count <= size)
                #expect(size == 0 || count > 0)
            }
        )
    }
}
