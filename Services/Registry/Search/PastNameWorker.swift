import DomainModel
import PostgresClient
import ServiceKit
import Storage

/// Makes records be found, of another time, by what they were called before this could be asked: once, for an
/// installation that has corrected names already. It may be ended anywhere and begun again.
struct PastNameWorker: Sendable {
    /// The kind of job.
    static let kind = "registry.past-names"
    private static let step = 1_000

    let platform: Platform

    /// The handler of the jobs; their payload is empty.
    var handler: JobHandler {
        JobHandler(Self.kind, lease: .seconds(60)) { job in
            var (last, done): (Int64, Int64) = (0, 0)
            while let step = try await index(after: last, job) {
                last = step.last
                done += Int64(step.count)
                try await job.report(done: done, "names")
            }
        }
    }

    /// Does one step.
    ///
    /// - Returns: The last record and how many; `nil` when there were none left.
    private func index(after record: Int64, _ job: JobContext) async throws -> (last: Int64, count: Int)? {
        try await platform.write(job.activity) { work in
            work.changesNothing()
            let records = RegistryRecordStore(work.connection)
            let numbers = try await records.renamed(after: record, limit: Self.step)
            guard let last = numbers.last else { return nil }
            let model = try await RecordModelStore(work.connection).load()
            let page = try await records.keep(numbers, fields: Set(model.searchedFields.map(\.code)).sorted())
            try await SearchStore(work.connection).index(page, model, MergeStore(work.connection))
            return (last, numbers.count)
        }
    }
}
