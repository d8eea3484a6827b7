import PostgresClient
import TestSupport
import Testing

@Suite("Notifications")
struct ListenTests {
    @Test("notifications come in order, with their payload, on exactly the channels asked for")
    func order() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let events = try await pool.listen("one", "Two \"quoted\"") { events in
                var seen: [PostgresListenEvent] = []
                for try await event in events {
                    seen.append(event)
                    if seen.count == 1 {
                        // Three channels: the middle one is not listened to.
                        for (channel, payload) in [("one", "1"), ("two", "2"), ("Two \"quoted\"", "三"), ("one", "")] {
                            try await pool.query("SELECT pg_notify(\(channel), \(payload))")
                        }
                    }
                    if seen.count == 4 {
                        break
                    }
                }
                return seen
            }
            #expect(events.first == .mayHaveMissed)
            let heard = events.compactMap { event -> String? in
                if case .notification(let notification) = event {
                    return "\(notification.channel): \(notification.payload)"
                }
                return nil
            }
            #expect(heard == ["one: 1", "Two \"quoted\": 三", "one: "])
        }
    }

    @Test("after a loss listening begins again, and says that something may have been missed")
    func loss() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await pool.listen("news") { events in
                var iterator = events.makeAsyncIterator()
                for round in 0..<3 {
                    #expect(try await iterator.next() == .mayHaveMissed)
                    try await pool.query("SELECT pg_notify('news', \("\(round)"))")
                    guard case .notification(let notification) = try await iterator.next() else {
                        Issue.record("no notification")
                        return
                    }
                    #expect(notification.payload == "\(round)")
                    try await pool.query(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE datname = current_database() AND query LIKE 'LISTEN%'
                        """
                    )
                }
            }
        }
    }

    @Test("a cancelled listener and a pool that is shut down end the wait")
    func end() async throws {
        try await withTestDatabase(migrated: false) { pool in
            for isShutDown in [false, true] {
                let listener = Task {
                    try await pool.listen("quiet") { events in
                        for try await _ in events {}
                    }
                }
                let question: PostgresQuery = """
                    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'
                    """
                while try await pool.queryOne(question) == nil {
                    await Task.yield()
                }
                if isShutDown {
                    await pool.shutdown()
                } else {
                    listener.cancel()
                }
                let error = try await #require(throws: PostgresError.self) { try await listener.value }
                #expect(error.code == (isShutDown ? .poolShutDown : .cancelled))
            }
        }
    }
}
