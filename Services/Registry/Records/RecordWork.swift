import DomainModel
import PostgresClient
import ServiceKit
import Storage

/// One write of records: what it is checked against, and how it is recorded.
struct RecordWork {
    let unit: UnitOfWork
    let model: RecordModel
    let facts: RecordFacts
    /// What is done with personal values.
    let sealing: RecordSealing
    /// The instant of the platform's clock.
    let now: Instant

    init(_ unit: UnitOfWork, today: CivilDate, now: Instant, vault: KeyVault?) async throws {
        self.unit = unit
        self.now = now
        let store = RecordModelStore(unit.connection)
        model = try await store.load()
        sealing = RecordSealing(vault, model, unit.connection)
        var facts = try await store.facts(today: today)
        facts.canSeal = sealing.canSeal
        self.facts = facts
    }

    var records: RegistryRecordStore { RegistryRecordStore(unit.connection) }
    var statements: RegistryStatementStore { RegistryStatementStore(unit.connection) }
    var today: CivilDate { facts.today }

    /// Takes a record that may be changed.
    ///
    /// - Throws: ``Problem`` `NOT_FOUND`, `RECORD_ENDED`.
    func hold(_ key: String, of kind: RegistryKind? = nil) async throws -> RegistryRecordStore.Held {
        guard let held = try await records.hold(key), kind.map({ $0 == held.kind }) ?? true else {
            throw Problem.notFound(kind?.title.en ?? "record", zh: kind?.title.zh ?? "记录", key)
        }
        guard held.state.isRelatable else {
            let known = try await records.related([key])[key]?.record
            throw Problem.ended(key, held.state, successor: known?.mergedInto)
        }
        return held
    }

    /// Begins to record; ``finish(_:_:)`` ends it.
    func begin(reason: String?, source: Source? = nil) async throws -> Int64 {
        try await RecordingStore(unit.connection).begin(
            principal: unit.activity.principal.id,
            activity: unit.activity.id,
            reason: reason ?? "",
            source: source
        )
    }

    /// What was done, for the trail and for the world.
    struct Deed {
        /// What was done: `create`.
        let verb: String
        let key: String
        let kind: RegistryKind
        /// What the record was before.
        let before: RecordStates
        var details: [String: AuditField] = [:]
        var reason: String?

        /// What the world is told.
        var event: String {
            switch verb {
            case "create": "ceyuan.record.created"
            case "withdraw": "ceyuan.record.withdrawn"
            case "erase": "ceyuan.record.erased"
            default: "ceyuan.record.changed"
            }
        }
    }

    /// Gives the recording its instant, and tells the trail and the world of the deed.
    func finish(_ recording: Int64, _ deed: Deed) async throws {
        try await unit.record(
            deed.verb,
            after: deed.before,
            key: deed.key,
            details: deed.details,
            reason: deed.reason
        )
        _ = try await RecordingStore(unit.connection).seal(recording)
        try await unit.publish(
            deed.event,
            subject: "/v1/records/\(deed.key)",
            RecordEvent(key: deed.key, kind: deed.kind, version: recording)
        )
    }

    /// Makes the record be found by its present names, and by what is sealed.
    func index(_ key: String) async throws {
        guard let held = try await records.hold(key) else { return }
        try await sealing.index(held)
        let absorbed = try await MergeStore(unit.connection).absorbedNames(of: held.id)
        try await SearchStore(unit.connection).index(held, model.fields(of: held.kind), absorbed: absorbed)
    }

    /// The digests of what a record is now, to be compared later.
    func states(_ key: String?) async throws -> RecordStates {
        try await unit.states(of: .record, keys: [key].compactMap(\.self))
    }
}
