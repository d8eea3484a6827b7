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
        let ground = Ground(model: model, scope: scope, facts: facts)
        let staging = RecordStaging(connection, kind: kind)
        try await staging.prepare()
        if let result = try await runInSlices(on: ground, staging, work, batch) { return result }
        return try await runAtOnce(on: ground, staging, work, batch)
    }

    /// What rows are checked against.
    struct Ground {
        let model: RecordModel
        let scope: ImportScope
        let facts: RecordFacts
    }

    /// Reads the rows of the file, from its first one on.
    func reader(on ground: Ground) -> RecordRowReader {
        RecordRowReader(
            kind,
            ground.model,
            ground.facts,
            ground.scope,
            vault.map { Sealer($0.masters, ground.model) },
            isJSON: order.format.syntax == .ndjson,
            conflicts: ConflictLog(directory: temporaryDirectory)
        )
    }

    /// Loads all rows together, whatever they have to do with one another and with what is there.
    private func runAtOnce(
        on ground: Ground,
        _ staging: RecordStaging,
        _ work: UnitOfWork,
        _ batch: Int64?
    ) async throws -> LoadResult {
        let (connection, model) = (work.connection, ground.model)
        let rows = reader(on: ground)
        let sealing = RecordSealing(vault, model, connection)
        try await staging.empty()
        try await order.stage(
            RecordRowReader.columns(of: kind, model),
            by: RecordStaging.copy,
            through: rows,
            on: connection
        )

        var receipt = ReceiptBuilder()
        receipt.rows = rows.rows
        var late = LateConflicts(after: rows.conflicts, in: temporaryDirectory)
        var names = KeysNamed()
        if !rows.conflicts.refusesWholeFile {
            names = try await check(staging, rows, sealing, ground.scope, &late, &receipt)
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
        let recording = try await merge(staging, names, sealing, work, batch, &receipt)
        return try LoadResult(
            receipt.accepted(dataset: dataset, sha256: order.sha256, mode: order.mode),
            regions: rows.regionsNamed.sorted(),
            conflicts: late.all,
            recording: recording
        )
    }

    /// Which keys the rows have. What concerns keys that are known or repeated is not looked for where there are none.
    private struct KeysNamed {
        var areKnown = false
        var areRepeated = false
    }

    /// Checks the staged rows as a set.
    private func check(
        _ staging: RecordStaging,
        _ rows: RecordRowReader,
        _ sealing: RecordSealing,
        _ scope: ImportScope,
        _ late: inout LateConflicts,
        _ receipt: inout ReceiptBuilder
    ) async throws -> KeysNamed {
        let model = sealing.model
        var names = KeysNamed()
        names.areKnown = try await staging.findKnown()
        names.areRepeated = try await staging.repeatsKeys()
        if names.areRepeated {
            var duplicates: Int64 = 0
            try await late.add { pass in
                let sealed = model.fields(of: kind).filter { $0.privacy == .sealed }.map(\.code)
                for repetition in try await staging.removeRepetitions(sealed: sealed) {
                    if repetition.isSame { duplicates += 1 }
                    try pass.add([Self.conflict(repetition)])
                }
            }
            receipt.duplicates = duplicates
        }
        let numbers = numbers(in: model)
        if !numbers.isEmpty {
            try await late.add { pass in
                for taken in try await staging.removeTaken(numbers) { try pass.add([Self.conflict(taken)]) }
            }
        }
        if names.areRepeated { names.areRepeated = try await staging.markLater() }
        let needsRegion = !scope.isEverywhere
        let concernsOthers = names.areKnown || names.areRepeated
        if concernsOthers || rows.lacksFields || (needsRegion && rows.lacksRegions) {
            try await late.add { pass in
                try await staging.removeFaults(needsRegion: needsRegion, today: today) { fault in
                    try pass.add(conflicts(fault, model))
                }
            }
        }
        if concernsOthers { try await checkBirths(staging, sealing, &late) }
        return names
    }

    /// Moves the staged rows into the register.
    ///
    /// - Returns: The recording that they were written by; `nil` when nothing was to be written.
    private func merge(
        _ staging: RecordStaging,
        _ names: KeysNamed,
        _ sealing: RecordSealing,
        _ work: UnitOfWork,
        _ batch: Int64?,
        _ receipt: inout ReceiptBuilder
    ) async throws -> Int64? {
        if names.areKnown { receipt.unchanged = try await staging.removeUnchanged(today: today) }
        guard try await staging.hasRows() else { return nil }
        let recording = try await RecordingStore(work.connection)
            .begin(principal: order.submitter.id, activity: work.activity.id, reason: "", batch: batch)
        receipt.created = try await staging.insertNew(recording: recording, hasKeys: sealing.canSeal)
        try await staging.insertEntries()
        if names.areKnown || names.areRepeated {
            let (changed, unchanged) = try await change(staging, sealing, work, recording, batch)
            receipt.revised = changed
            receipt.unchanged += unchanged
        }
        let numbers = numbers(in: sealing.model)
        if batch != nil, !numbers.isEmpty, try await staging.isOvertaken(numbers) { throw LoadOvertaken() }
        return recording
    }

    /// The fields whose numbers only one record can have, where there are keys to compare them by.
    func numbers(in model: RecordModel) -> [String] {
        vault == nil ? [] : model.fields(of: kind).filter(\.identifiesPerson).map(\.code)
    }
}
