import AuditTrail
import DomainModel
import PostgresClient
import ServiceKit
import Storage

/// Where pairs that may be one are looked at and decided about.
struct DuplicateDesk: Sendable {
    let desk: RecordDesk

    /// Two records side by side.
    ///
    /// - Throws: ``Problem`` `NOT_FOUND`.
    func compare(_ id: Int64, on connection: PostgresConnection) async throws -> DuplicateComparison {
        let candidate = try await find(id, on: connection)
        let records = RegistryRecordStore(connection)
        guard let one = try await present(candidate.one.key, records, connection),
            let other = try await present(candidate.other.key, records, connection)
        else { throw Self.missing(id) }
        let model = try await RecordModelStore(connection).load()
        let fields = model.fields(of: candidate.kind)
        return DuplicateComparison(
            candidate: candidate,
            one: one.masking(fields),
            other: other.masking(fields),
            merge: candidate.state == .merged ? nil : try await rehearse(candidate, model, connection)
        )
    }

    /// Decides about a pair.
    ///
    /// - Returns: The pair as it is now.
    /// - Throws: ``Problem``: `NOT_FOUND`, and what a merge throws.
    func decide(_ id: Int64, _ order: DuplicateOrder, _ work: RecordWork) async throws -> DuplicateCandidate {
        let connection = work.unit.connection
        let candidate = try await find(id, on: connection)
        let keys = [candidate.one.key, candidate.other.key]
        if order.verdict == .same {
            let survivor = order.survivor ?? keys[0]
            guard let absorbed = keys.first(where: { $0 != survivor }), keys.contains(survivor) else {
                let expected = LocalizedText(zh: keys.joined(separator: "、"), en: keys.joined(separator: ", "))
                throw Problem.invalid([
                    Conflict(code: .fieldInvalid, field: "survivor", given: survivor, expected: expected)
                ])
            }
            let merge = MergeOrder(
                absorbed: absorbed,
                reason: order.reason,
                fields: order.fields,
                dropped: order.dropped,
                seen: nil,
                isRehearsal: nil
            )
            _ = try await MergeDesk(desk: desk).merge(into: survivor, merge, work)
        }
        let decision = DuplicateDecision(
            verdict: order.verdict,
            reason: order.reason,
            principal: work.unit.activity.principal.id,
            at: work.now
        )
        try await DuplicateStore(connection).decide(id, decision, activity: work.unit.activity.id)
        work.unit.record(
            AuditEntry(
                "duplicate.decide",
                of: keys.joined(separator: "/"),
                details: ["verdict": .text(order.verdict.rawValue)],
                reason: order.reason
            )
        )
        return try await find(id, on: connection)
    }

    private func find(_ id: Int64, on connection: PostgresConnection) async throws -> DuplicateCandidate {
        guard let candidate = try await DuplicateStore(connection).find(id) else { throw Self.missing(id) }
        return candidate
    }

    private static func missing(_ id: Int64) -> Problem { .notFound("pair of records", zh: "候选", id) }

    /// A record as it is now; of one that was merged, its successor.
    private func present(
        _ key: String,
        _ records: RegistryRecordStore,
        _ connection: PostgresConnection
    ) async throws -> RegistryRecord? {
        if let found = try await desk.present(key, records) { return found }
        guard let successor = try await MergeStore(connection).successor(of: key, asOf: nil) else { return nil }
        return try await desk.present(successor, records)
    }

    private func rehearse(
        _ candidate: DuplicateCandidate,
        _ model: RecordModel,
        _ connection: PostgresConnection
    ) async throws -> RecordMerge? {
        let records = RegistryRecordStore(connection)
        guard let mine = try await records.look(candidate.one.key),
            let theirs = try await records.look(candidate.other.key)
        else { return nil }
        let sealing = RecordSealing(desk.vault, model, connection)
        return try await MergeDesk.plan(theirs, into: mine, .init(), isRehearsal: true, sealing).account
    }
}
