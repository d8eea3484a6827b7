import DomainModel
import PostgresClient

extension ListConditions {
    /// A table of reference records as it is, or as it was after the last import by an instant.
    ///
    /// - Parameters:
    ///   - name: The table of the schema `registry`.
    ///   - columns: Its columns that are asked about.
    ///   - asOf: The instant; now if absent.
    /// - Returns: SQL of the table.
    mutating func reference(_ name: String, _ columns: [String], asOf: Instant?) -> String {
        guard let asOf else { return "registry.\(name)" }
        let instant = bind(PostgresTimestamp(asOf))
        let list = (columns + ["batch_id"]).joined(separator: ", ")
        return """
            (
                SELECT * FROM (
                    SELECT \(list), NULL::bigint AS ended_by FROM registry.\(name)
                    UNION ALL SELECT \(list), ended_by FROM registry.\(name)_past
                ) said
                WHERE registry.batch_recorded(said.batch_id) <= \(instant)
                    AND (said.ended_by IS NULL OR registry.batch_recorded(said.ended_by) > \(instant))
            ) AS \(name)
            """
    }
}
