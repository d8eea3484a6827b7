import PostgresClient

/// What a merge of records into a table did.
public struct MergeCounts: Sendable, Equatable {
    /// Records that the table did not have.
    public let created: Int64
    /// Records that differ from what the table had.
    public let revised: Int64

    /// Makes counts.
    public init(created: Int64, revised: Int64) {
        self.created = created
        self.revised = revised
    }

    /// Reads the counts from the one row that a merge answers with.
    ///
    /// - Throws: ``StorageError/missing(_:)`` when there is no row, `PostgresError` when it has other columns.
    init(_ row: PostgresRow?) throws {
        guard let row else { throw StorageError.missing("the count of merged records") }
        (created, revised) = try row.decode((Int64, Int64).self)
    }
}
