import DomainModel
import PostgresClient
import Storage
import TestSupport
import Testing

@testable import ServiceKit

/// What holds within one transaction, and no longer.
extension RowSecurityTests {
    @Test("settings never reach the next user of a connection, whatever became of the transaction")
    func leak() async throws {
        struct Broken: Error {}
        try await withPlatform(connections: 2) { platform, inA in
            let principals: [(Principal, Int64)] = [
                (Principal(id: "service:test", regions: .everywhere), 2), (inA, 1), (Principal(id: "user:zhao"), 0),
            ]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for turn in 0..<300 {
                    let (principal, expected) = principals[turn % 3]
                    group.addTask {
                        switch turn % 5 {
                        case 0:
                            // Past the seam: whatever ran on the connection before, nothing is to be seen.
                            try await platform.database.withConnection { connection in
                                let row = try await connection.queryOne(
                                    """
                                    SELECT coalesce(current_setting('ceyuan.regions', true), '')
                                        || coalesce(current_setting('ceyuan.principal', true), ''), count(*)
                                    FROM registry.record
                                    """
                                )
                                let (settings, count) = try #require(row).decode((String, Int64).self)
                                #expect(settings.isEmpty)
                                #expect(count == 0)
                            }
                        case 1:
                            await #expect(throws: Broken.self) {
                                try await platform.read(principal) { _ in throw Broken() }
                            }
                        case 2:
                            await #expect(throws: PostgresError.self) {
                                try await platform.write(Activity(principal: principal, id: "test")) { work in
                                    _ = try await work.connection.query("SELECT 1 / 0")
                                }
                            }
                        case 3:
                            // The shared readers, some of whose statements fail, and some of which have no settings.
                            let reader = try platform.reader(for: principal)
                            await #expect(throws: PostgresError.self) { try await reader.query("SELECT 1 / 0") }
                            #expect(try await Self.count("registry.record", reader) == expected)
                            let bare = try platform.database.reader.scoped(to: [:])
                            #expect(try await Self.count("registry.record", bare) == 0)
                        default:
                            let seen = try await platform.read(principal) { connection in
                                let first = try await Self.count("registry.record", connection)
                                await Task.yield()
                                return (first, try await Self.count("registry.record", connection))
                            }
                            #expect(seen.0 == expected)
                            #expect(seen.1 == expected)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("a read can write nothing")
    func readOnly() async throws {
        try await withPlatform { platform, inA in
            let error = await #expect(throws: PostgresError.self) {
                try await platform.read(inA) { try await $0.execute("UPDATE registry.record SET state = 'closed'") }
            }
            #expect(error?.sqlState?.rawValue == "25006")
            let alone = await #expect(throws: PostgresError.self) {
                try await platform.reader(for: inA).query("UPDATE registry.record SET state = 'closed'")
            }
            #expect(alone?.sqlState?.rawValue == "25006")
        }
    }

    @Test("the statements of one read see the same state of the database")
    func snapshot() async throws {
        try await withPlatform { platform, _ in
            let everywhere = Principal(id: "service:test", regions: .everywhere)
            let (before, after) = try await platform.read(everywhere) { connection in
                let before = try await Self.count("registry.record", connection)
                try await platform.write(Activity(principal: everywhere, id: "test")) { work in
                    try await work.connection.query(
                        """
                        INSERT INTO registry.record (kind, key, state, recording_id)
                        SELECT 'talent', 'new', 'active', id FROM registry.recording
                        """
                    )
                    work.changesNothing()
                }
                return (before, try await Self.count("registry.record", connection))
            }
            #expect(before == after)
            #expect(try await Self.count("registry.record", platform.reader(for: everywhere)) == 3)
        }
    }
}
