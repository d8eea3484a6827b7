import Collection
import DomainModel
import Tabular

/// Finds the row of a submitted file that a value stands in.
///
/// Cost: reads the file up to the row.
struct OriginFinder {
    let spool: Spool
    let batch: Batch
    let recordedAt: Instant
    /// The dataset's columns, where the file was submitted to one: NDJSON has no header of its own.
    let columns: Dataset.Columns?

    /// The row that begins in a line.
    ///
    /// - Parameters:
    ///   - line: The line of the file.
    ///   - field: The column that holds the figure.
    /// - Throws: `SpoolError` when the file is not kept any more, `TabularReader.FileFailure` when it cannot be read.
    /// - Returns: The row, or `nil` when the file has no row there.
    func origin(line: Int, field: String?) async throws -> LineageTrace.Origin? {
        let format = try TabularFormat(contentType: batch.mediaType)
        // Faults of form are of no interest here: the file was judged when it came.
        let names = columns.map { $0.required + $0.optional } ?? []
        let file = try await spool.open(batch.sha256)
        defer { withExtendedLifetime(file) {} }
        let reader = try TabularReader(
            path: file.path,
            format: format,
            columns: TableColumns(required: [], optional: names)
        )
        var found: LineageTrace.Origin?
        var goesOn = true
        while goesOn, found == nil {
            goesOn = try reader.read(
                record: { record in
                    guard found == nil, record.line == line, let names = reader.header?.names else { return }
                    let cells = names.indices.map { index in
                        LineageTrace.Cell(
                            field: names[index],
                            cell: Conflict.columnLetters(index) + String(record.row),
                            text: record.text(index)
                        )
                    }
                    found = origin(cells, row: record.row, line: line, field: field)
                },
                problem: { _ in }
            )
            await Task.yield()
        }
        return found
    }

    private func origin(_ cells: [LineageTrace.Cell], row: Int, line: Int, field: String?) -> LineageTrace.Origin {
        LineageTrace.Origin(
            batch: batch.id,
            dataset: batch.dataset,
            fileName: batch.fileName,
            sha256: batch.sha256,
            submitter: batch.submitter,
            line: line,
            row: row,
            cell: cells.first { $0.field == field }?.cell ?? "",
            recordedAt: recordedAt,
            cells: cells,
            count: cells.first { $0.field == Dataset.Columns.count }.flatMap { Int64($0.text) }
        )
    }
}
