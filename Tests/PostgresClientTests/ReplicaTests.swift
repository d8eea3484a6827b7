import LocalPostgres
import Logging
import Testing

@testable import PostgresClient

/// On a real primary and a real streaming replica, made by `pg_basebackup`.
@Suite("Reads on replicas", .serialized, .timeLimit(.minutes(5)))
struct ReplicaTests {
    private static func isReplica(_ connection: PostgresConnection) async throws -> Bool {
        try await connection.queryOne("SELECT pg_is_in_recovery()")?.decode() ?? false
    }

    /// The count of a table, and whether a replica gave it.
    private static func count(_ table: String, _ connection: PostgresConnection) async throws -> (Int, Bool) {
        let row = try await connection.queryOne("SELECT count(*), pg_is_in_recovery() FROM \(unescaped: table)")
        return try #require(row).decode((Int, Bool).self)
    }

    @Test("who has written reads what he wrote, on the replica", arguments: ["on", "off"])
    func ownWrites(synchronousCommit: String) async throws {
        try await withReplicaSet { set, _ in
            let table = "own_\(synchronousCommit)"
            try await set.write { try await $0.execute("CREATE TABLE \(unescaped: table) (n int)") }
            for round in 1...50 {
                let (_, freshness) = try await set.write { connection in
                    try await connection.execute("SET LOCAL synchronous_commit = \(unescaped: synchronousCommit)")
                    try await connection.execute("INSERT INTO \(unescaped: table) VALUES (1)")
                }
                // Through text, as a header carries it.
                let named = try #require(PostgresFreshness(freshness.description))
                let (count, byReplica) = try await set.read(named, patience: .seconds(30)) {
                    try await Self.count(table, $0)
                }
                #expect(count == round && byReplica)
            }
            #expect(set.statistics.byReplica == 50)
        }
    }

    @Test("a replica that has not come far enough leaves the read to the primary; any and latest are what they say")
    func behind() async throws {
        try await withReplicaSet { set, _ in
            let (_, created) = try await set.write { try await $0.execute("CREATE TABLE behind (n int)") }
            _ = try await set.read(created, patience: .seconds(30)) { try await Self.count("behind", $0) }
            try await set.replicas[0].execute("SELECT pg_wal_replay_pause()")
            let (_, written) = try await set.write { try await $0.execute("INSERT INTO behind VALUES (1)") }
            #expect(try await set.read(written) { try await Self.count("behind", $0) } == (1, false))
            #expect(try await set.read(.any) { try await Self.count("behind", $0) } == (0, true))
            #expect(try await set.read { try await Self.count("behind", $0) } == (0, true))
            #expect(try await set.read(.latest) { try await Self.count("behind", $0) } == (1, false))
            #expect(
                try await set.read(isolation: .serializable) { try await Self.count("behind", $0) } == (1, false)
            )
            try await set.replicas[0].execute("SELECT pg_wal_replay_resume()")
            #expect(
                try await set.read(written, isolation: .repeatableRead, patience: .seconds(30)) {
                    try await Self.count("behind", $0)
                } == (1, true)
            )
            #expect(set.statistics.fallenBack == 1 && set.statistics.byPrimary == 2)
        }
    }

    @Test("a read may not write, whichever server answers; its own errors are not the replica's")
    func readOnly() async throws {
        try await withReplicaSet { set, _ in
            for freshness in [PostgresFreshness.any, .latest] {
                let error = try await #require(throws: PostgresError.self) {
                    try await set.read(freshness) { try await $0.execute("CREATE TABLE never (n int)") }
                }
                #expect(error.sqlState == .readOnlySQLTransaction)
            }
            let wrong = try await #require(throws: PostgresError.self) {
                try await set.read { try await $0.query("SELECT 1 / 0") }
            }
            #expect(wrong.sqlState == .divisionByZero)
            #expect(try await set.read { try await Self.isReplica($0) })
        }
    }

    @Test("a replica that is down is left alone, and used again when it is back")
    func outage() async throws {
        try await withReplicaSet { set, servers in
            #expect(try await set.read { try await Self.isReplica($0) })
            try await servers.replicaCluster.down()
            for _ in 0..<5 {
                #expect(try await !set.read { try await Self.isReplica($0) })
            }
            try await servers.replicaCluster.up()
            // The pause is milliseconds here; the suite's time limit ends this if the replica is never tried again.
            var isBack = false
            while !isBack {
                isBack = try await set.read { try await Self.isReplica($0) }
            }
            #expect(set.statistics.byReplica >= 2)
        }
    }

    @Test("a replica whose server ends during the read gives it to the primary")
    func brokenOff() async throws {
        try await withReplicaSet { set, servers in
            var answers: [Bool] = []
            let result = try await set.read { connection in
                answers.append(try await Self.isReplica(connection))
                if answers.count == 1 {
                    let process = await connection.serverProcess
                    try await set.replicas[0].execute("SELECT pg_terminate_backend(\(process))")
                    try await connection.execute("SELECT pg_sleep(60)")
                }
                return answers.count
            }
            #expect(result == 2 && answers == [true, false])
            #expect(set.statistics.fallenBack == 1)
        }
    }

    @Test("a read that replay pushes aside is run again on the primary")
    func conflict() async throws {
        try await withReplicaSet { set, _ in
            let (_, filled) = try await set.write {
                try await $0.execute("CREATE TABLE pushed AS SELECT generate_series(1, 1000) AS n")
            }
            var answers: [Bool] = []
            let count = try await set.read(filled, isolation: .repeatableRead, patience: .seconds(30)) { connection in
                let (count, byReplica) = try await Self.count("pushed", connection)
                answers.append(byReplica)
                if answers.count == 1 {
                    // Vacuum removes rows that this snapshot still sees; replaying that ends the transaction.
                    try await set.primary.execute("DELETE FROM pushed WHERE n <= 500")
                    try await set.primary.execute("VACUUM pushed")
                    while try await Self.count("pushed", connection).0 == 1000 {}
                }
                return count
            }
            #expect(answers == [true, false])
            #expect(count == 500)
        }
    }

    @Test("several hosts lead past dead ones, to the primary or to a replica as target_session_attrs asks")
    func severalHosts() async throws {
        let servers = try await StreamingPair.shared.servers()
        func isReplica(_ attributes: String) async throws -> Bool {
            let hosts = "/nowhere,\(servers.replica.socketDirectory),\(servers.primary.socketDirectory)"
            let configuration = try PostgresConfiguration(
                connectionString: "host=\(hosts) port=5432,\(servers.replica.port),\(servers.primary.port)"
                    + " user=\(servers.primary.user) dbname=\(servers.primary.database)"
                    + " target_session_attrs=\(attributes)"
            )
            let connection = try await PostgresConnection.connect(
                configuration,
                logger: .init(label: "test") { _ in
                    SwiftLogNoOpLogHandler()
                }
            )
            let isReplica = try await Self.isReplica(connection)
            await connection.close()
            return isReplica
        }
        #expect(try await !isReplica("read-write"))
        #expect(try await !isReplica("primary"))
        #expect(try await isReplica("any"))
        #expect(try await isReplica("standby"))
        #expect(try await isReplica("prefer-standby"))
    }

    @Test("a freshness survives its text, and other texts are none")
    func texts() throws {
        for freshness in [PostgresFreshness.any, .latest, .seen(PostgresLSN(position: 0x16_B374_D848))] {
            #expect(PostgresFreshness(freshness.description) == freshness)
        }
        #expect(PostgresFreshness("newest") == nil && PostgresFreshness("") == nil)
    }

    @Test("a replica's pause doubles up to 30 s, with up to a quarter less, and ends with a success")
    func pauses() {
        var health = ReplicaHealth()
        let start = ContinuousClock.now
        #expect(health.isWorthTrying(at: start))
        for (failure, seconds) in [1, 2, 4, 8, 16, 30, 30].enumerated() {
            let isNew = health.fail(at: start, pause: .seconds(1), jitter: 0)
            #expect(isNew == (failure == 0))
            #expect(!health.isWorthTrying(at: start + .seconds(seconds) - .milliseconds(1)))
            #expect(health.isWorthTrying(at: start + .seconds(seconds)))
        }
        _ = health.fail(at: start, pause: .seconds(1), jitter: 1)
        #expect(health.isWorthTrying(at: start + .milliseconds(22_500)))
        let wasOut = [health.succeed(), health.succeed()]
        #expect(wasOut == [true, false])
        #expect(health.isWorthTrying(at: start))
    }
}
