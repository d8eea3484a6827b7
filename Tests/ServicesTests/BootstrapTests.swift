import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import ServiceKit
import TestSupport
import Testing

@Suite("The first administrator", .timeLimit(.minutes(5)))
struct BootstrapTests {
    private static func withoutAdministrator(_ body: (LivePlatform, _ socket: String) async throws -> Void) async throws
    {
        try await LivePlatform.run { platform in
            try await platform.pool.execute("UPDATE identity.access_grant SET revoked_at = now(), revoked_by = 'test'")
            try await body(platform, platform.home.appending(path: "data/bootstrap.sock").path)
        }
    }

    @Test("comes in by the socket of the service, once; the token is in no file and no log")
    func login() async throws {
        try await Self.withoutAdministrator { platform, socket in
            let mode = try FileManager.default.attributesOfItem(atPath: socket)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            func login(_ user: String) async throws -> Program.Outcome {
                try await Program.ceyuan(
                    ["login", "--bootstrap", socket, "--user", user, "--format", "json"],
                    ["CEYUAN_URL": platform.address],
                    in: platform.home
                )
            }
            let first = try await login("first")
            #expect(first.status == 0, "\(first.error)")
            let session = try JSONDecoder().decode(SignedInSession.self, from: Data(first.output.utf8))
            #expect(session.principal == "user:first")
            #expect(session.permissions == [.init(permission: "*", regions: nil)])
            let second = try await login("second")
            #expect(second.status == 1)
            #expect(second.error.contains("ADMINISTRATOR_EXISTS"))
            #expect(!platform.log.contains("cyb_"))
            let data = platform.home.appending(path: "data").path
            #expect(try FileManager.default.subpathsOfDirectory(atPath: data).allSatisfy { !$0.contains("token") })
        }
    }

    @Test("a token makes one administrator, whoever tries at the same time, and dies when the next is handed out")
    func once() async throws {
        try await Self.withoutAdministrator { platform, socket in
            let nobody = try platform.client(token: nil)
            func token() async throws -> String {
                let door = try PlainConnection(socket: socket)
                defer { door.close() }
                return await door.readAll().trimmingCharacters(in: .whitespacesAndNewlines)
            }
            func take(_ token: String) async throws -> IssuedToken {
                try await nobody.post("/v1/bootstrap", body: BootstrapOrder(token: token, user: "first", name: "First"))
            }
            let former = try await token()
            let secret = try await token()
            for wrong in [
                former, APIToken(.bootstrap).text, platform.administrator.text, String(secret.dropLast()), "",
            ] {
                let error = await #expect(throws: PlatformClientError.self) { try await take(wrong) }
                #expect(problem(error)?.code == "TOKEN_INVALID")
            }
            // Ten who try at once: one gets in.
            let made = await withTaskGroup(of: IssuedToken?.self) { group in
                for _ in 0..<10 { group.addTask { try? await take(secret) } }
                return await group.reduce(into: [IssuedToken]()) { if let token = $1 { $0.append(token) } }
            }
            #expect(made.count == 1)
            await #expect(throws: PlatformClientError.self) { try await take(secret) }
            #expect(try await token() == "ADMINISTRATOR_EXISTS")
        }
    }

    @Test(
        "a process of another user gets no token, whatever the mode of the socket",
        .enabled(if: geteuid() == 0, "becoming another user needs root")
    )
    func stranger() async throws {
        try await Self.withoutAdministrator { platform, socket in
            try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: socket)
            for folder in [platform.home.path, platform.home.appending(path: "data").path] {
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
            }
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/setpriv")
            process.arguments = [
                "--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/python3", "-c",
                """
                import socket, sys
                door = socket.socket(socket.AF_UNIX)
                door.connect(sys.argv[1])
                print(door.makefile().readline(), end="")
                """,
                socket,
            ]
            let output = platform.home.appending(path: "stranger")
            try Data().write(to: output)
            process.standardOutput = try FileHandle(forWritingTo: output)
            try await Program.end(of: process)
            #expect(try String(contentsOf: output, encoding: .utf8) == "NOT_PERMITTED\n")
        }
    }
}
