import PostgresClient
import TestSupport
import Testing

@Suite("Streams")
struct StreamTests {
    @Test("all rows come, in order")
    func all() async throws {
        try await withTestDatabase(migrated: false) { pool in
            var sum = 0
            var last = 0
            try await pool.withConnection { connection in
                for try await row in try await connection.stream("SELECT n FROM generate_series(1, \(20_000)) AS n") {
                    let n = try row.decode(Int.self)
                    #expect(n == last + 1)
                    last = n
                    sum += n
                }
            }
            #expect(sum == 200_010_000)
        }
    }

    @Test("a stream left early frees the connection, in and out of a transaction", arguments: [false, true])
    func abandoned(inTransaction: Bool) async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            for round in 0..<20 {
                let body = { (connection: PostgresConnection) async throws in
                    let rows = try await connection.stream(
                        "SELECT n, repeat('x', 500) FROM generate_series(1, 20000) AS n"
                    )
                    for try await _ in rows {
                        break
                    }
                    // The sequence is still there; only its iterator has gone.
                    #expect(try await connection.queryOne("SELECT \(round)")?.decode(Int.self) == round)
                }
                if inTransaction {
                    try await pool.withTransaction(body)
                } else {
                    try await pool.withConnection(body)
                }
            }
        }
    }

    @Test("a second statement while a stream is read is refused, not mixed in")
    func busy() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await pool.withConnection { connection in
                var rows = try await connection.stream("SELECT generate_series(1, 100000)").makeAsyncIterator()
                #expect(try await rows.next()?.decode(Int.self) == 1)
                let error = try await #require(throws: PostgresError.self) { try await connection.query("SELECT 1") }
                #expect(error.code == .protocolState)
                #expect(try await rows.next()?.decode(Int.self) == 2)
            }
            #expect(try await pool.queryOne("SELECT 3")?.decode(Int.self) == 3)
        }
    }

    @Test("an error between the rows comes out of the loop, and the connection is usable")
    func lateError() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            var seen = 0
            let error = try await #require(throws: PostgresError.self) {
                try await pool.withConnection { connection in
                    for try await _ in try await connection.stream(
                        "SELECT 1 / (3000 - n) FROM generate_series(1, 5000) AS n"
                    ) {
                        seen += 1
                    }
                }
            }
            #expect(error.sqlState == .divisionByZero)
            #expect(seen == 2999)
            #expect(try await pool.queryOne("SELECT 1")?.decode(Int.self) == 1)
        }
    }
}
