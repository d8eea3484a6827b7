import FoundationEssentials
import Glibc
import LocalPostgres
import Logging
import PostgresClient
import Testing

@Suite("Private clusters")
struct LocalClusterTests {
    private static func newDirectory(_ tail: String = "") -> String {
        "/tmp/ceyuan-cluster-test-\(getpid())-\(UInt32.random(in: 0...UInt32.max))\(tail)"
    }

    private static func ask(_ connectionString: String, _ query: PostgresQuery) async throws -> String? {
        let connection = try await PostgresConnection.connect(
            try PostgresConfiguration(connectionString: connectionString),
            logger: Logger(label: "test")
        )
        let answer = try await connection.queryOne(query)?.decode(String.self)
        await connection.close()
        return answer
    }

    @Test("up makes, starts and finds again; down stops; data and port stay; destroy leaves nothing")
    func life() async throws {
        let cluster = LocalCluster(.init(directory: Self.newDirectory(), durable: false))
        #expect(try await cluster.status().state == .absent)
        let first = try await cluster.up()
        #expect(try await cluster.up() == first)
        #expect(try await Self.ask(first.connectionString, "SHOW data_checksums") == "on")
        #expect(try await Self.ask(first.connectionString, "SHOW server_encoding") == "UTF8")
        let overTCP = try #require(first.tcpConnectionString)
        #expect(try await Self.ask(overTCP, "SELECT current_database()::text") == "ceyuan")
        let withoutPassword = try PostgresConfiguration(
            connectionString: "postgresql://ceyuan@127.0.0.1:\(first.port)/ceyuan?passfile=/nonexistent&password=wrong"
        )
        await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(withoutPassword, logger: Logger(label: "test"))
        }
        try await cluster.down()
        try await cluster.down()
        #expect(try await cluster.status().state == .stopped)
        #expect(try await cluster.up().port == first.port)
        try await cluster.destroy()
        #expect(try await cluster.status().state == .absent)
        #expect(!FileManager.default.fileExists(atPath: cluster.configuration.directory))
    }

    @Test("a stale postmaster.pid with a living stranger's number is healed")
    func stalePid() async throws {
        let cluster = LocalCluster(.init(directory: Self.newDirectory(), port: .socketOnly, durable: false))
        try await cluster.up()
        let process = try #require(try await cluster.status().processIdentifier)
        let home = try #require(try await cluster.status().home)
        kill(process, SIGKILL)
        while try await cluster.status().state == .running {
            try await Task.sleep(for: .milliseconds(20))
        }
        let file = "\(home)/data/postmaster.pid"
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        try ("\(getpid())\n" + lines.dropFirst().joined(separator: "\n")).write(
            toFile: file,
            atomically: false,
            encoding: .utf8
        )
        #expect(try await cluster.status().state == .stopped)
        let endpoint = try await cluster.up()
        #expect(try await Self.ask(endpoint.connectionString, "SELECT 'healed'") == "healed")
        try await cluster.destroy()
    }

    @Test("a directory too long for a socket gets a short one elsewhere")
    func longPath() async throws {
        let directory = Self.newDirectory("-" + String(repeating: "x", count: 100))
        let cluster = LocalCluster(.init(directory: directory, port: .socketOnly, durable: false))
        let endpoint = try await cluster.up()
        #expect(endpoint.socketDirectory.utf8.count < 80)
        #expect(endpoint.tcpConnectionString == nil)
        #expect(try await Self.ask(endpoint.connectionString, "SHOW listen_addresses") == "")
        try await cluster.destroy()
        #expect(!FileManager.default.fileExists(atPath: endpoint.socketDirectory))
    }

    @Test("two callers at once get the same server; settings given override the defaults")
    func concurrent() async throws {
        let cluster = LocalCluster(
            .init(directory: Self.newDirectory(), durable: false, settings: ["work_mem": "5MB", "jit": "on"])
        )
        async let one = cluster.up()
        async let two = cluster.up()
        let (first, second) = try await (one, two)
        #expect(first == second)
        #expect(try await Self.ask(first.connectionString, "SHOW work_mem") == "5MB")
        #expect(try await Self.ask(first.connectionString, "SHOW jit") == "on")
        try await cluster.destroy()
    }

    @Test("what is missing is named, in both languages")
    func missing() async throws {
        let cluster = LocalCluster(.init(directory: Self.newDirectory(), binaries: "/nonexistent"))
        let error = try await #require(throws: LocalPostgresError.self) { try await cluster.up() }
        #expect(error.code == .binariesMissing)
        #expect(error.message.contains("apt-get install postgresql-15"))
        #expect(error.messageInChinese.contains("安装"))
        let relative = LocalCluster(.init(directory: "relative/path"))
        #expect(
            try await #require(throws: LocalPostgresError.self) { try await relative.up() }.code == .unusableDirectory
        )
        try? FileManager.default.removeItem(atPath: cluster.configuration.directory + ".lock")
    }
}
