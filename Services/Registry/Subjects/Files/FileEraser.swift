import Collection
import DomainModel
import PostgresClient
import ServiceKit
import Storage
import Tabular

/// Blanks the rows about an erased person in all files that were submitted to the register, whatever came of them.
///
/// Which rows is written down before a file is touched, and that it was rewritten after it: the work may be ended anywhere
/// and begun again.
struct FileEraser: Sendable {
    /// The kind of job.
    static let kind = "registry.erase-files"
    private static let filesAtOnce = 100
    private static let pause = Duration.milliseconds(250)

    /// What a job is told.
    struct Payload: Codable, Sendable {
        /// The approval of the erasure.
        let approval: Int64
    }

    let platform: Platform
    let spool: Spool
    let vault: KeyVault?

    /// The handler of the jobs.
    var handler: JobHandler {
        JobHandler(Self.kind, lease: .seconds(15), maximumAttempts: 20) { job in
            let approval = try job.payload(as: Payload.self).approval
            try await run(approval, job)
        }
    }

    private func run(_ approval: Int64, _ job: JobContext) async throws {
        let today = platform.registerDay
        let found = try await platform.read(job.activity.principal) { connection in
            let store = RecordModelStore(connection)
            let ground = (model: try await store.load(), facts: try await store.facts(today: today))
            return try await FileErasureStore(connection).open(approval).map { ($0, ground) }
        }
        guard let (sweep, known) = found else { return }
        try await waitForOthers(sweep, job)
        var ground = known
        // Or numbers would not be read that are kept sealed.
        ground.facts.canSeal = vault != nil
        let datasets = Self.datasets(for: sweep.kind, ground.model)
        var (last, done): (FileErasureStore.File?, Int64) = (nil, 0)
        while true {
            let page = try await platform.read(job.activity.principal) { [last] connection in
                try await FileErasureStore(connection).files(of: datasets, after: last, limit: Self.filesAtOnce)
            }
            for file in page {
                try await erase(sweep, from: file, ground, approval, job)
                done += 1
                try await job.report(done: done, "files")
            }
            guard let end = page.last else { break }
            last = end
        }
        try await platform.write(job.activity) { work in
            let rows = try await FileErasureStore(work.connection).finish(approval)
            work.record(AuditEntry("erasure-files.finish", of: "\(approval)", details: ["rows": .count(rows)]))
            try await job.complete(on: work.connection)
        }
    }

    /// Waits until loads, runs of rules and the like have ended that began before the erasure, and removes what they have
    /// made of values that they read before it.
    private func waitForOthers(_ sweep: FileErasureStore.Sweep, _ job: JobContext) async throws {
        let principal = job.activity.principal
        let start = try await platform.read(principal) { try await FileErasureStore($0).clock() }
        while try await platform.read(principal, { try await FileErasureStore($0).isWorkGoingOn(from: start) }) {
            try await job.report(done: 0, "waits for work that began before the erasure")
            try await Task.sleep(for: Self.pause)
        }
        try await platform.write(job.activity) { work in
            work.changesNothing()
            try await FileErasureStore(work.connection).removeLeftovers(of: sweep.records)
        }
    }

    /// What files may be submitted to that have something about records of a kind.
    private static func datasets(for kind: RegistryKind, _ model: RecordModel) -> [String] {
        [ImportSubject.records(kind).dataset]
            + model.statements.filter { $0.subjects.contains(kind) }.map { ImportSubject.statements($0).dataset }
    }

    private func erase(
        _ sweep: FileErasureStore.Sweep,
        from file: FileErasureStore.File,
        _ ground: (model: RecordModel, facts: RecordFacts),
        _ approval: Int64,
        _ job: JobContext
    ) async throws {
        guard let subject = ImportSubject(dataset: file.dataset) else { return }
        let format = try TabularFormat(contentType: file.mediaType)
        guard let rows = try await rows(of: file, format, subject, sweep, ground) else { return }
        try await platform.write(job.activity) { work in
            let new = try await mark(rows, sweep, file, approval, work)
            if new == 0 { work.changesNothing() }
        }
        try await platform.write(job.activity) { work in
            work.changesNothing()
            let store = FileErasureStore(work.connection)
            guard let lines = try await store.hold(file) else { return }
            try await spool.blank(file.sha256, format, lines: lines)
            try await store.blanked(file)
        }
    }

    /// The rows of a file that are about the person; `nil` when an operator has taken the file away.
    private func rows(
        of file: FileErasureStore.File,
        _ format: TabularFormat,
        _ subject: ImportSubject,
        _ sweep: FileErasureStore.Sweep,
        _ ground: (model: RecordModel, facts: RecordFacts)
    ) async throws -> PersonRows? {
        do {
            let kept = try await spool.open(file.sha256)
            defer { withExtendedLifetime(kept) {} }
            let traces = PersonTraces(vault, salt: sweep.salt)
            return try await PersonRows.find(in: kept.path, format, of: subject, sweep, traces, ground)
        } catch SpoolError.unknown {
            return nil
        }
    }

    /// Writes down which rows are to be blanked, and takes what they say out of the conflicts.
    ///
    /// - Returns: How many of them were not known before.
    private func mark(
        _ rows: PersonRows,
        _ sweep: FileErasureStore.Sweep,
        _ file: FileErasureStore.File,
        _ approval: Int64,
        _ work: UnitOfWork
    ) async throws -> Int {
        let store = FileErasureStore(work.connection)
        let others = try await store.lines(rows.told, aboutOthersThan: sweep.records, in: file)
        let own = try await store.lines(about: sweep.records, in: file)
        let lines = own.union(rows.named).union(rows.told.subtracting(others))
        guard !lines.isEmpty else { return 0 }
        let keys = file.batches.map(String.init)
        let before = try await work.states(of: .batch, keys: keys)
        let new = try await store.mark(lines, of: file, by: approval)
        guard !new.isEmpty else { return 0 }
        try await store.maskConflicts(of: file, lines: new, by: approval)
        let details: [String: AuditField] = ["approval": .count(approval), "rows": .count(new.count)]
        work.record(AuditEntry("erasure-files.blank", of: file.sha256, details: details))
        try await work.record("blank", after: before, keys: keys, details: details)
        return new.count
    }
}
