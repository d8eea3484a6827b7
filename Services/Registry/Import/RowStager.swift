import Collection
import DomainModel
import PostgresClient
import Tabular

/// Checks the rows of a file one by one and writes the good ones for a staging table.
protocol RowStager: AnyObject {
    /// Staged rows in PostgreSQL's binary format, to be taken and emptied by the caller.
    var staged: PostgresBinaryBuffer { get set }
    /// The conflicts found so far.
    var conflicts: ConflictLog { get }
    /// Rows read, the header not counted.
    var rows: Int64 { get }
    /// Checks a row; a good one is staged, a bad one leaves its conflicts.
    func read(_ record: borrowing TabularRecord, header: TableHeader) throws
}

extension LoadOrder {
    /// Reads the file into a staging table: while the server takes rows, the next ones are checked.
    ///
    /// - Parameters:
    ///   - columns: The columns of the file.
    ///   - copy: The COPY of the staging table.
    ///   - stager: Checks the rows.
    ///   - connection: A connection in a transaction.
    /// - Throws: `TabularReader.FileFailure`, `PostgresError`.
    func stage(
        _ columns: TableColumns,
        by copy: String,
        through stager: some RowStager,
        on connection: PostgresConnection
    ) async throws {
        let reader = try TabularReader(path: path, format: format, columns: columns)
        let clock = ContinuousClock()
        var told = clock.now
        _ = try await connection.copyIn(copy) { writer in
            stager.staged.startCopy()
            var goesOn = true
            while goesOn {
                goesOn = try reader.read(
                    record: { record in
                        guard let header = reader.header else { return }
                        try stager.read(record, header: header)
                    },
                    problem: { problem in try stager.conflicts.append(problem.told) }
                )
                if !goesOn { stager.staged.endCopy() }
                if stager.staged.count >= 1 << 16 || !goesOn {
                    try await writer.write(stager.staged)
                    stager.staged.removeAll(keepingCapacity: true)
                }
                if clock.now - told > .seconds(1) {
                    told = clock.now
                    try await progress(stager.rows)
                }
            }
        }
    }
}
