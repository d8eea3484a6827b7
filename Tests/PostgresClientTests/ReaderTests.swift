import Logging
import PostgresClient
import TestSupport
import Testing

@Suite("Shared pipelines")
struct ReaderTests {
    @Test("many tasks share a few connections, and each gets its own answer")
    func shared() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<64 {
                    group.addTask {
                        for round in 0..<20 {
                            let expected = task * 1000 + round
                            let row = try await pool.reader.queryOne("SELECT \(expected) + 0, \("文\(expected)")::text")
                            let (number, text) = try #require(try row?.decode((Int, String).self))
                            #expect(number == expected && text == "文\(expected)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            let sessions = try await pool.queryOne(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            )
            #expect(try #require(sessions).decode(Int.self) <= 3)
            let statistics = pool.reader.statistics
            #expect((1...2).contains(statistics.connections))
            #expect(statistics.inFlight == 0 && statistics.waiting == 0)
        }
    }

    @Test("a request that fails leaves its neighbours alone")
    func isolation() async throws {
        try await withOneReader { pool in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<400 {
                    group.addTask {
                        switch number % 4 {
                        case 0:
                            let error = try await #require(throws: PostgresError.self) {
                                try await pool.reader.query("SELECT 1 / (\(number) - \(number))")
                            }
                            #expect(error.sqlState == .divisionByZero)
                        case 1:
                            let error = try await #require(throws: PostgresError.self) {
                                try await pool.reader.query("SELECT nonsense FROM nowhere WHERE a = \(number)")
                            }
                            #expect(error.sqlState == .undefinedTable)
                            #expect(!error.effectUnknown)
                        default:
                            let row = try await pool.reader.queryOne("SELECT \(number) * 2")
                            #expect(try row?.decode(Int.self) == number * 2)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("settings hold for their own request, also for the plan, and for nobody else's")
    func settings() async throws {
        try await withOneReader { pool in
            let question: PostgresQuery = "SELECT current_setting('app.scope', true), \(0) + 0"
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<600 {
                    group.addTask {
                        let scope = number.isMultiple(of: 3) ? nil : "scope \(number)"
                        let settings: PostgresSettings = scope.map { ["app.scope": $0] } ?? [:]
                        if number.isMultiple(of: 7) {
                            // A failure must not leave its settings behind either.
                            _ = try? await pool.reader.query("SELECT 1 / 0", settings: ["app.scope": "of a failure"])
                        }
                        let row = try await pool.reader.queryOne(question, settings: settings)
                        let (seen, _) = try #require(try row?.decode((String?, Int).self))
                        #expect((seen ?? "") == scope ?? "")
                    }
                }
                try await group.waitForAll()
            }
            let refused = try await #require(throws: PostgresError.self) {
                try await pool.reader.query("SELECT 1", settings: ["role": "no_such_role"])
            }
            #expect(refused.code == .server)
        }
    }

    @Test("what would write is refused")
    func readOnly() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await pool.execute("CREATE TABLE t (a int)")
            for settings: PostgresSettings in [[:], ["transaction_read_only": "off"]] {
                let error = try await #require(throws: PostgresError.self) {
                    try await pool.reader.query("INSERT INTO t VALUES (1)", settings: settings)
                }
                #expect(error.code == .server)
            }
            #expect(try await pool.reader.queryOne("SELECT count(*) FROM t")?.decode(Int.self) == 0)
        }
    }

    @Test("statements survive changes of their tables, and statements that the server has forgotten")
    func statements() async throws {
        try await withOneReader { pool in
            try await pool.execute("CREATE TABLE t (a int)")
            try await pool.execute("INSERT INTO t VALUES (7)")
            for round in 0..<6 {
                if round.isMultiple(of: 2) {
                    try await pool.execute("ALTER TABLE t ADD b\(unescaped: "\(round)") int")
                } else {
                    _ = try await pool.reader.query("DEALLOCATE ALL")
                }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<30 {
                        group.addTask {
                            let row = try #require(try await pool.reader.queryOne("SELECT * FROM t"))
                            #expect(row.count == round / 2 + 2)
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test("the cache of statements is bounded", arguments: [0, 4])
    func bounded(size: Int) async throws {
        try await withTestDatabase(
            migrated: false,
            configure: {
                $0.readerConnections = 1
                $0.statementCacheSize = size
            },
            { pool in
                for _ in 0..<3 {
                    for number in 0..<30 {
                        for _ in 0..<2 {
                            let row = try await pool.reader.queryOne(
                                "SELECT \(1) + \(unescaped: "\(number)")",
                                settings: ["app.x": "y"]
                            )
                            #expect(try row?.decode(Int.self) == number + 1)
                        }
                    }
                }
                let row = try await pool.reader.queryOne("SELECT count(*) FROM pg_prepared_statements")
                #expect(try #require(row).decode(Int.self) <= size)
            }
        )
    }

    @Test("a request with a timeout is ended by the server, and those behind it are served")
    func timeout() async throws {
        try await withOneReader { pool in
            let slow = Task { try await pool.reader.query("SELECT pg_sleep(30)", timeout: .milliseconds(50)) }
            let next = Task { try await pool.reader.queryOne("SELECT 5")?.decode(Int.self) }
            let error = try await #require(throws: PostgresError.self) { try await slow.value }
            #expect(error.code == .timeout)
            #expect(try await next.value == 5)
            #expect(try await pool.reader.queryOne("SHOW statement_timeout")?.decode(String.self) == "0")
        }
    }

    @Test("one that runs for long does not hold up the others")
    func slow() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let slow = Task { try await pool.reader.query("SELECT pg_sleep(60)") }
            while pool.reader.statistics.inFlight == 0 {
                await Task.yield()
            }
            // Some of these may be sent behind it before it is known to be slow, but not all.
            try await Task.sleep(for: .milliseconds(30))
            for number in 0..<100 {
                #expect(try await pool.reader.queryOne("SELECT \(number)")?.decode(Int.self) == number)
            }
            slow.cancel()
            let error = try await #require(throws: PostgresError.self) { try await slow.value }
            #expect(error.code == .cancelled)
        }
    }

    @Test("a shutdown lets what was sent finish, and refuses what comes then")
    func shutdown() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let gate = try await PostgresConnection.connect(pool.configuration, logger: Logger(label: "test"))
            try await gate.query("SELECT pg_advisory_lock(7)")
            let running = Task { try await pool.reader.queryOne("SELECT 1 FROM pg_advisory_xact_lock(7)") }
            while pool.reader.statistics.inFlight == 0 {
                await Task.yield()
            }
            let shutdown = Task { await pool.shutdown() }
            while try await !Self.isShutDown(pool) {
                await Task.yield()
            }
            try await gate.query("SELECT pg_advisory_unlock(7)")
            #expect(try await running.value?.decode(Int.self) == 1)
            await shutdown.value
            await gate.close()
            #expect(pool.reader.statistics.connections == 0)
        }
    }

    private static func isShutDown(_ pool: PostgresPool) async throws -> Bool {
        let probe = Task { try await pool.query("SELECT 1") }
        if case .failure(let error) = await probe.result {
            return (error as? PostgresError)?.code == .poolShutDown
        }
        return false
    }
}
