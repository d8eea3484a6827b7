import AuditTrail
import PostgresClient
import ServiceKit
import Storage

extension RecordComparison {
    /// The faults that a comparison tells of; the rest are counted.
    private static let toldFaults = 100

    /// Compares all records of a kind with the last events that say what they are.
    init(of kind: RecordKind, on connection: PostgresConnection) async throws {
        var comparison = RecordComparison(kind: kind.name)
        try await RecordStateStore(connection).compare(kind) { key, state, last in
            comparison.records += state == nil ? 0 : 1
            let digest = state.map { AuditDigest(of: $0) }
            if let last, digest == last.after { return }
            // Removed, and the trail says so.
            if last?.after == nil, digest == nil { return }
            let fault: RecordFault.Kind = last?.after == nil ? .unrecorded : digest == nil ? .missing : .changed
            comparison.faultCount += 1
            guard comparison.faults.count < Self.toldFaults else { return }
            comparison.faults.append(
                RecordFault(
                    kind: fault,
                    key: key,
                    expected: last?.after,
                    found: digest,
                    event: last?.place.description,
                    at: last?.at,
                    principal: last?.principal
                )
            )
        }
        self = comparison
    }
}
