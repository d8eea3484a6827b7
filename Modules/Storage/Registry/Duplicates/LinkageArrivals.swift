/// The records that a write has brought, or has said something of that they are compared by.
public struct LinkageArrivals: Sendable {
    private let recording: Int64
    private let statements: [String]

    /// - Parameters:
    ///   - recording: The row number of the write.
    ///   - statements: The kinds of statements that records are compared by; of others nothing changes.
    public init(recording: Int64, statements: [String]) {
        self.recording = recording
        self.statements = statements
    }

    /// Their row numbers, as a query of one column. A cursor takes no binds: the kinds of statements are written out.
    var query: String {
        let types = statements.map { "'\($0.replacing("'", with: "''"))'" }.joined(separator: ", ")
        return """
            SELECT v.record_id FROM registry.record_version v WHERE v.recorded_by = \(recording)
            UNION SELECT s.subject_id FROM registry.statement s
            WHERE s.recorded_by = \(recording) AND s.type IN (\(types.isEmpty ? "NULL" : types))
            """
    }
}
