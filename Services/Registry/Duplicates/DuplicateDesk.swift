import AuditTrail
import DomainModel
import PostgresClient
import ServiceKit
import Storage

/// Where pairs that may be one are looked at and decided about.
struct DuplicateDesk: Sendable {
    let desk: RecordDesk

    /// Two records side by side, as they are or as they were; what a merge would do is said of the present alone.
    ///
    /// - Throws: ``Problem`` `NOT_FOUND`.
    func compare(
        _ id: Int64,
        asOf: Instant?,
        validAt: CivilDate?,
        on connection: PostgresConnection
    ) async throws -> DuplicateComparison {
        let candidate = try await find(id, asOf: asOf, validAt: validAt, on: connection)
        let reading = Reading(
            records: RegistryRecordStore(connection),
            merges: MergeStore(connection),
            asOf: asOf,
            validAt: validAt
        )
        guard let one = try await record(candidate.one.key, reading),
            let other = try await record(candidate.other.key, reading)
        else { throw Self.missing(id) }
        let model = try await RecordModelStore(connection).load()
        let fields = model.fields(of: candidate.kind)
        return DuplicateComparison(
            candidate: candidate,
            one: one.masking(fields),
            other: other.masking(fields),
            merge: candidate.state == .merged || asOf != nil || validAt != nil
                ? nil : try await rehearse(candidate, model, connection)
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
        let duplicates = DuplicateStore(connection)
        try await duplicates.decide(id, decision, activity: work.unit.activity.id)
        try await duplicates.seal()
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

    private func find(
        _ id: Int64,
        asOf: Instant? = nil,
        validAt: CivilDate? = nil,
        on connection: PostgresConnection
    ) async throws -> DuplicateCandidate {
        let found = try await DuplicateStore(connection).find(id, asOf: asOf, validAt: validAt)
        guard let found else { throw Self.missing(id) }
        return found
    }

    private static func missing(_ id: Int64) -> Problem { .notFound("pair of records", zh: "候选", id) }

    /// Where records are read, and as of when.
    private struct Reading {
        let records: RegistryRecordStore
        let merges: MergeStore
        let asOf: Instant?
        let validAt: CivilDate?
    }

    /// A record at the moment; of one that was merged, its successor.
    private func record(_ key: String, _ reading: Reading) async throws -> RegistryRecord? {
        func one(_ key: String) async throws -> RegistryRecord? {
            guard let day = reading.validAt else {
                return try await desk.present(key, reading.records, asOf: reading.asOf)
            }
            return try await reading.records.find(key, at: RegistryMoment(asOf: reading.asOf, validAt: day))
        }
        if let found = try await one(key) { return found }
        guard let successor = try await reading.merges.successor(of: key, asOf: reading.asOf) else { return nil }
        return try await one(successor)
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
