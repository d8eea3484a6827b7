import PostgresClient
import TestSeeds
import TestSupport
import Testing

@Suite("Cancelled reads")
struct ReaderCancellationTests {
    @Test("a cancelled request ends at the server too, and its neighbours are served")
    func server() async throws {
        try await withOneReader { pool in
            for _ in 0..<10 {
                let slow = Task { try await pool.reader.query("SELECT pg_sleep(60)") }
                while pool.reader.statistics.inFlight == 0 {
                    await Task.yield()
                }
                let neighbours = (0..<5).map { number in
                    Task { try await pool.reader.queryOne("SELECT \(number)")?.decode(Int.self) }
                }
                slow.cancel()
                let error = try await #require(throws: PostgresError.self) { try await slow.value }
                #expect(error.code == .cancelled)
                for (number, neighbour) in neighbours.enumerated() {
                    #expect(try await neighbour.value == number)
                }
            }
        }
    }

    @Test("a request cancelled before it was sent is not sent")
    func unsent() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await pool.reader.query("SELECT 1")
            }
            let error = try await #require(throws: PostgresError.self) { try await task.value }
            #expect(error.code == .cancelled)
            #expect(pool.reader.statistics.connections == 0)
        }
    }

    @Test("in a storm of cancels, every request that is not cancelled gets its answer")
    func storm() async throws {
        var generator = SeededGenerator.announced()
        let delays = (0..<300).map { _ in Int.random(in: 0...40_000, using: &generator) }
        try await withTestDatabase(migrated: false) { pool in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for (number, delay) in delays.enumerated() {
                    group.addTask {
                        let seconds = number.isMultiple(of: 3) ? 30.0 : 0.001
                        let task = Task { try await pool.reader.query("SELECT pg_sleep(\(seconds))") }
                        try await Task.sleep(for: .microseconds(delay))
                        task.cancel()
                        if case .failure(let error) = await task.result {
                            #expect((error as? PostgresError)?.code == .cancelled)
                            return true
                        }
                        return false
                    }
                    group.addTask {
                        let row = try await pool.reader.queryOne("SELECT \(number)")
                        #expect(try row?.decode(Int.self) == number)
                        return false
                    }
                }
                var cancelled = 0
                for try await wasCancelled in group where wasCancelled {
                    cancelled += 1
                }
                #expect(cancelled >= 100)
            }
        }
    }
}
