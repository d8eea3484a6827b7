import DomainModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import PostgresClient
import Storage
import Synchronization
import TestSupport
import Testing

@testable import ServiceKit

/// How operations end.
extension OperationTests {
    @Test("a running operation that is cancelled ends where nothing is half done")
    func cancelled() async throws {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        try await withHost(Self.plugin(begin)) { bench in
            let taken = try await bench.take("endless")
            try await bench.withWorker {
                for await _ in begun { break }
                let answer = try await bench.ask("/v1/operations/\(taken.id)/cancel", .post)
                #expect(answer.status == .ok)
                let asked: OperationRecord = try answer.decoded()
                #expect(asked.isCancelRequested && asked.state == .running)
                let record = try await bench.end(of: taken.id)
                #expect(record.state == .cancelled && record.result == nil && record.problem == nil)
                #expect(try await bench.ask("/v1/operations/\(taken.id)/cancel", .post).status == .conflict)
            }
            #expect(try await bench.counted("endless") == nil)
        }
    }

    @Test("an operation that is cancelled before it begins never begins")
    func cancelledEarly() async throws {
        try await withHost { bench in
            let taken = try await bench.take("x")
            #expect(try await bench.ask("/v1/operations/\(taken.id)/cancel", as: "op", .post).status == .ok)
            try await bench.withWorker {
                let record = try await bench.end(of: taken.id)
                #expect(record.state == .cancelled)
            }
            #expect(try await bench.counted("x") == nil)
        }
    }

    @Test("a problem of the handler is what the operation came to, in both languages")
    func problem() async throws {
        try await withHost { bench in
            let taken = try await bench.take("missing")
            try await bench.withWorker {
                let record = try await bench.end(of: taken.id)
                #expect(record.state == .failed && record.result == nil)
                let problem = try #require(record.problem)
                #expect(problem.code == "NOT_FOUND" && problem.status == 404)
                #expect(problem.detail == LocalizedText(zh: "没有事物 missing。", en: "There is no thing missing."))
                #expect(!problem.title.en.isEmpty && !problem.hint.zh.isEmpty)
            }
        }
    }

    @Test("a sender from whom the permission was taken meanwhile gets nothing done")
    func withdrawn() async throws {
        try await withHost { bench in
            let taken = try await bench.take("x")
            try await bench.pool.execute("UPDATE identity.access_grant SET revoked_at = now(), revoked_by = 'test'")
            try await bench.withWorker {
                let record = try await bench.end(of: taken.id)
                #expect(record.state == .failed && record.problem?.code == "PERMISSION_DENIED")
            }
            #expect(try await bench.counted("x") == nil)
        }
    }

    @Test("an operation that is begun again after its effect has one effect and its answer")
    func again() async throws {
        try await withHost { bench in
            let taken = try await bench.take("trip")
            try await bench.withWorker {
                let record = try await bench.end(of: taken.id)
                #expect(record.state == .succeeded && record.result == "/v1/numbers/trip")
                while try await bench.pool.queryOne("SELECT 1 FROM jobs.job WHERE kind = 'sketch.operation'") != nil {
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
            #expect(try await bench.counted("trip") == 1)
            let job = try await bench.pool.queryOne("SELECT outcome, attempt FROM jobs.history WHERE id = \(taken.id)")
            let (outcome, attempt) = try #require(try job?.decode((String, Int32).self))
            #expect(outcome == "done" && attempt == 2)
        }
    }
}
