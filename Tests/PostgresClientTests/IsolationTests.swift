import PostgresClient
import TestSupport
import Testing

/// These tests are here to compile: bodies run where the caller runs, and may use its state.
@Suite("Callers' isolation")
struct IsolationTests {
    private final class NotSendable {
        var count = 0
    }

    private actor Keeper {
        private var codes: [String] = []
        private let scratch = NotSendable()

        func collect(from pool: PostgresPool) async throws -> [String] {
            try await pool.withConnection { connection in
                for try await row in try await connection.stream("SELECT n::text FROM generate_series(1, 3) AS n") {
                    codes.append(try row.decode(String.self))
                    scratch.count += 1
                }
            }
            try await pool.withTransaction { connection in
                scratch.count += try await connection.execute("SELECT 1")
                try await connection.withSavepoint { _ in codes.append("saved") }
                try await connection.execute("CREATE TEMPORARY TABLE t (a int) ON COMMIT DROP")
                scratch.count += try await connection.copyIn("COPY t FROM STDIN") { writer in
                    codes.append("copied")
                    try await writer.write(Array("1\n".utf8))
                }
            }
            return codes + ["\(scratch.count)"]
        }
    }

    @Test("from a plain async function, with local state that is not Sendable")
    func plain() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let local = NotSendable()
            let result = try await pool.withConnection { connection in
                local.count += 1
                let rows = try await connection.query("SELECT \(local.count)")
                local.count += rows.count
                return local
            }
            #expect(result.count == 2)
        }
    }

    @Test("from an actor, with its own state")
    func fromActor() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let collected = try await Keeper().collect(from: pool)
            #expect(collected == ["1", "2", "3", "saved", "copied", "5"])
        }
    }

    @MainActor
    @Test("from the main actor")
    func fromMainActor() async throws {
        let local = NotSendable()
        try await withTestDatabase(migrated: false) { pool in
            try await pool.withTransaction { connection in
                MainActor.assertIsolated()
                local.count += try await connection.execute("SELECT 1")
                MainActor.assertIsolated()
            }
        }
        #expect(local.count == 1)
    }

    @Test("statements of many tasks on one connection are run one after the other")
    func shared() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await pool.withConnection { connection in
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 0..<200 {
                        group.addTask { try await connection.queryOne("SELECT \(number)")?.decode(Int.self) == number }
                    }
                    for try await isRight in group {
                        #expect(isRight)
                    }
                }
            }
        }
    }
}
