import Collection
import DomainModel
import PersonalData
import PostgresClient
import ServiceKit
import Storage
import SystemPackage
import Tabular

/// Loads one file of records of a kind: read, check, stage, merge, count; see `FileLoad`.
///
/// A row with a key that the register has changes that record, from its day on; any other row makes a record. Memory is
/// bounded whatever the file's size.
struct RecordLoad: FileLoad {
    /// What the records are.
    let kind: RegistryKind
    /// The file.
    let order: LoadOrder
    /// The day in China.
    let today: CivilDate
    /// The keys of personal data, where there are any.
    let vault: KeyVault?
    /// Where temporary files may be made.
    let temporaryDirectory: FilePath

    func run(in work: UnitOfWork, batch: Int64?) async throws -> LoadResult {
        let connection = work.connection
        let store = RecordModelStore(connection)
        let model = try await store.load()
        let scope = ImportScope(try await SeriesStore(connection).regions(), within: order.submitter.regions)
        var facts = try await store.facts(today: today)
        facts.canSeal = vault != nil
        let sealer = vault.map { Sealer($0.masters, model) }
        let rows = RecordRowReader(
            kind,
            model,
            facts,
            scope,
            sealer,
            isJSON: order.format.syntax == .ndjson,
            conflicts: ConflictLog(directory: temporaryDirectory)
        )
        let sealing = RecordSealing(vault, model, connection)
        let staging = RecordStaging(connection, kind: kind)
        try await staging.prepare()
        try await order.stage(
            RecordRowReader.columns(of: kind, model),
            by: RecordStaging.copy,
            through: rows,
            on: connection
        )

        var receipt = ReceiptBuilder()
        receipt.rows = rows.rows
        var late = LateConflicts(after: rows.conflicts, in: temporaryDirectory)
        if !rows.conflicts.refusesWholeFile {
            try await check(staging, sealing, scope, &late, &receipt)
        }
        receipt.rejected = rows.rejected + late.rejected
        var reader = try late.all.reader()
        while let entry = try reader.next() { receipt.add(entry.code, json: entry.json) }
        let dataset = order.dataset
        let isRefused =
            late.all.refusesWholeFile || (order.mode == .atomic && late.all.hasErrors)
            || receipt.rejected + receipt.duplicates == receipt.rows
        guard !isRefused else {
            let refused = receipt.refused(dataset: dataset, sha256: order.sha256, mode: order.mode)
            return try LoadResult(refused, regions: [], conflicts: late.all)
        }
        let recording = try await merge(staging, sealing, work, batch, &receipt)
        return try LoadResult(
            receipt.accepted(dataset: dataset, sha256: order.sha256, mode: order.mode),
            regions: rows.regionsNamed.sorted(),
            conflicts: late.all,
            recording: recording
        )
    }

    /// Checks the staged rows as a set.
    private func check(
        _ staging: RecordStaging,
        _ sealing: RecordSealing,
        _ scope: ImportScope,
        _ late: inout LateConflicts,
        _ receipt: inout ReceiptBuilder
    ) async throws {
        let model = sealing.model
        let namesKnown = try await staging.findKnown()
        var duplicates: Int64 = 0
        try await late.add { pass in
            let sealed = model.fields(of: kind).filter { $0.privacy == .sealed }.map(\.code)
            for repetition in try await staging.removeRepetitions(sealed: sealed) {
                if repetition.isSame { duplicates += 1 }
                try pass.add([Self.conflict(repetition)])
            }
        }
        receipt.duplicates = duplicates
        let numbers = numbers(in: model)
        if !numbers.isEmpty {
            try await late.add { pass in
                for taken in try await staging.removeTaken(numbers) { try pass.add([Self.conflict(taken)]) }
            }
        }
        let repeatsKeys = try await staging.markLater()
        try await late.add { pass in
            try await staging.removeFaults(needsRegion: !scope.isEverywhere, today: today) { fault in
                try pass.add(conflicts(fault, model))
            }
        }
        if namesKnown || repeatsKeys { try await checkBirths(staging, sealing, &late) }
    }

    /// Moves the staged rows into the register.
    ///
    /// - Returns: The recording that they were written by; `nil` when nothing was to be written.
    private func merge(
        _ staging: RecordStaging,
        _ sealing: RecordSealing,
        _ work: UnitOfWork,
        _ batch: Int64?,
        _ receipt: inout ReceiptBuilder
    ) async throws -> Int64? {
        receipt.unchanged = try await staging.removeUnchanged(today: today)
        let counts = try await staging.count()
        receipt.created = counts.new
        guard counts.new + counts.others > 0 else { return nil }
        let recording = try await RecordingStore(work.connection)
            .begin(principal: order.submitter.id, activity: work.activity.id, reason: "", batch: batch)
        if counts.new > 0 { try await staging.insertNew(recording: recording) }
        if counts.others > 0 {
            let changed = try await change(staging, sealing, work, recording, batch)
            receipt.revised = changed
            receipt.unchanged += counts.others - changed
        }
        let numbers = numbers(in: sealing.model)
        if batch != nil, !numbers.isEmpty, try await staging.isOvertaken(numbers) { throw LoadOvertaken() }
        return recording
    }

    /// The fields whose numbers only one record can have, where there are keys to compare them by.
    private func numbers(in model: RecordModel) -> [String] {
        vault == nil ? [] : model.fields(of: kind).filter(\.identifiesPerson).map(\.code)
    }
}
