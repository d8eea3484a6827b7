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
                    try await index(recording, after: last, limit: limit, on: connection)
                }
                try await eachPage(job, "comparisons") { connection, last, limit in
                    try await link(recording, after: last, limit: limit, on: connection)
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
        _ work: @Sendable (PostgresConnection, Int64, Int) async throws -> (last: Int64, count: Int)?
    ) async throws {
        var (last, done, limit): (Int64, Int64, Int) = (0, 0, Self.sizes.first)
        while true {
            let page = try await platform.write(job.activity) { unit in
                unit.changesNothing()
                return try await work(unit.connection, last, limit)
            }
            guard let page else { return }
            (last, done, limit) = (page.last, done + Int64(page.count), min(2 * limit, Self.sizes.most))
            try await job.report(done: done, what)
        }
    }

    /// Makes records be found by their names.
    private func index(
        _ recording: Int64,
        after: Int64,
        limit: Int,
        on connection: PostgresConnection
    ) async throws -> (last: Int64, count: Int)? {
        let model = try await RecordModelStore(connection).load()
        let fields = RegistryKind.allCases.flatMap { model.fields(of: $0) }.filter(
            SearchName.isSearched
        )
        let page = try await RegistryRecordStore(connection)
            .touched(by: recording, fields: Set(fields.map(\.code)).sorted(), after: after, limit: limit)
        try await SearchStore(connection).index(page, model)
        return page.last.map { ($0.id, page.count) }
    }

    /// Makes records be compared with others, so that whoever looks for duplicates first need not wait for it.
    private func link(
        _ recording: Int64,
        after: Int64,
        limit: Int,
        on connection: PostgresConnection
    ) async throws -> (last: Int64, count: Int)? {
        let linkage = LinkageStore(connection)
        let page = try await linkage.touched(
            by: recording,
            LinkageMaker.kinds,
            after: after,
            limit: limit
        )
        let stale = page.filter(\.isStale).map(\.id)
        if !stale.isEmpty {
            try await LinkageMaker(places: try await linkage.places()).refresh(stale, linkage)
        }
        return page.last.map { ($0.id, page.count) }
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
