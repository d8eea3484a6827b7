import FoundationEssentials
import Glibc
import LocalPostgres
import Logging
import PostgresClient
import TestSupport
import Testing

@Suite("Outages")
struct OutageTests {
    /// What became of the numbers that writers tried to insert, as the client said.
    private actor Ledger {
        private(set) var isOver = false
        private(set) var last = 0
        private(set) var written: Set<Int> = []
        private(set) var refused: Set<Int> = []
        private(set) var unknown: Set<Int> = []

        func next() -> Int? {
            last += 1
            return isOver ? nil : last
        }

        func note(_ number: Int, _ error: (any Error)?) {
            switch error {
            case nil: written.insert(number)
            case let error as PostgresError where error.effectUnknown: unknown.insert(number)
            default: refused.insert(number)
            }
        }

        func end() {
            isOver = true
        }
    }

    @Test("the server restarts under writers: no acknowledged write is lost or doubled, and the pool heals")
    func restart() async throws {
        let directory = "/tmp/ceyuan-outage-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        let cluster = LocalCluster(
            .init(directory: directory, port: .socketOnly, durable: false, lifetime: .tied(removingFiles: true))
        )
        let endpoint = try await cluster.up()
        var configuration = try PostgresConfiguration(connectionString: endpoint.connectionString)
        configuration.maximumConnections = 4
        let pool = PostgresPool(configuration: configuration, logger: Logger(label: "test"))
        // No key: a doubled row is to be seen.
        try await pool.execute("CREATE TABLE t (a int)")
        let ledger = Ledger()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    while let number = await ledger.next() {
                        do {
                            try await pool.execute("INSERT INTO t VALUES (\(number))")
                            await ledger.note(number, nil)
                        } catch {
                            await ledger.note(number, error)
                        }
                    }
                }
            }
            for _ in 0..<2 {
                try await Self.wait(for: 300, more: ledger)
                try await cluster.down()
                try await cluster.up()
            }
            try await Self.wait(for: 300, more: ledger)
            await ledger.end()
            try await group.waitForAll()
        }
        let rows = try await pool.query("SELECT a FROM t").map { try $0.decode(Int.self) }
        let present = Set(rows)
        #expect(rows.count == present.count)
        let (written, refused, unknown) = await (ledger.written, ledger.refused, ledger.unknown)
        #expect(written.isSubset(of: present))
        #expect(refused.isDisjoint(with: present))
        #expect(present.subtracting(written).isSubset(of: unknown))
        // Otherwise the restarts have hit nobody.
        #expect(!refused.isEmpty || !unknown.isEmpty)
        await pool.shutdown()
        try await cluster.destroy()
    }

    private static func wait(for count: Int, more ledger: Ledger) async throws {
        let goal = await ledger.written.count + count
        while await ledger.written.count < goal {
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// A pool whose way to the test server leads through a proxy.
    private static func withProxy(
        isolation: isolated (any Actor)? = #isolation,
        statementTimeout: Duration? = nil,
        connections: Int = 10,
        _ body: (PostgresPool, FaultProxy) async throws -> Void
    ) async throws {
        let database = try await TestDatabase.create(migrated: false)
        let (proxy, connectionString) = try database.makeProxy()
        var configuration = try PostgresConfiguration(connectionString: connectionString)
        configuration.connectTimeout = .seconds(3)
        configuration.statementTimeout = statementTimeout
        configuration.silenceGrace = .milliseconds(200)
        configuration.maximumConnections = connections
        let pool = PostgresPool(configuration: configuration, logger: Logger(label: "test"))
        try await body(pool, proxy)
        await pool.shutdown(grace: .seconds(1))
        proxy.close()
        try await database.drop()
    }

    @Test("the network swallows everything: the client's own deadline ends the wait, and the pool heals")
    func blackHole() async throws {
        try await Self.withProxy(statementTimeout: .seconds(2)) { pool, proxy in
            try await pool.execute("CREATE TABLE t (a int)")
            #expect(try await pool.reader.queryOne("SELECT 1")?.decode(Int.self) == 1)
            proxy.setHole(true)
            let write = try await #require(throws: PostgresError.self) {
                try await pool.execute("INSERT INTO t VALUES (1)")
            }
            #expect(write.code == .connectionLost)
            #expect(write.effectUnknown)
            let read = try await #require(throws: PostgresError.self) { try await pool.reader.query("SELECT 1") }
            #expect(read.code == .connectionLost)
            #expect(!read.effectUnknown)
            let connecting = try await #require(throws: PostgresError.self) { try await pool.query("SELECT 1") }
            #expect(connecting.code == .timeout)
            #expect(!connecting.effectUnknown)
            proxy.setHole(false)
            #expect(try await pool.queryOne("SELECT count(*) FROM t")?.decode(Int.self) == 0)
            #expect(try await pool.reader.queryOne("SELECT 2")?.decode(Int.self) == 2)
        }
    }

    @Test("a cancel that the network swallows does not keep its task waiting for ever")
    func swallowedCancel() async throws {
        try await Self.withProxy(connections: 1) { pool, proxy in
            #expect(try await pool.queryOne("SELECT 1")?.decode(Int.self) == 1)
            proxy.setHole(true)
            let task = Task { try await pool.query("SELECT pg_sleep(60)") }
            while pool.statistics.inUse == 0 {
                await Task.yield()
            }
            task.cancel()
            let error = try await #require(throws: PostgresError.self) { try await task.value }
            #expect(error.code == .connectionLost || error.code == .cancelled)
            proxy.setHole(false)
            #expect(try await pool.queryOne("SELECT 2")?.decode(Int.self) == 2)
        }
    }
}
