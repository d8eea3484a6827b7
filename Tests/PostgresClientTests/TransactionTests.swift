import Logging
import PostgresClient
import TestSupport
import Testing

@Suite("Transactions")
struct TransactionTests {
    private struct Wrapped: Error {
        let underlying: any Error
    }

    private static func withTable(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (PostgresPool) async throws -> Void
    ) async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await pool.execute("CREATE TABLE account (id int PRIMARY KEY, amount int CHECK (amount >= 0))")
            try await pool.execute("INSERT INTO account VALUES (1, 100), (2, 100)")
            try await body(pool)
        }
    }

    @Test("a body that throws leaves nothing behind")
    func rollback() async throws {
        try await Self.withTable { pool in
            await #expect(throws: CancellationError.self) {
                try await pool.withTransaction { connection in
                    try await connection.execute("DELETE FROM account")
                    throw CancellationError()
                }
            }
            let count = try await pool.queryOne("SELECT count(*) FROM account")?.decode(Int.self)
            #expect(count == 2)
        }
    }

    @Test("a serialization failure is retried, also when the body wrapped it", arguments: [false, true])
    func serializationFailure(wraps: Bool) async throws {
        try await Self.withTable { pool in
            var attempts = 0
            try await pool.withTransaction(isolation: .repeatableRead) { connection in
                attempts += 1
                _ = try await connection.query("SELECT amount FROM account WHERE id = 1")
                if attempts == 1 {
                    try await pool.execute("UPDATE account SET amount = amount + 1 WHERE id = 1")
                }
                do {
                    try await connection.execute("UPDATE account SET amount = amount + 10 WHERE id = 1")
                } catch  where wraps {
                    throw Wrapped(underlying: error)
                }
            }
            #expect(attempts == 2)
            #expect(try await pool.queryOne("SELECT amount FROM account WHERE id = 1")?.decode(Int.self) == 111)
        }
    }

    @Test("the last attempt's error is thrown")
    func attemptsRunOut() async throws {
        try await Self.withTable { pool in
            var attempts = 0
            let error = try await #require(throws: PostgresError.self) {
                try await pool.withTransaction(isolation: .repeatableRead, attempts: 3) { connection in
                    attempts += 1
                    _ = try await connection.query("SELECT amount FROM account WHERE id = 1")
                    try await pool.execute("UPDATE account SET amount = amount + 1 WHERE id = 1")
                    try await connection.execute("UPDATE account SET amount = 0 WHERE id = 1")
                }
            }
            #expect(error.sqlState == .serializationFailure)
            #expect(attempts == 3)
        }
    }

    @Test("a deadlock is retried until both transactions are through")
    func deadlock() async throws {
        try await Self.withTable { pool in
            try await pool.execute(
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = ''20ms''', current_database()); END $$"
            )
            let barrier = Barrier(2)
            let other = PostgresPool(configuration: pool.configuration, logger: Logger(label: "test"))
            let attempts = try await withThrowingTaskGroup(of: Int.self) { group in
                for (first, second) in [(1, 2), (2, 1)] {
                    group.addTask {
                        var attempt = 0
                        try await other.withTransaction { connection in
                            attempt += 1
                            try await connection.execute("UPDATE account SET amount = amount + 1 WHERE id = \(first)")
                            if attempt == 1 {
                                await barrier.wait()
                            }
                            try await connection.execute("UPDATE account SET amount = amount + 1 WHERE id = \(second)")
                        }
                        return attempt
                    }
                }
                return try await group.reduce(0, +)
            }
            await other.shutdown()
            // One is the victim at least. It may come back before the other one has woken up, and meet it again.
            #expect(attempts >= 3)
            let amounts = try await pool.query("SELECT amount FROM account ORDER BY id").map { try $0.decode(Int.self) }
            #expect(amounts == [102, 102])
        }
    }

    @Test("COMMIT after a hidden error is an error, not a silent rollback")
    func hiddenError() async throws {
        try await Self.withTable { pool in
            let error = try await #require(throws: PostgresError.self) {
                try await pool.withTransaction { connection in
                    try await connection.execute("DELETE FROM account WHERE id = 2")
                    _ = try? await connection.execute("UPDATE account SET amount = -1")
                }
            }
            #expect(error.code == .transactionRolledBack)
            #expect(error.sqlState == .checkViolation)
            #expect(try await pool.queryOne("SELECT count(*) FROM account")?.decode(Int.self) == 2)
        }
    }

    @Test("a savepoint undoes its own changes only")
    func savepoint() async throws {
        try await Self.withTable { pool in
            try await pool.withTransaction { connection in
                try await connection.execute("UPDATE account SET amount = 1 WHERE id = 1")
                await #expect(throws: PostgresError.self) {
                    try await connection.withSavepoint { connection in
                        try await connection.execute("UPDATE account SET amount = 2 WHERE id = 2")
                        try await connection.execute("INSERT INTO account VALUES (1, 1)")
                    }
                }
                try await connection.withSavepoint { try await $0.execute("INSERT INTO account VALUES (3, 3)") }
            }
            let amounts = try await pool.query("SELECT amount FROM account ORDER BY id").map { try $0.decode(Int.self) }
            #expect(amounts == [1, 100, 3])
        }
    }

    @Test("a read-only transaction refuses writes; a nested transaction is refused")
    func readOnly() async throws {
        try await Self.withTable { pool in
            let error = try await #require(throws: PostgresError.self) {
                try await pool.withTransaction(isolation: .serializable, readOnly: true, deferrable: true) {
                    connection in
                    try await connection.execute("DELETE FROM account")
                }
            }
            #expect(error.sqlState == .readOnlySQLTransaction)
            let nested = try await #require(throws: PostgresError.self) {
                try await pool.withTransaction { connection in
                    try await connection.withTransaction { _ in }
                }
            }
            #expect(nested.code == .protocolState)
        }
    }

    @Test("the transaction's statement timeout ends with it")
    func statementTimeout() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            let error = try await #require(throws: PostgresError.self) {
                try await pool.withTransaction(statementTimeout: .milliseconds(20)) { connection in
                    try await connection.query("SELECT pg_sleep(30)")
                }
            }
            #expect(error.code == .timeout)
            #expect(error.sqlState == .queryCanceled)
            #expect(try await pool.queryOne("SHOW statement_timeout")?.decode(String.self) == "0")
        }
    }
}

/// Lets so many tasks meet.
actor Barrier {
    private var missing: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) {
        missing = count
    }

    func wait() async {
        missing -= 1
        if missing <= 0 {
            for continuation in waiting {
                continuation.resume()
            }
            waiting = []
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}
