import DomainModel
import PlatformClient
import PostgresClient
import Testing

@Suite("Two who change the same at once", .timeLimit(.minutes(5)))
struct LostUpdateTests {
    /// Sends two changes of the same version at once, and holds both up until they are at the same row.
    ///
    /// - Returns: What came of them: `done`, or the code of the problem, in order.
    private static func race(
        _ platform: LivePlatform,
        on row: PostgresQuery,
        _ change: @escaping @Sendable (PlatformClient) async throws -> Void,
        to path: String
    ) async throws -> [String] {
        let tag = try #require(try await platform.client.bytes(path)["ETag"])
        let client = try platform.client.matching(tag)
        let pool = platform.pool
        return try await withThrowingTaskGroup(of: String.self) { group in
            try await pool.withTransaction { connection in
                try await connection.query(row)
                for _ in 0..<2 {
                    group.addTask {
                        do {
                            try await change(client)
                            return "done"
                        } catch let error as PlatformClientError {
                            return problem(error)?.code ?? "\(error)"
                        }
                    }
                }
                let waiting: PostgresQuery = """
                    SELECT count(*) FROM pg_stat_activity
                    WHERE datname = current_database() AND application_name = 'ceyuan-platform'
                        AND wait_event_type = 'Lock'
                    """
                while try await pool.queryOne(waiting)?.decode(Int.self) != 2 {}
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted()
        }
    }

    @Test("of two changes of the same version one is done, and the other is told")
    func race() async throws {
        try await LivePlatform.run { platform in
            let root = try platform.client
            let _: User = try await root.post("/v1/users", body: NewUser(id: "user:li", name: "Li"))
            let user = "/v1/users/user%3Ali"
            let users = try await Self.race(
                platform,
                on: "SELECT FROM identity.principal WHERE id = 'user:li' FOR UPDATE",
                { let _: User = try await $0.put(user, body: UserChange(isDisabled: true)) },
                to: user
            )
            #expect(users == ["PRECONDITION_FAILED", "done"])

            let order = ScheduleOrder(cron: "0 3 1 1 *", timeZone: "Asia/Shanghai", kind: "requests.sweep")
            let path = "/v1/schedules/yearly"
            let _: Schedule = try await root.put(path, body: order)
            let other = ScheduleOrder(cron: "0 4 1 1 *", timeZone: "Asia/Shanghai", kind: "requests.sweep")
            let schedules = try await Self.race(
                platform,
                on: "SELECT FROM jobs.schedule WHERE name = 'yearly' FOR UPDATE",
                { let _: Schedule = try await $0.put(path, body: other) },
                to: path
            )
            #expect(schedules == ["PRECONDITION_FAILED", "done"])

            let saved: SavedList = try await root.post(
                "/v1/saved-lists",
                body: SavedListOrder(name: "chips", sharing: .owner, keys: ["T-1"])
            )
            let list = "/v1/saved-lists/\(saved.id)"
            let longer = SavedListOrder(name: "chips", sharing: .owner, keys: ["T-1", "T-2"])
            let lists = try await Self.race(
                platform,
                on: "SELECT FROM registry.saved_list WHERE id = \(saved.id) FOR UPDATE",
                { let _: SavedList = try await $0.put(list, body: longer) },
                to: list
            )
            #expect(lists == ["PRECONDITION_FAILED", "done"])
        }
    }
}
