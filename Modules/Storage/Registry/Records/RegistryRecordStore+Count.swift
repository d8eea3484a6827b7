public import DomainModel
import PostgresClient

extension RegistryRecordStore {
    /// How many records of these kinds there are, whatever became of them.
    public func count(of kinds: Set<RegistryKind>) async throws -> Int {
        let row = try await connection.queryOne(
            """
            /* registry.record.count */ SELECT count(*) FROM registry.record
            WHERE kind = ANY (\(kinds.map(\.rawValue).sorted())::text[])
            """
        )
        return Int(try row?.decode(Int64.self) ?? 0)
    }
}
