import DomainModel
import PostgresClient
import Storage

/// The job that deletes kept answers and operations once they have expired, and puts itself into the queue again.
struct RequestSweep: Sendable {
    static let kind = "requests.sweep"

    private struct Nothing: Codable {}

    let database: PostgresPool
    let clock: PlatformClock
    let jobs: JobQueue

    private static let interval: Int64 = 3_600_000_000
    private static let atOnce = 1_000

    var handler: JobHandler {
        JobHandler(Self.kind) { job in
            while try await database.withTransaction({ try await AnswerStore($0).sweep(limit: Self.atOnce) })
                == Self.atOnce
            {}
            while try await database.withTransaction({ try await OperationStore($0).sweep(limit: Self.atOnce) })
                == Self.atOnce
            {}
            try await database.withTransaction { connection in
                try await job.complete(on: connection)
                let next = Instant(microsecondsSince1970: clock.now.microsecondsSince1970 + Self.interval)
                try await enqueue(on: connection, at: next)
            }
        }
    }

    /// Puts the job into the queue unless it is there.
    func begin() async throws {
        try await database.withConnection { try await enqueue(on: $0, at: nil) }
    }

    private func enqueue(on connection: PostgresConnection, at instant: Instant?) async throws {
        try await jobs.enqueue(Self.kind, Nothing(), on: connection, uniqueKey: "sweep", priority: -10, runAt: instant)
    }
}
