import Collection
import DomainModel
import PostgresClient
import Tabular

/// The rows of a file, checked and staged, by slices of some ten thousand.
///
/// One slice is read and checked while the database works on the one before.
// @unchecked Sendable: one task uses it at a time. The next slice is asked for when the one before was handed over, and
// `rows` is looked at when there are no more.
final class RecordSlices: @unchecked Sendable {
    /// Rows that are ready for the database.
    struct Slice: Sendable {
        /// A whole COPY.
        let staged: PostgresBinaryBuffer
        /// How many rows of the file have been read by now.
        let rows: Int64
        /// Whether nothing was found so far that concerns more than single rows.
        let isSound: Bool
    }

    /// What checks the rows.
    let rows: RecordRowReader

    private let file: TabularReader
    private let isSound: @Sendable (RecordRowReader) -> Bool
    private var isAtEnd = false

    /// Bytes and rows of a slice, whichever comes first: two slices are in memory at a time.
    private static let most = (bytes: 16 << 20, rows: 16_000 as Int64)

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - order: What is known of it.
    ///   - columns: Its columns.
    ///   - rows: Checks the rows.
    ///   - isSound: Whether slices can be loaded one by one, after what was found so far.
    /// - Throws: `TabularReader.FileFailure`.
    init(
        _ order: LoadOrder,
        _ columns: TableColumns,
        through rows: RecordRowReader,
        while isSound: @escaping @Sendable (RecordRowReader) -> Bool
    ) throws {
        file = try TabularReader(path: order.path, format: order.format, columns: columns)
        self.rows = rows
        self.isSound = isSound
    }

    /// The next slice; `nil` at the end.
    ///
    /// - Throws: `TabularReader.FileFailure`.
    @concurrent
    func next() async throws -> Slice? {
        guard !isAtEnd else { return nil }
        rows.staged = PostgresBinaryBuffer(minimumCapacity: Self.most.bytes / 2)
        rows.staged.startCopy()
        let begin = rows.rows
        while !isAtEnd, rows.staged.count < Self.most.bytes, rows.rows - begin < Self.most.rows {
            try Task.checkCancellation()
            isAtEnd = try !file.read(
                record: { record in
                    guard let header = file.header else { return }
                    try rows.read(record, header: header)
                },
                problem: { problem in try rows.conflicts.append(problem.told) }
            )
        }
        rows.staged.endCopy()
        defer { rows.staged = PostgresBinaryBuffer() }
        return Slice(staged: rows.staged, rows: rows.rows, isSound: isSound(rows))
    }
}
