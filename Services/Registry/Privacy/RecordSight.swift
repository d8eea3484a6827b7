import DomainModel
import PersonalData
import PostgresClient
import ServiceKit
import Storage
import Synchronization

/// What one reader sees of what is about persons: masks, or the values themselves for a purpose.
struct RecordSight: Sendable {
    /// What was shown in the clear: the fields by the keys of records, for the audit trail.
    final class Shown: Sendable {
        private let fields = Mutex<[String: Set<String>]>([:])

        /// Notes that fields of a record were shown, or that it was looked at and had none.
        func note(_ key: String, _ names: [String] = []) {
            fields.withLock { $0[key, default: []].formUnion(names) }
        }

        /// All that was noted.
        var all: [String: Set<String>] { fields.withLock { $0 } }
    }

    private let vault: KeyVault?
    private let model: RecordModel
    /// Where it is noted what was shown in the clear; `nil` for a reader who is shown nothing in the clear.
    private let shown: Shown?

    init(_ vault: KeyVault?, _ model: RecordModel, noting shown: Shown?) {
        self.vault = vault
        self.model = model
        self.shown = shown
    }

    /// What the same reader sees of other records than those that the purpose is about.
    var masked: RecordSight { RecordSight(vault, model, noting: nil) }

    /// Whether nothing is shown in the clear.
    var isMasked: Bool { shown == nil }

    /// Notes that a record was looked at for the purpose, whatever was found.
    func note(_ key: String) { shown?.note(key) }

    /// Refuses what is no field of a kind of record; its state has a history too.
    ///
    /// - Throws: ``Problem`` `PARAMETER_INVALID` with the nearest fields.
    func requireField(_ code: String, of kind: RegistryKind) throws {
        let codes = model.fields(of: kind).map(\.code) + ["state"]
        if codes.contains(code) { return }
        let near = nearestNames(to: code, among: codes).joined(separator: ", ")
        let (zh, en) = near.isEmpty ? ("", "") : ("；相近的有 \(near)", "; near: \(near)")
        let expected = LocalizedText(zh: "字段代码" + zh, en: "the code of a field" + en)
        throw Problem.parameter("field", given: code, expected: expected)
    }

    /// A record as it is shown.
    func show(_ record: RegistryRecord, _ connection: PostgresConnection) async throws -> RegistryRecord {
        let place = SealedPlace.record(record.kind)
        return try show(record, by: await keys(record.attributes, place, of: record.key, connection))
    }

    /// A record as it is shown, by the keys of records.
    func show(_ record: RegistryRecord, by keys: [String: RecordKeyStore.Held]) throws -> RegistryRecord {
        shown?.note(record.key)
        let view = try view(of: record.attributes, .record(record.kind), record.key, keys[record.key])
        return record.showing(view.attributes, masked: view.masked, masks: view.masks)
    }

    /// Statements as they are shown.
    func show(_ statements: [RegistryStatement], _ connection: PostgresConnection) async throws -> [RegistryStatement] {
        let sealed = statements.filter { hasSealed($0.attributes, .statement($0.type)) }
        let keys = try await RecordKeyStore(connection).keys(named: Set(sealed.map(\.subject)).sorted())
        return try show(statements, by: keys)
    }

    /// Statements as they are shown, by the keys of records.
    func show(_ statements: [RegistryStatement], by keys: [String: RecordKeyStore.Held]) throws -> [RegistryStatement] {
        try statements.map { statement in
            let view = try view(
                of: statement.attributes,
                .statement(statement.type),
                statement.subject,
                keys[statement.subject]
            )
            return statement.showing(view.attributes, masked: view.masked, masks: view.masks)
        }
    }

    /// The steps of a record's history as they are shown.
    func show(
        _ steps: [FieldChange],
        of key: String,
        _ kind: RegistryKind,
        _ connection: PostgresConnection
    ) async throws -> [FieldChange] {
        shown?.note(key)
        let hidden = model.fields(of: kind).filter(\.privacy.isHidden)
        guard shown != nil else { return steps.map { $0.masking(hidden) } }
        let place = SealedPlace.record(kind)
        let held = try await RecordKeyStore(connection).keys(named: [key])[key]
        return try steps.map { step in
            guard let field = hidden.first(where: { $0.code == step.field }) else { return step }
            func value(_ value: AttributeValue?) throws -> (value: AttributeValue?, isLost: Bool) {
                guard let value else { return (nil, false) }
                let view = try view(of: [field.code: value], place, key, held)
                return (view.attributes[field.code], view.attributes[field.code] == nil)
            }
            let (old, new) = (try value(step.old), try value(step.new))
            return step.showing(old.value, new.value, isMasked: old.isLost || new.isLost)
        }
    }

    /// Of one record or statement: what is shown, which fields are kept back, and what is shown of them.
    private typealias View = (attributes: Attributes, masked: [String], masks: [String: [String]])

    private func view(
        of attributes: Attributes,
        _ place: SealedPlace,
        _ key: String,
        _ held: RecordKeyStore.Held?
    ) throws -> View {
        let hidden = place.fields(in: model).filter { $0.privacy.isHidden && attributes[$0.code] != nil }
        let sealed = hidden.filter { $0.privacy == .sealed }.map(\.code)
        if hidden.isEmpty { return (attributes, [], [:]) }
        var opened: Attributes?
        if !sealed.isEmpty, let held {
            do {
                let own = try KeyVault.open(held.key, of: held.name, with: vault)
                opened = vault.map { Sealer($0.masters, model).open(attributes, place, by: own) }
            } catch  where shown == nil {
                // Who asks for no value is not refused for a key that this host lacks: there are no masks.
            }
        }
        // Without a key the values are gone for ever; with one that does not open them, for this host.
        let lost = sealed.filter { opened?[$0] == nil }
        let erased = held == nil ? Dictionary(uniqueKeysWithValues: lost.map { ($0, [String]()) }) : [:]
        guard let shown else {
            var masks = erased
            if let opened, let vault { masks.merge(Sealer(vault.masters, model).masks(opened, place)) { $1 } }
            let codes = Set(hidden.map(\.code))
            return (attributes.filter { !codes.contains($0.key) }, hidden.map(\.code), masks)
        }
        shown.note(key, hidden.map(\.code).filter { !lost.contains($0) }.map(place.name))
        var clear = attributes.filter { !sealed.contains($0.key) }
        for code in sealed { clear[code] = opened?[code] }
        return (clear, lost, erased)
    }

    private func keys(
        _ attributes: Attributes,
        _ place: SealedPlace,
        of key: String,
        _ connection: PostgresConnection
    ) async throws -> [String: RecordKeyStore.Held] {
        guard hasSealed(attributes, place) else { return [:] }
        return try await RecordKeyStore(connection).keys(named: [key])
    }

    private func hasSealed(_ attributes: Attributes, _ place: SealedPlace) -> Bool {
        place.fields(in: model).contains { $0.privacy == .sealed && attributes[$0.code] != nil }
    }
}
