import Collection
import DomainModel
import PostgresClient
import ServiceKit
import Storage
import SystemPackage
import Tabular

/// Loads one file of observations: read, check, stage, merge, count.
///
/// Everything happens in the caller's transaction, up to the receipt. The caller commits, or rolls back because it is a
/// rehearsal or the file is refused. Memory is bounded whatever the file's size; see ``SeriesTable``.
struct ObservationLoad: FileLoad {
    /// The dataset the file was submitted to.
    let dataset: Dataset
    /// Where the file stands.
    let path: String
    /// SHA-256 of its bytes.
    let sha256: String
    /// Its size in bytes.
    let bytes: Int64
    /// How it is written.
    let format: TabularFormat
    /// All rows or good rows.
    let mode: Batch.Mode
    /// The regions that the submitter may submit for.
    let regions: RegionScope
    /// Where temporary files may be made.
    let temporaryDirectory: FilePath
    /// Where numbers for new series come from: another connection, since the load's own is busy with COPY.
    let database: PostgresPool
    /// Is told now and then how many rows have been read.
    let progress: @Sendable (Int64) async throws -> Void

    /// Runs the load; see `FileLoad`.
    func run(in work: UnitOfWork, batch: Int64?) async throws -> LoadResult {
        let connection = work.connection
        // A rehearsal is rolled back: the number of its batch is nobody's.
        let batch = batch ?? 0
        let store = SeriesStore(connection)
        let vocabulary = try await LoadVocabulary(store, within: regions)
        var series = SeriesTable()
        try await store.readAll { series.add($0) }
        let rows = ObservationRowReader(
            dataset: dataset,
            vocabulary: vocabulary,
            series: series,
            conflicts: ConflictLog(directory: temporaryDirectory)
        )
        series = SeriesTable()

        let staging = ObservationStaging(connection)
        try await staging.prepare()
        try await stage(rows, on: connection)

        var receipt = ReceiptBuilder()
        receipt.rows = rows.rows
        receipt.rejected = rows.rejected
        var conflicts = rows.conflicts
        var isRefused = isRefused(rows.conflicts, rows: rows)
        if !isRefused {
            try await store.insert(rows.series.made)
            if rows.repeated > 0 {
                conflicts = try await settleRepetitions(staging, conflicts, &receipt)
                isRefused = self.isRefused(conflicts, rows: rows) || receipt.rejected + receipt.duplicates == rows.rows
            }
        }
        var reader = try conflicts.reader()
        while let entry = try reader.next() { receipt.add(entry.code, json: entry.json) }
        guard !isRefused else {
            let refused = receipt.refused(dataset: dataset.code, sha256: sha256, mode: mode)
            return try LoadResult(refused, regions: rows.regionsNamed, conflicts: conflicts)
        }
        let outcome = try await staging.merge(
            batch: batch,
            fresh: rows.freshRows > 0,
            known: rows.knownRows > 0,
            isOrdered: rows.isOrdered,
            revisions: rows.revisions > 0
        )
        receipt.created = outcome.created
        receipt.revised = outcome.revised
        receipt.unchanged = outcome.unchanged
        let accepted = receipt.accepted(dataset: dataset.code, sha256: sha256, mode: mode)
        return try LoadResult(accepted, regions: rows.regionsNamed, conflicts: conflicts)
    }

    private func isRefused(_ conflicts: ConflictLog, rows: ObservationRowReader) -> Bool {
        conflicts.refusesWholeFile || rows.rows == rows.rejected || (mode == .atomic && conflicts.hasErrors)
    }

    // The shortest row has an indicator, a region, a year and a digit: eleven bytes with its separators.
    private static let mostRowsOfAChunk = TabularReader.chunkSize / 11 + 1

    private func stage(_ rows: ObservationRowReader, on connection: PostgresConnection) async throws {
        let columns = TableColumns(required: dataset.columns.required, optional: dataset.columns.optional)
        let reader = try TabularReader(path: path, format: format, columns: columns)
        let mostRows = min(Self.mostRowsOfAChunk, Int(bytes / 11) + 1)
        let clock = ContinuousClock()
        var told = clock.now
        _ = try await connection.copyIn(ObservationStaging.copy) { writer in
            rows.staged.startCopy()
            var goesOn = true
            while goesOn {
                if rows.series.sparedNumbers < mostRows {
                    let numbers = try await database.withConnection { other in
                        try await SeriesStore(other).takeNumbers(mostRows)
                    }
                    rows.series.supply(numbers)
                }
                goesOn = try reader.read(
                    record: { record in try rows.read(record, header: reader.header) },
                    problem: { problem in try rows.conflicts.append(problem.conflict()) }
                )
                if !goesOn { rows.staged.endCopy() }
                if rows.staged.count >= 1 << 16 || !goesOn {
                    try await writer.write(rows.staged)
                    rows.staged.removeAll(keepingCapacity: true)
                }
                if clock.now - told > .seconds(1) {
                    told = clock.now
                    try await progress(rows.rows)
                }
            }
        }
    }

    // Both lists are in the order of the file; the result is too.
    private func settleRepetitions(
        _ staging: ObservationStaging,
        _ found: ConflictLog,
        _ receipt: inout ReceiptBuilder
    ) async throws -> ConflictLog {
        let repetitions = try await staging.removeRepetitions()
        var rest = repetitions[...]
        return try await ConflictLog.merging(found, in: temporaryDirectory) {
            guard let repetition = rest.popFirst() else { return nil }
            if repetition.isSame { receipt.duplicates += 1 } else { receipt.rejected += 1 }
            return try ConflictLog.Entry(conflict(repetition))
        }
    }

    private func conflict(_ repetition: ObservationStaging.Repetition) -> Conflict {
        let first = repetition.firstLine
        return Conflict(
            code: repetition.isSame ? .duplicateSame : .duplicateOther,
            line: repetition.line,
            row: repetition.row,
            field: dataset.columns.value,
            given: repetition.value,
            expected: repetition.line == first
                ? nil
                : LocalizedText(zh: "键首次出现在第 \(first) 行", en: "the key stands first in line \(first)"),
            key: Conflict.Key(indicator: repetition.indicator, region: repetition.region, period: repetition.period)
        )
    }
}
