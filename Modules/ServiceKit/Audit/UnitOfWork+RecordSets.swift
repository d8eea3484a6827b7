import AuditTrail
import Storage

extension UnitOfWork {
    /// Records several things of a kind with the digests of what they were and of what they are now; those that have no
    /// state of their own are left out.
    ///
    /// - Parameters:
    ///   - verb: What was done: `change`.
    ///   - before: What they were, by ``states(of:keys:)``.
    ///   - keys: The keys of the things.
    ///   - details: What else is worth knowing.
    /// - Throws: `PostgresError`.
    public func record(
        _ verb: String,
        after before: RecordStates,
        keys: [String],
        details: [String: AuditField]
    ) async throws {
        let kind = before.kind
        let after = try await RecordStateStore(connection).states(of: kind, keys: keys)
        record(
            after.sorted { $0.key < $1.key }.map { key, state in
                AuditEntry(
                    "\(kind.name).\(verb)",
                    of: key,
                    before: before.states[key].map { AuditDigest(of: $0) },
                    after: AuditDigest(of: state),
                    details: details
                )
            }
        )
    }
}
