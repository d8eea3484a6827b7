import AuditTrail
public import Storage

extension UnitOfWork {
    /// Remembers what some records are before this write changes them.
    ///
    /// - Returns: To be given to ``record(changesOf:by:)``.
    public func states(of kind: RecordKind, keys: [String]) async throws -> RecordStates {
        RecordStates(kind: kind, states: try await RecordStateStore(connection).states(of: kind, keys: keys))
    }

    /// Records each record that a batch has brought or changed: its digests, and of a changed one the changed members.
    ///
    /// - Parameters:
    ///   - before: What the records were, by ``states(of:keys:)``.
    ///   - batch: The batch.
    /// - Throws: `PostgresError`.
    public func record(changesOf before: RecordStates, by batch: Int64) async throws {
        let kind = before.kind
        record(
            try await RecordStateStore(connection).states(of: kind, origin: batch).map { key, state in
                let old = before.states[key]
                var details: [String: AuditField] = ["batch": .count(batch)]
                if let old { details["changed"] = .clear(kind.changes(from: old, to: state)) }
                return AuditEntry(
                    old == nil ? "\(kind.name).create" : "\(kind.name).change",
                    of: key,
                    before: old.map { AuditDigest(of: $0) },
                    after: AuditDigest(of: state),
                    details: details
                )
            }
        )
    }

    /// Records that things are no longer what they were, and not yet, or never again, anything to be digested.
    ///
    /// - Parameters:
    ///   - verb: What was done: `remove`.
    ///   - before: What they were, by ``states(of:keys:)``.
    public func record(_ verb: String, leaving before: RecordStates) {
        record(
            before.states.keys.sorted().map { key in
                let digest = before.states[key].map { AuditDigest(of: $0) }
                return AuditEntry("\(before.kind.name).\(verb)", of: key, before: digest)
            }
        )
    }

    /// Records one thing with the digests of what it was and of what it is now.
    ///
    /// - Parameters:
    ///   - verb: What was done: `change`.
    ///   - before: What it was, by ``states(of:keys:)``; nothing for what is new.
    ///   - key: The key of the thing.
    ///   - details: What else is worth knowing.
    ///   - reason: Why, where somebody has said it.
    /// - Throws: `PostgresError`.
    public func record(
        _ verb: String,
        after before: RecordStates,
        key: String,
        details: [String: AuditField] = [:],
        reason: String? = nil
    ) async throws {
        let kind = before.kind
        let state = try await RecordStateStore(connection).states(of: kind, keys: [key])[key]
        record(
            AuditEntry(
                "\(kind.name).\(verb)",
                of: key,
                before: before.states[key].map { AuditDigest(of: $0) },
                after: state.map { AuditDigest(of: $0) },
                details: details,
                reason: reason
            )
        )
    }

    /// Records a thing with the digest of what it is now.
    ///
    /// - Parameters:
    ///   - verb: What was done: `create`.
    ///   - kind: The kind of thing.
    ///   - number: Its number.
    ///   - details: What else is worth knowing.
    /// - Throws: `PostgresError`; `StorageError` when it is not there.
    public func record(
        _ verb: String,
        _ kind: RecordKind,
        _ number: Int64,
        details: [String: AuditField] = [:]
    ) async throws {
        guard let state = try await RecordStateStore(connection).states(of: kind, origin: number).first?.state else {
            throw StorageError.missing("\(kind.name) \(number)")
        }
        record(AuditEntry("\(kind.name).\(verb)", of: "\(number)", after: AuditDigest(of: state), details: details))
    }
}

/// What some records were at one time.
public struct RecordStates: Sendable {
    let kind: RecordKind
    let states: [String: CanonicalValue]
}

extension RecordKind {
    /// The members that differ, each with what it was and what it is; of personal ones only the names.
    func changes(from old: CanonicalValue, to new: CanonicalValue) -> CanonicalValue {
        guard case .object(let before) = old, case .object(let after) = new else { return .object([:]) }
        var changes: [String: CanonicalValue] = [:]
        for name in Set(before.keys).union(after.keys) where before[name] != after[name] {
            let isPersonal = personal.contains(name)
            changes[name] =
                isPersonal ? "personal" : ["before": before[name] ?? .null, "after": after[name] ?? .null]
        }
        return .object(changes)
    }
}
