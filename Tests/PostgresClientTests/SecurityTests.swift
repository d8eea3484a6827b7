import FoundationEssentials
import Glibc
import Logging
import PostgresClient
import Testing

/// What libpq brings, on a real server with TLS: it must work through this client, and fail with words that help.
@Suite("TLS, SCRAM, certificates, password and service files, several hosts", .timeLimit(.minutes(5)))
struct SecurityTests {
    private static func connect(_ string: String) async throws -> PostgresConnection {
        try await PostgresConnection.connect(
            try PostgresConfiguration(connectionString: string),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// The session's user, and whether it is encrypted, as the server sees it.
    private static func session(_ string: String) async throws -> (user: String, isEncrypted: Bool) {
        let connection = try await connect(string)
        let row = try await connection.queryOne(
            "SELECT session_user, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        )
        await connection.close()
        let (user, isEncrypted) = try #require(row).decode((String, Bool).self)
        return (user, isEncrypted)
    }

    private static func refusal(_ string: String) async throws -> String {
        let error = try await #require(throws: PostgresError.self) { _ = try await connect(string) }
        #expect(error.code == .connectionFailed)
        #expect(error.hint != nil)
        let message = try #require(error.message)
        #expect(!message.contains { $0.isNewline || $0 == "\t" })
        #expect(!error.description.contains("horse") && !error.debugDescription.contains("horse"))
        return message
    }

    @Test("verify-full accepts the right authority and name, and refuses others")
    func verified() async throws {
        let server = try await SecureServer.shared.server()
        let login = "password='\(server.password)'"
        let root = "sslrootcert=\(server.certificates)/root.crt"
        #expect(
            try await Self.session(server.string(user: "reader", "\(login) sslmode=verify-full \(root)"))
                == ("reader", true)
        )
        let wrongAuthority = server.string(
            user: "reader",
            "\(login) sslmode=verify-full sslrootcert=\(server.certificates)/other.crt"
        )
        #expect(try await Self.refusal(wrongAuthority).contains("certificate verify failed"))
        let wrongName = "host=127.0.0.1 port=\(server.port) user=reader dbname=ceyuan \(login) \(root)"
        #expect(
            try await Self.refusal(wrongName + " sslmode=verify-full").contains(
                "does not match host name \"127.0.0.1\""
            )
        )
        #expect(try await Self.session(wrongName + " sslmode=verify-ca").isEncrypted)
        #expect(
            try await Self.refusal(server.string(user: "reader", "\(login) sslmode=disable")).contains("no encryption")
        )
    }

    @Test("SCRAM-SHA-256 with channel binding lets the right password in, and no other")
    func scram() async throws {
        let server = try await SecureServer.shared.server()
        let options = "sslmode=require channel_binding=require"
        let session = try await Self.session(server.string(user: "reader", "\(options) password='\(server.password)'"))
        #expect(session == ("reader", true))
        let wrong = server.string(user: "reader", "\(options) password='wrong horse'")
        #expect(try await Self.refusal(wrong).contains("password authentication failed for user \"reader\""))
        #expect(try await Self.refusal(server.string(user: "reader", options)).contains("no password supplied"))
    }

    @Test("a client certificate of the server's authority lets its role in, and no other does")
    func clientCertificates() async throws {
        let server = try await SecureServer.shared.server()
        let folder = server.certificates
        let trust = "sslmode=verify-full sslrootcert=\(folder)/root.crt"
        func string(_ user: String, _ name: String) -> String {
            server.string(user: user, "\(trust) sslcert=\(folder)/\(name).crt sslkey=\(folder)/\(name).key")
        }
        #expect(try await Self.session(string("keeper", "keeper")) == ("keeper", true))
        // The server says so in an alert after the handshake; libpq may meet the closed connection first.
        let stranger = try await Self.refusal(string("keeper", "stranger"))
        #expect(stranger.contains("unknown ca") || stranger.contains("SSL") || stranger.contains("closed"))
        let none = server.string(user: "keeper", "\(trust) sslcert=\(folder)/none.crt sslkey=\(folder)/none.key")
        #expect(try await Self.refusal(none).contains("valid client certificate"))
    }

    @Test("a dead first host is passed over")
    func severalHosts() async throws {
        let server = try await SecureServer.shared.server()
        // Nothing listens on port 1 (tcpmux): the connection is refused at once.
        let string =
            "host=localhost,localhost hostaddr=127.0.0.1,127.0.0.1 port=1,\(server.port) user=reader dbname=ceyuan"
            + " password='\(server.password)' sslmode=verify-full sslrootcert=\(server.certificates)/root.crt"
        #expect(try await Self.session(string) == ("reader", true))
    }

    /// The environment is a process's own, so these run in one of their own.
    @Test("PGPASSFILE and PGSERVICEFILE are obeyed")
    func files() async throws {
        let server = try await SecureServer.shared.server()
        let folder = server.certificates
        let password = server.password
        let port = server.port
        try Data("localhost:\(port):*:reader:\(password)\n".utf8).write(to: URL(filePath: folder + "/passwords"))
        try Data("localhost:\(port):*:reader:wrong\n".utf8).write(to: URL(filePath: folder + "/wrong"))
        chmod(folder + "/passwords", 0o600)
        chmod(folder + "/wrong", 0o600)
        try Data(
            """
            [records]
            host=localhost
            hostaddr=127.0.0.1
            port=\(port)
            user=reader
            dbname=ceyuan
            sslmode=verify-full
            sslrootcert=\(folder)/root.crt

            """.utf8
        ).write(to: URL(filePath: folder + "/services"))
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            try await Self.obeyFiles(in: folder)
        }
    }

    /// Throws what it finds wrong: its process then fails.
    private static func obeyFiles(in folder: String) async throws {
        setenv("PGPASSFILE", folder + "/passwords", 1)
        setenv("PGSERVICEFILE", folder + "/services", 1)
        try #require(try await session("service=records") == ("reader", true))
        let absent = try await refusal("service=absent")
        try #require(absent.contains("definition of service \"absent\" not found"))
        setenv("PGPASSFILE", folder + "/wrong", 1)
        try #require(try await refusal("service=records").contains("password authentication failed"))
        setenv("PGSERVICE", "records", 1)
        setenv("PGPASSFILE", folder + "/passwords", 1)
        try #require(try await session("") == ("reader", true))
    }
}
