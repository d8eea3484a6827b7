import PostgresClient
import Synchronization
import TestSupport
import Testing

@Suite("Back-pressure of COPY", .timeLimit(.minutes(5)))
struct BackPressureTests {
    private final class Progress: Sendable {
        let written = Mutex(0)
        let process = Mutex<Int32>(0)
    }

    /// Asks until the server's process waits for this.
    private static func wait(_ process: Int32, for event: String, in pool: PostgresPool) async throws {
        var current: String?
        while current != event {
            let row = try await pool.queryOne("SELECT wait_event FROM pg_stat_activity WHERE pid = \(process)")
            current = try row?.decode(String?.self)
        }
    }

    @Test("a reader that does not read makes the server wait, not the memory grow")
    func slowReader() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await pool.withConnection { connection in
                let process = await connection.serverProcess
                // Some 2 GB in all: far more than the sockets and one chunk hold.
                let query: PostgresQuery = "SELECT n, repeat('x', 100) FROM generate_series(1, 20000000) AS n"
                var rows = try await connection.copyRows(of: query).makeAsyncIterator()
                #expect(try await rows.next()?.decode(column: "n", as: Int.self) == 1)
                try await Self.wait(process, for: "ClientWrite", in: pool)
                #expect(try await rows.next()?.decode(column: "n", as: Int.self) == 2)
            }
        }
    }

    @Test("a writer waits for a server that does not take its rows")
    func slowServer() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await pool.execute("CREATE TABLE t (n int8, s text)")
            try await pool.execute(
                """
                CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_advisory_xact_lock_shared(7); RETURN new; END $$
                """
            )
            try await pool.execute("CREATE TRIGGER hold BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION hold()")
            let progress = Progress()
            // 200 MB in all, of which sockets and one piece hold a few.
            let count = 200_000
            let text = String(repeating: "x", count: 1000)
            try await pool.withConnection { holder in
                try await holder.execute("SELECT pg_advisory_lock(7)")
                try await withThrowingTaskGroup(of: Int.self) { group in
                    group.addTask {
                        try await pool.withConnection { connection in
                            let number = await connection.serverProcess
                            progress.process.withLock { $0 = number }
                            return try await connection.copyRows(into: "t", columns: ["n", "s"]) { writer in
                                for number in 0..<count {
                                    try await writer.write(number, text)
                                    progress.written.withLock { $0 = number }
                                }
                            }
                        }
                    }
                    while progress.process.withLock({ $0 }) == 0 {
                        await Task.yield()
                    }
                    try await Self.wait(progress.process.withLock { $0 }, for: "advisory", in: pool)
                    // Standing still over many round trips: suspended, or through with all.
                    var last = -1
                    var still = 0
                    while still < 50 {
                        _ = try await pool.query("SELECT 1")
                        let now = progress.written.withLock { $0 }
                        still = now == last ? still + 1 : 0
                        last = now
                    }
                    #expect(last < count / 2, "\(last) rows were written ahead of a server that took none")
                    try await holder.execute("SELECT pg_advisory_unlock(7)")
                    #expect(try await group.next() == count)
                }
            }
        }
    }
}
