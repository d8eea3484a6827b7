import PostgresClient
import TestSeeds
import TestSupport
import Testing

@Suite("Cancellation and timeouts")
struct CancellationTests {
    @Test("a cancel hits its own statement and never the next one")
    func ownStatementOnly() async throws {
        var generator = SeededGenerator.announced()
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            var cancelled = 0
            for round in 0..<300 {
                // Long ones are cancelled while they run; short ones race with the cancel.
                let seconds = round.isMultiple(of: 2) ? 30.0 : 0.002
                let task = Task { try await pool.query("SELECT pg_sleep(\(seconds))") }
                try await Task.sleep(for: .microseconds(Int.random(in: 500...4000, using: &generator)))
                task.cancel()
                #expect(try await pool.queryOne("SELECT \(round)")?.decode(Int.self) == round)
                switch await task.result {
                case .success:
                    #expect(seconds < 1)
                case .failure(let error):
                    #expect((error as? PostgresError)?.code == .cancelled)
                    cancelled += 1
                }
            }
            #expect(cancelled >= 150)
        }
    }

    @Test("a task cancelled before its statement sends nothing")
    func beforehand() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await pool.execute("CREATE TABLE t (a int)")
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await pool.execute("INSERT INTO t VALUES (1)")
            }
            let error = try await #require(throws: PostgresError.self) { try await task.value }
            #expect(error.code == .cancelled)
            #expect(try await pool.queryOne("SELECT count(*) FROM t")?.decode(Int.self) == 0)
        }
    }

    @Test("cancelling a transaction rolls it back, and the connection goes on")
    func transaction() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            try await pool.execute("CREATE TABLE t (a int)")
            for _ in 0..<20 {
                let task = Task {
                    try await pool.withTransaction { connection in
                        try await connection.execute("INSERT INTO t VALUES (1)")
                        try await connection.query("SELECT pg_sleep(30)")
                    }
                }
                try await Task.sleep(for: .milliseconds(3))
                task.cancel()
                await #expect(throws: PostgresError.self) { try await task.value }
                #expect(try await pool.queryOne("SELECT count(*) FROM t")?.decode(Int.self) == 0)
            }
        }
    }

    @Test("the connection's statement timeout is told from other cancels, and outlives changed settings")
    func statementTimeout() async throws {
        try await withTestDatabase(
            migrated: false,
            configure: {
                $0.maximumConnections = 1
                $0.statementTimeout = .milliseconds(500)
            },
            { pool in
                let error = try await #require(throws: PostgresError.self) {
                    try await pool.query("SELECT pg_sleep(30)")
                }
                #expect(error.code == .timeout)
                try await pool.withConnection { connection in
                    try await connection.execute("SET statement_timeout = 0")
                    try await connection.execute("SET search_path = nowhere")
                }
                #expect(try await pool.queryOne("SHOW statement_timeout")?.decode(String.self) == "500ms")
                #expect(try await pool.queryOne("SHOW search_path")?.decode(String.self) != "nowhere")
            }
        )
    }
}
