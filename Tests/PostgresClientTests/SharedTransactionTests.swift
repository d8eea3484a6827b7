import PostgresClient
import TestSupport
import Testing

@Suite("Reads that share a transaction")
struct SharedTransactionTests {
    /// What one read sees of its transaction.
    private struct Sight: Sendable, Hashable {
        let transaction: String
        let scope: String
    }

    @Test("brief reads that wait together share one, only with those under the same settings")
    func sharing() async throws {
        try await withOneReader { pool in
            let sights = try await withThrowingTaskGroup(of: Sight.self) { group in
                for number in 0..<120 {
                    // Nothing is connected yet, so that they wait for the connection together.
                    group.addTask {
                        let scope = "scope \(number / 10 % 3)"
                        let row = try await pool.reader.queryOne(
                            "SELECT now()::text, current_setting('app.scope')",
                            settings: ["app.scope": scope]
                        )
                        let sight = try #require(try row?.decode((String, String).self))
                        #expect(sight.1 == scope)
                        return Sight(transaction: sight.0, scope: sight.1)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(sights.count == 120)
            let transactions = Dictionary(grouping: sights, by: \.transaction)
            #expect(transactions.count < 120)
            #expect(transactions.values.allSatisfy { $0.count <= 16 && Set($0.map(\.scope)).count == 1 })
        }
    }

    @Test("one that fails leaves those before and behind it alone, whatever it fails of")
    func failures() async throws {
        try await withOneReader { pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<600 {
                    group.addTask {
                        let settings: PostgresSettings = ["app.scope": "all"]
                        switch number % 10 {
                        case 3:
                            let error = try await #require(throws: PostgresError.self) {
                                try await pool.reader.queryOne("SELECT 1 / \(0)", settings: settings)
                            }
                            #expect(error.sqlState == .divisionByZero)
                        case 7:
                            // Fails while it is prepared.
                            let error = try await #require(throws: PostgresError.self) {
                                try await pool.reader.queryOne("SELECT nonsense FROM nowhere", settings: settings)
                            }
                            #expect(error.sqlState == .undefinedTable)
                        default:
                            let row = try await pool.reader.queryOne("SELECT \(number) * 2", settings: settings)
                            #expect(try row?.decode(Int.self) == number * 2)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("one that kills its server fails alone; those that shared its transaction are answered")
    func death() async throws {
        try await withOneReader { pool in
            for _ in 0..<5 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<40 {
                        group.addTask {
                            guard number == 20 else {
                                let row = try await pool.reader.queryOne("SELECT \(number) + 1")
                                #expect(try row?.decode(Int.self) == number + 1)
                                return
                            }
                            let error = try await #require(throws: PostgresError.self) {
                                try await pool.reader.queryOne("SELECT pg_terminate_backend(pg_backend_pid())")
                            }
                            #expect(error.code == .connectionLost)
                            #expect(!error.effectUnknown)
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test("one that is cancelled takes no neighbour along")
    func cancelled() async throws {
        try await withOneReader { pool in
            for _ in 0..<5 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let slow = Task { try await pool.reader.queryOne("SELECT pg_sleep(60)") }
                    for number in 0..<20 {
                        group.addTask {
                            let row = try await pool.reader.queryOne("SELECT \(number) + 1")
                            #expect(try row?.decode(Int.self) == number + 1)
                        }
                    }
                    while pool.reader.statistics.inFlight == 0 {
                        await Task.yield()
                    }
                    slow.cancel()
                    let error = try await #require(throws: PostgresError.self) { try await slow.value }
                    #expect(error.code == .cancelled)
                    try await group.waitForAll()
                }
            }
        }
    }
}
