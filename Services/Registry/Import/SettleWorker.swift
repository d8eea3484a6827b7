import Collection
import DomainModel
import PostgresClient
import ServiceKit
import Storage

/// Settles what a batch has brought, in the background: makes the records be found by their names and be compared with
/// others, and records the digest of the rows in the audit trail.
///
/// The load itself does none of it: all of it takes longer than the load, and readers wait for that.
struct SettleWorker: Sendable {
    /// The kind of job.
    static let kind = "registry.settle"
    /// Records that are taken in one transaction: few at first, so that a small file is settled at once; then more, since
    /// keys that are sorted together fill the pages of their indexes one after the other.
    private static let sizes = (first: 1_000, most: 16_000)
    /// Pages that are worked on at a time: while the database keeps one, the next is read and made ready.
    private static let lanes = 2

    let platform: Platform

    /// The handler of the jobs; their payload is that of the load.
    var handler: JobHandler {
        JobHandler(Self.kind, lease: .seconds(60)) { job in
            let batch = try job.payload(as: BatchWorker.Payload.self).batch
            let recording = try await platform.write(job.activity) { work in
                work.changesNothing()
                return try await RecordingStore(work.connection).made(by: batch)
            }
            if let recording {
                // To be found comes first: people look for what they have just sent.
                try await eachPage(job, "names") { connection, last, limit in
                    try await RegistryRecordStore(connection).touched(by: recording, after: last, limit: limit)
                } settle: { connection, page in
                    try await index(page, on: connection)
                }
                try await eachPage(job, "comparisons") { connection, last, limit in
                    try await LinkageStore(connection).touched(by: recording, after: last, limit: limit)
                } settle: { connection, page in
                    try await link(page, on: connection)
                }
                for kind in LinkageMaker.kinds { try await pair(kind, recording, job) }
            }
            try await platform.write(job.activity) { work in
                try await work.record("seal", .records, batch)
                try await job.complete(on: work.connection)
            }
        }
    }

    /// Works through records in the order of their numbers, each page in a transaction. Whoever begins anew finds what is
    /// done already as it should be.
    private func eachPage(
        _ job: JobContext,
        _ what: String,
        numbers: @escaping @Sendable (PostgresConnection, Int64, Int) async throws -> [Int64],
        settle: @escaping @Sendable (PostgresConnection, [Int64]) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Int.self) { group in
            var (last, done, limit): (Int64, Int64, Int) = (0, 0, Self.sizes.first)
            var (running, isAtEnd) = (0, false)
            while running > 0 || !isAtEnd {
                if !isAtEnd, running < Self.lanes {
                    let page = try await transaction(job) { [last, limit] in try await numbers($0, last, limit) }
                    guard let newest = page.last else {
                        isAtEnd = true
                        continue
                    }
                    (last, limit, running) = (newest, min(2 * limit, Self.sizes.most), running + 1)
                    group.addTask {
                        try await transaction(job) { try await settle($0, page) }
                        return page.count
                    }
                } else if let count = try await group.next() {
                    (done, running) = (done + Int64(count), running - 1)
                    try await job.report(done: done, what)
                }
            }
        }
    }

    /// Runs the body in a transaction in which no record changes.
    private func transaction<Result>(
        _ job: JobContext,
        _ body: (PostgresConnection) async throws -> Result
    ) async throws -> Result {
        try await platform.write(job.activity) { work in
            work.changesNothing()
            return try await body(work.connection)
        }
    }

    /// Makes records be found by their names.
    private func index(_ records: [Int64], on connection: PostgresConnection) async throws {
        let model = try await RecordModelStore(connection).load()
        let page = try await RegistryRecordStore(connection)
            .keep(records, fields: Set(model.searchedFields.map(\.code)).sorted())
        try await SearchStore(connection).index(page, model, MergeStore(connection))
    }

    /// Makes records be compared with others, so that whoever looks for duplicates first need not wait for it.
    private func link(_ records: [Int64], on connection: PostgresConnection) async throws {
        let linkage = LinkageStore(connection)
        let stale = try await linkage.keepStale(among: records, LinkageMaker.kinds)
        if stale.isEmpty { return }
        try await LinkageMaker(places: try await linkage.places()).refresh(stale, linkage)
    }

    /// Finds what may be one with what has come, as it is found when a record is written by itself.
    private func pair(_ kind: RegistryKind, _ recording: Int64, _ job: JobContext) async throws {
        let arrivals = LinkageArrivals(recording: recording, statements: LinkageMaker.statements)
        try await platform.write(job.activity) { work in
            work.changesNothing()
            let maker = LinkageMaker(places: try await LinkageStore(work.connection).places())
            let finder = DuplicateFinder(unit: work, maker: maker, now: platform.clock.now)
            try await finder.find(kind, of: arrivals)
        }
    }
}
