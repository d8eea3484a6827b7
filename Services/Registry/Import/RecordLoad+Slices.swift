import Collection
import DomainModel
import PostgresClient
import ServiceKit
import Storage

extension RecordLoad {
    /// What rows have to do with one another, or with what is there, cannot be told slice by slice.
    private struct ConcernsOthers: Error {}

    /// Loads a file whose rows make new records, each by itself, as first files do: slice by slice, so that one is checked
    /// while the database takes the one before.
    ///
    /// - Returns: `nil` when the file is not like that; then nothing has happened.
    /// - Throws: `PostgresError`, `TabularReader.FileFailure`.
    func runInSlices(
        on ground: Ground,
        _ staging: RecordStaging,
        _ work: UnitOfWork,
        _ batch: Int64?
    ) async throws -> LoadResult? {
        let (isAtomic, needsRegion) = (order.mode == .atomic, !ground.scope.isEverywhere)
        let slices = try RecordSlices(
            order,
            RecordRowReader.columns(of: kind, ground.model),
            through: reader(on: ground)
        ) { rows in
            !rows.lacksFields && !(needsRegion && rows.lacksRegions) && !rows.conflicts.refusesWholeFile
                && !(isAtomic && rows.conflicts.hasErrors)
        }
        do {
            return try await work.connection.withSavepoint { _ in
                let recording = try await RecordingStore(work.connection)
                    .begin(principal: order.submitter.id, activity: work.activity.id, reason: "", batch: batch)
                var receipt = ReceiptBuilder()
                receipt.created = try await load(slices, staging, recording)
                let rows = slices.rows
                guard receipt.created > 0 else { throw ConcernsOthers() }
                try await staging.insertEntries()
                if try await sharesNumbers(numbers(in: ground.model), staging, work, recording, isKept: batch != nil) {
                    throw ConcernsOthers()
                }
                receipt.rows = rows.rows
                receipt.rejected = rows.rejected
                var reader = try rows.conflicts.reader()
                while let entry = try reader.next() { receipt.add(entry.code, json: entry.json) }
                return try LoadResult(
                    receipt.accepted(dataset: order.dataset, sha256: order.sha256, mode: order.mode),
                    regions: rows.regionsNamed.sorted(),
                    conflicts: rows.conflicts,
                    recording: recording
                )
            }
        } catch is ConcernsOthers {
            return nil
        }
    }

    /// Whether new records have numbers that others have, or other rows: which ones, is told by the load of all rows
    /// together.
    ///
    /// All are looked up before anybody has to wait; those who give numbers wait only while it is asked what has changed
    /// since.
    private func sharesNumbers(
        _ numbers: [String],
        _ staging: RecordStaging,
        _ work: UnitOfWork,
        _ recording: Int64,
        isKept: Bool
    ) async throws -> Bool {
        if numbers.isEmpty { return false }
        let instant = try await RecordingStore(work.connection).newestInstant()
        if try await staging.sharesNumbers(numbers) { return true }
        return isKept ? try await staging.sharesNumbers(numbers, recording, since: instant) : false
    }

    /// - Returns: How many records were made.
    private func load(
        _ slices: RecordSlices,
        _ staging: RecordStaging,
        _ recording: Int64
    ) async throws -> Int64 {
        let clock = ContinuousClock()
        var told = clock.now
        var created: Int64 = 0
        var slice = try await slices.next()
        while let ready = slice {
            async let following = slices.next()
            guard ready.isSound else { throw ConcernsOthers() }
            try await staging.empty()
            try await staging.take(ready.staged)
            // Records that an earlier slice has made are known too.
            guard try await !staging.findKnown(), try await !staging.repeatsKeys() else { throw ConcernsOthers() }
            created += try await staging.insertNew(recording: recording, hasKeys: vault != nil)
            if clock.now - told > .seconds(1) {
                told = clock.now
                try await order.progress(ready.rows)
            }
            slice = try await following
        }
        return created
    }
}
