import Foundation
import PostgresClient
import Storage
import Synchronization
import TestSupport
import Testing

@testable import ServiceKit

/// Workers as processes of their own, ended as a power cut would end them.
@Suite("Killed workers", .timeLimit(.minutes(5)))
struct JobKillTests {
    private static let count = 12_000

    /// How many jobs were put into the queue.
    private final class Total: Sendable {
        let count = Atomic(0)
    }

    private func worker(_ database: String, _ mode: String) throws -> Process {
        let folder =
            Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
            ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let process = Process()
        process.executableURL = folder.appending(path: "job-worker")
        process.arguments = ["work", database, mode]
        try process.run()
        return process
    }

    /// Puts another lot of jobs into the queue.
    private func add(_ total: Total, _ pool: PostgresPool) async throws {
        let start = total.count.wrappingAdd(Self.count, ordering: .relaxed).oldValue
        try await pool.withTransaction { connection in
            let ticks = (start..<start + Self.count).map { ["n": $0] }
            try await JobQueue().enqueue("bench.tick", each: ticks, on: connection)
        }
    }

    private func withJobs(_ body: (PostgresPool, String, Total) async throws -> Void) async throws {
        let total = Total()
        let database = try await TestDatabase.create()
        let pool = try database.makePool { $0.maximumConnections = 1 }
        _ = try await pool.execute("CREATE SCHEMA bench")
        _ = try await pool.execute("CREATE TABLE bench.effect (n bigint)")
        try await add(total, pool)
        do {
            try await body(pool, database.connectionString, total)
            let row = try await pool.queryOne(
                """
                SELECT count(*), count(DISTINCT n), (SELECT count(*) FROM jobs.history WHERE outcome = 'done')
                FROM bench.effect
                """
            )
            let (effects, different, done) = try #require(row).decode((Int64, Int64, Int64).self)
            let count = total.count.load(ordering: .relaxed)
            #expect(effects == count && different == count && done == count)
        } catch {
            await pool.shutdown(grace: .zero)
            try? await database.drop()
            throw error
        }
        await pool.shutdown()
        try await database.drop()
    }

    private func open(_ pool: PostgresPool) async throws -> Int64 {
        try await pool.queryOne("SELECT count(*) FROM jobs.job")?.decode(Int64.self) ?? 0
    }

    @Test("a worker killed again and again loses nothing and doubles nothing", arguments: ["batches", "singly"])
    func killed(_ mode: String) async throws {
        try await withJobs { pool, database, total in
            var kills = 0
            while true {
                if try await open(pool) == 0 {
                    if kills > 3 { break }
                    // The worker was faster than this test looked.
                    try await add(total, pool)
                }
                let process = try worker(database, mode)
                let before = try await open(pool)
                // Killed in the middle: after some jobs were done, and before all were. The last one may finish.
                while try await open(pool) > (kills < 6 ? max(0, before - 1_500) : 0), process.isRunning {
                    try await Task.sleep(for: .milliseconds(5))
                }
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                kills += 1
            }
        }
    }

    @Test("a worker whose connections are cut again and again goes on with the same result")
    func cut() async throws {
        try await withJobs { pool, database, total in
            let process = try worker(database, "singly")
            defer {
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
            }
            var cuts = 0
            while true {
                if try await open(pool) == 0 {
                    if cuts == 5 { break }
                    try await add(total, pool)
                }
                if cuts < 5 {
                    let before = try await open(pool)
                    while try await open(pool) > max(0, before - 1_000) { try await Task.sleep(for: .milliseconds(5)) }
                    _ = try await pool.query(
                        """
                        SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a
                        WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
                        """
                    )
                    cuts += 1
                } else {
                    try await Task.sleep(for: .milliseconds(20))
                }
            }
            #expect(process.isRunning)
        }
    }
}
