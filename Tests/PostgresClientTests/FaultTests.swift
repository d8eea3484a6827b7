import Logging
import PostgresClient
import Synchronization
import TestSupport
import Testing

@Suite("Killed backends")
struct FaultTests {
    /// Kills a process of the server and waits for its end.
    private static func kill(_ process: Int32, _ database: PostgresPool) async throws {
        let row = try await database.queryOne("SELECT pg_terminate_backend(\(process), 5000)")
        #expect(try row?.decode(Bool.self) == true)
    }

    /// A database with an empty table, a pool on it, and another pool for the killer.
    private static func withVictim(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (_ pool: PostgresPool, _ killer: PostgresPool) async throws -> Void
    ) async throws {
        try await withTestDatabase(migrated: false) { killer in
            try await killer.execute("CREATE TABLE t (a int)")
            let pool = PostgresPool(configuration: killer.configuration, logger: Logger(label: "test"))
            try await body(pool, killer)
            await pool.shutdown()
        }
    }

    private static func count(_ pool: PostgresPool) async throws -> Int? {
        try await pool.queryOne("SELECT count(*) FROM t")?.decode(Int.self)
    }

    @Test("idle: nobody notices")
    func idle() async throws {
        try await Self.withVictim { pool, killer in
            for round in 0..<20 {
                let process = try await pool.withConnection { await $0.serverProcess }
                try await Self.kill(process, killer)
                #expect(try await pool.execute("INSERT INTO t VALUES (\(round))") == 1)
            }
            #expect(try await Self.count(pool) == 20)
        }
    }

    @Test("in a statement: it fails, and whether it took effect is unknown")
    func inStatement() async throws {
        try await Self.withVictim { pool, killer in
            try await pool.withConnection { connection in
                let process = await connection.serverProcess
                let statement = Task { try await connection.execute("INSERT INTO t SELECT 1 FROM pg_sleep(60)") }
                try await Self.waitUntilActive(process, killer)
                try await Self.kill(process, killer)
                let error = try await #require(throws: PostgresError.self) { try await statement.value }
                #expect(error.code == .connectionLost)
                #expect(error.effectUnknown)
                let next = try await #require(throws: PostgresError.self) { try await connection.query("SELECT 1") }
                #expect(next.code == .connectionLost)
                #expect(!next.effectUnknown)
            }
            #expect(try await Self.count(pool) == 0)
        }
    }

    @Test("in a transaction: it is certain that nothing of it stays")
    func inTransaction() async throws {
        try await Self.withVictim { pool, killer in
            let error = try await #require(throws: PostgresError.self) {
                try await pool.withTransaction { connection in
                    try await connection.execute("INSERT INTO t VALUES (1)")
                    let process = await connection.serverProcess
                    let statement = Task { try await connection.execute("INSERT INTO t SELECT 1 FROM pg_sleep(60)") }
                    try await Self.waitUntilActive(process, killer)
                    try await Self.kill(process, killer)
                    _ = try await statement.value
                }
            }
            #expect(error.code == .connectionLost)
            #expect(!error.effectUnknown)
            #expect(try await Self.count(pool) == 0)
        }
    }

    @Test("in a COPY: it is certain that no row stays")
    func inCopy() async throws {
        try await Self.withVictim { pool, killer in
            let error = try await #require(throws: PostgresError.self) {
                try await pool.withConnection { connection in
                    let process = await connection.serverProcess
                    try await connection.copyIn("COPY t FROM STDIN") { writer in
                        try await writer.write(Array("1\n".utf8))
                        try await Self.kill(process, killer)
                        for _ in 0..<1000 {
                            try await writer.write(Array(repeating: UInt8(ascii: "\n"), count: 64 << 10))
                        }
                    }
                }
            }
            #expect(error.code == .connectionLost)
            #expect(!error.effectUnknown)
            #expect(try await Self.count(pool) == 0)
        }
    }

    @Test("in a pipeline: only the request that the server was at fails")
    func inPipeline() async throws {
        try await withOneReader { pool in
            for _ in 0..<5 {
                let head = Task { try await pool.reader.query("SELECT pg_sleep(60)") }
                while pool.reader.statistics.inFlight == 0 {
                    await Task.yield()
                }
                let others = (0..<50).map { number in
                    Task { try await pool.reader.queryOne("SELECT \(number)")?.decode(Int.self) }
                }
                let sleeper = try await Self.sleeper(pool)
                try await Self.kill(sleeper, pool)
                let error = try await #require(throws: PostgresError.self) { try await head.value }
                #expect(error.code == .connectionLost)
                #expect(!error.effectUnknown)
                for (number, other) in others.enumerated() {
                    #expect(try await other.value == number)
                }
            }
        }
    }

    private static func waitUntilActive(_ process: Int32, _ killer: PostgresPool) async throws {
        let question: PostgresQuery = """
            SELECT 1 FROM pg_stat_activity WHERE pid = \(process) AND wait_event = 'PgSleep'
            """
        while try await killer.queryOne(question) == nil {
            await Task.yield()
        }
    }

    private static func sleeper(_ pool: PostgresPool) async throws -> Int32 {
        while true {
            let row = try await pool.queryOne(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
            )
            if let process = try row?.decode(Int32.self) {
                return process
            }
            await Task.yield()
        }
    }
}
