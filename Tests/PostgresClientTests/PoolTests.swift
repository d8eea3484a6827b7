import Logging
import Synchronization
import TestSupport
import Testing

@testable import PostgresClient

@Suite("Pool")
struct PoolTests {
    @Test("no more connections are open than allowed, and all tasks are served")
    func bound() async throws {
        let patient = { (configuration: inout PostgresConfiguration) in configuration.acquireTimeout = .seconds(300) }
        try await withTestDatabase(migrated: false, connections: 3, configure: patient) { pool in
            let most = Recorder<Int>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<60 {
                    group.addTask {
                        try await pool.withConnection { connection in
                            await most.record(pool.statistics.inUse)
                            try await connection.query("SELECT pg_sleep(0.002)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(await most.values.max() == 3)
            #expect(pool.statistics == PostgresPool.Statistics(inUse: 0, idle: 3, waiting: 0))
            let backends = try await pool.queryOne(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            )
            #expect(try backends?.decode(Int.self) == 3)
        }
    }

    @Test("who waits too long gets pool-timeout, and a cancelled waiter leaves the queue")
    func timeout() async throws {
        try await withTestDatabase(
            migrated: false,
            configure: {
                $0.maximumConnections = 1
                $0.acquireTimeout = .milliseconds(50)
            },
            { pool in
                try await pool.withConnection { _ in
                    let error = try await #require(throws: PostgresError.self) { try await pool.query("SELECT 1") }
                    #expect(error.code == .poolTimeout)
                    let waiter = Task { try await pool.query("SELECT 1") }
                    waiter.cancel()
                    let cancelled = try await #require(throws: PostgresError.self) { try await waiter.value }
                    #expect(cancelled.code == .cancelled)
                    #expect(pool.statistics.waiting == 0)
                }
                #expect(try await pool.queryOne("SELECT 1")?.decode(Int.self) == 1)
            }
        )
    }

    @Test("waiters are served in the order of their coming")
    func order() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            let served = Recorder<Int>()
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await pool.withConnection { _ in
                    for number in 0..<8 {
                        group.addTask {
                            try await pool.withConnection { _ in await served.record(number) }
                        }
                        while pool.statistics.waiting <= number {
                            await Task.yield()
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(await served.values == Array(0..<8))
        }
    }

    @Test("a killed backend is an error for its user, and the pool heals")
    func killed() async throws {
        try await withTestDatabase(migrated: false, connections: 2) { pool in
            for _ in 0..<10 {
                let error = try await #require(throws: PostgresError.self) {
                    try await pool.query("SELECT pg_terminate_backend(pg_backend_pid())")
                }
                #expect(error.code == .connectionLost)
                #expect(error.effectUnknown)
                #expect(try await pool.queryOne("SELECT 1")?.decode(Int.self) == 1)
            }
            // Killed while idle in the pool.
            let connection = try await pool.withConnection { $0 }
            let process = await connection.serverProcess
            let database = try await TestDatabase.create(migrated: false)
            let other = try database.makePool()
            try await other.query("SELECT pg_terminate_backend(\(process), 5000)")
            await other.shutdown()
            try await database.drop()
            while !connection.isBroken.load(ordering: .acquiring) { await Task.yield() }
            #expect(try await pool.queryOne("SELECT 1")?.decode(Int.self) == 1)
        }
    }

    @Test("a transaction left open is rolled back when its connection comes back")
    func openTransaction() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            try await pool.execute("CREATE TABLE t (a int)")
            let first = try await pool.withConnection { connection in
                try await connection.execute("BEGIN")
                try await connection.execute("INSERT INTO t VALUES (1)")
                return await connection.serverProcess
            }
            let (count, second) = try await pool.withConnection { connection in
                (
                    try await connection.queryOne("SELECT count(*) FROM t")?.decode(Int.self),
                    await connection.serverProcess
                )
            }
            #expect(count == 0)
            #expect(first == second)
        }
    }

    @Test("old connections are replaced, idle ones closed, and the minimum kept")
    func life() async throws {
        try await withTestDatabase(
            migrated: false,
            configure: {
                $0.minimumConnections = 2
                $0.maximumConnections = 4
                $0.idleTimeout = .milliseconds(30)
                $0.maintenanceInterval = .milliseconds(10)
            },
            { pool in
                let life = Task { await pool.run() }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<4 {
                        group.addTask { try await pool.query("SELECT pg_sleep(0.05)") }
                    }
                    try await group.waitForAll()
                }
                while pool.statistics != PostgresPool.Statistics(inUse: 0, idle: 2, waiting: 0) {
                    try await Task.sleep(for: .milliseconds(5))
                }
                life.cancel()
                await life.value
                let error = try await #require(throws: PostgresError.self) { try await pool.query("SELECT 1") }
                #expect(error.code == .poolShutDown)
            }
        )
    }

    @Test("a connection past its lifetime is replaced")
    func lifetime() async throws {
        try await withTestDatabase(
            migrated: false,
            configure: {
                $0.maximumConnections = 1
                $0.maximumLifetime = .milliseconds(20)
            },
            { pool in
                let first = try await pool.withConnection { await $0.serverProcess }
                try await Task.sleep(for: .milliseconds(40))
                let second = try await pool.withConnection { await $0.serverProcess }
                #expect(first != second)
            }
        )
    }

    @Test("a server that is not there, a wrong database and a malformed string are told apart")
    func noServer() async throws {
        let nowhere = PostgresPool(
            configuration: try PostgresConfiguration(connectionString: "host=/nonexistent dbname=x"),
            logger: Logger(label: "test")
        )
        let failed = try await #require(throws: PostgresError.self) { try await nowhere.query("SELECT 1") }
        #expect(failed.code == .connectionFailed)
        #expect(nowhere.statistics.inUse == 0)
        let malformed = try #require(throws: PostgresError.self) {
            try PostgresConfiguration(connectionString: "host=db.example dbname")
        }
        #expect(malformed.code == .configuration)
        let secret = try PostgresConfiguration(connectionString: "postgresql://me:secret@db.example/x")
        #expect(!secret.description.contains("secret"))
    }
}

/// Collects what several tasks report.
private actor Recorder<Value: Sendable> {
    private(set) var values: [Value] = []

    func record(_ value: Value) {
        values.append(value)
    }
}
