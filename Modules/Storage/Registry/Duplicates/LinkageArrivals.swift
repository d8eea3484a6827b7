/// The records that a write has brought, or has said something of that they are compared by.
public struct LinkageArrivals: Sendable {
    private let recording: Int64
    private let statements: [String]

    /// Names them by the write.
    ///
    /// - Parameters:
    ///   - recording: The row number of the write.
    ///   - statements: The kinds of statements that records are compared by; of others nothing changes.
    public init(recording: Int64, statements: [String]) {
        self.recording = recording
        self.statements = statements
    }

    /// Their row numbers, as a query of one column. A cursor takes no binds: the kinds of statements are written out.
    var query: String {
        """
        SELECT v.record_id FROM registry.record_version v WHERE v.recorded_by = \(recording)
        UNION SELECT s.subject_id FROM registry.statement s WHERE s.recorded_by = \(recording) AND s.type IN (\(types))
        """
    }

    /// Whether a record is one of them, as a condition that looks up one record.
    func contains(_ record: String) -> String {
        """
        (EXISTS (
            SELECT FROM registry.record_version v WHERE v.record_id = \(record) AND v.recorded_by = \(recording)
        ) OR EXISTS (
            SELECT FROM registry.statement s
            WHERE s.subject_id = \(record) AND s.recorded_by = \(recording) AND s.type IN (\(types))
        ))
        """
    }

    private var types: String {
        statements.isEmpty ? "NULL" : statements.map { "'\($0.replacing("'", with: "''"))'" }.joined(separator: ", ")
    }
}
