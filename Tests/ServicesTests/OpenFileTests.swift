import DomainModel
import PlatformClient
import PostgresClient
import ServiceKit
import TestSupport
import Testing

@Suite("More connections than files may be open", .timeLimit(.minutes(5)))
struct OpenFileTests {
    private static func request(_ path: String, _ platform: LivePlatform, _ rest: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: ceyuan\r\nAuthorization: Bearer \(platform.administrator.text)\r\n\(rest)\r\n"
    }

    @Test(
        "connections beyond the room wait, those within are served, with new connections to the database, and all is well after"
    )
    func flood() async throws {
        try await LivePlatform.run(starts: false) { platform in
            let host = try await platform.startHost("ceyuan-platform", openFiles: 160)
            platform.address = host.address
            let first = try PlainConnection(host.address)
            let others = try (0..<300).map { _ in try PlainConnection(host.address) }
            for other in others { try? other.send(Self.request("/livez", platform)) }
            // What is open stops growing far below what may be: there is room for what the requests need.
            var open = 0
            while open == 0 || host.openFiles > open {
                open = host.openFiles
                try await Task.sleep(for: .milliseconds(200))
            }
            #expect(open < 130, "\(open) of 160")

            // All connections to the database are made anew, once the old ones are gone.
            try await platform.pool.query(
                """
                SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'ceyuan-platform'
                """
            )
            try first.send(Self.request("/v1/users", platform, "Connection: close\r\n"))
            let answer = await first.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 200"), "\(answer)\n\(host.log)")
            first.close()

            for other in others { other.close() }
            let users: Page<User> = try await platform.client.get("/v1/users")
            #expect(users.items.map(\.id) == ["user:test"])
            let metrics = try await platform.client.bytes("/metrics").body
            #expect(String(decoding: metrics, as: UTF8.self).contains("\nprocess_max_fds 160\n"))
            try await host.stop()
        }
    }
}
