import AuditTrail
import Storage
import Synchronization

/// What one run of a write has recorded so far.
final class AuditJournal: Sendable {
    private struct State {
        var entries: [AuditEntry] = []
        var changesNothing = false
    }

    private let state = Mutex(State())

    func add(_ entries: [AuditEntry]) { state.withLock { $0.entries += entries } }
    func changeNothing() { state.withLock { $0.changesNothing = true } }

    /// The entries, once the body of the write is over.
    ///
    /// - Throws: ``AuditError`` when they and the body contradict each other.
    func close(_ activity: Activity) throws(AuditError) -> [AuditEntry] {
        let state = state.withLock { $0 }
        switch (state.entries.isEmpty, state.changesNothing) {
        case (true, false): throw AuditError.nothingRecorded(activity: activity.id)
        case (false, true): throw AuditError.contradiction(activity: activity.id)
        default: return state.entries
        }
    }
}

extension UnitOfWork {
    /// Records what this write does, in the transaction that does it.
    ///
    /// A write that records nothing does not commit.
    public func record(_ entry: AuditEntry) { journal.add([entry]) }

    /// Records several things that this write does, in order.
    public func record(_ entries: [AuditEntry]) { journal.add(entries) }

    /// Says that this write has found nothing to change, such as the same bytes sent again: there is nothing to record.
    public func changesNothing() { journal.changeNothing() }

    /// Links what was recorded to a chain: the last statements of the transaction.
    ///
    /// - Parameters:
    ///   - head: The head that the transaction holds already, if it had to take it first.
    ///   - key: Hides personal values.
    /// - Throws: ``AuditError``; `PostgresError`.
    func close(holding head: ChainHead?, key: AuditKey?) async throws {
        let entries = try journal.close(activity)
        if entries.isEmpty { return }
        let details = try entries.map { entry in
            CanonicalValue.object(
                try Dictionary(
                    uniqueKeysWithValues: entry.details.map { ($0.key, try $0.value.value(named: $0.key, key: key)) }
                )
            )
        }
        let store = AuditStore(connection)
        let position = if let head { try await store.position(on: head) } else { try await store.takePosition() }
        var previous = position.head.hash
        var links: [LinkedEvent] = []
        for (index, entry) in entries.enumerated() {
            let event = AuditEvent(
                chain: position.head.chain,
                sequence: position.head.sequence + Int64(index) + 1,
                occasion: position.occasion,
                at: position.at,
                principal: activity.principal.id,
                activity: activity.id,
                action: entry.action,
                subject: entry.subject,
                reason: entry.reason,
                before: entry.before,
                after: entry.after,
                details: details[index]
            )
            previous = event.link(after: previous)
            links.append(LinkedEvent(event: event, hash: previous))
        }
        try await store.append(links, to: position.head)
    }
}
