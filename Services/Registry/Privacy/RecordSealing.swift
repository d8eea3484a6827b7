import DomainModel
import PersonalData
import PostgresClient
import ServiceKit
import Storage

/// The personal values of records in one write: opened, sealed, compared, and made to be found.
struct RecordSealing {
    let vault: KeyVault?
    let connection: PostgresConnection
    let model: RecordModel

    init(_ vault: KeyVault?, _ model: RecordModel, _ connection: PostgresConnection) {
        self.vault = vault
        self.model = model
        self.connection = connection
    }

    /// Whether there are keys.
    var canSeal: Bool { vault != nil }

    private var index: BlindIndexStore { BlindIndexStore(connection) }

    /// Seals the values of a record that is to be made.
    ///
    /// - Returns: What is to be stored; `nil` when nothing is sealed.
    func seal(_ attributes: Attributes, ofNew kind: RegistryKind, _ key: String) -> SealedRecord? {
        vault.flatMap { Sealer($0.masters, model).seal(attributes, ofNew: kind, key) }
    }

    /// Whether a record of these values needs a key.
    func concerns(_ attributes: Attributes, of kind: RegistryKind) -> Bool {
        vault.map { Sealer($0.masters, model).concerns(attributes, .record(kind)) } ?? false
    }

    /// Keeps the key of a record that was just made, and what its values are found by.
    func keep(_ sealed: SealedRecord, of record: Int64) async throws {
        try await RecordKeyStore(connection).put([(record, sealed.key)])
        try await index.add(sealed.entries.map { (record, $0) })
    }

    /// Seals new values of a record; those that it had keep their texts.
    func seal(_ attributes: Attributes, of held: RegistryRecordStore.Held) async throws -> Attributes {
        try await seal(attributes, .record(held.kind), of: held, keeping: held.timeline.versions.map(\.attributes))
    }

    /// Seals the values of a row of a file anew, with the key of the record that it is about.
    ///
    /// - Parameters:
    ///   - attributes: What the row says, sealed with a key of its own.
    ///   - row: That key.
    ///   - held: The record.
    ///   - known: What is believed of it so far: its values keep their texts.
    /// - Returns: What is to be stored.
    /// - Throws: ``Problem`` `PERSONAL_KEY_UNAVAILABLE`; `PostgresError`.
    func adopt(
        _ attributes: Attributes,
        by row: WrappedKey,
        into held: RegistryRecordStore.Held,
        keeping known: [Attributes]
    ) async throws -> Attributes {
        guard let vault else { return attributes }
        let key = try KeyVault.open(row, of: Sealer.name(of: held.kind, held.key), with: vault)
        let plain = Sealer(vault.masters, model).open(attributes, .record(held.kind), by: key)
        return try await seal(plain, .record(held.kind), of: held, keeping: known)
    }

    /// Seals the values of a statement about a record.
    ///
    /// - Parameters:
    ///   - draft: The statement, in the clear.
    ///   - held: The record that it is about.
    ///   - known: The attributes of statements of the kind, as they are stored: their values keep their texts.
    /// - Returns: The statement as it is stored.
    /// - Throws: ``Problem`` `PERSONAL_KEY_UNAVAILABLE`; `PostgresError`.
    func seal(
        _ draft: StatementDraft,
        about held: RegistryRecordStore.Held,
        keeping known: [Attributes]
    ) async throws -> StatementDraft {
        guard let attributes = draft.attributes else { return draft }
        var sealed = draft
        sealed.attributes = try await seal(attributes, .statement(draft.type), of: held, keeping: known)
        return sealed
    }

    private func seal(
        _ attributes: Attributes,
        _ place: SealedPlace,
        of held: RegistryRecordStore.Held,
        keeping known: [Attributes]
    ) async throws -> Attributes {
        guard let vault, Sealer(vault.masters, model).concerns(attributes, place) else { return attributes }
        guard let key = try await keys(of: [held])[held.id] else { return attributes }
        return Sealer(vault.masters, model).seal(attributes, place, by: key, keeping: known)
    }

    /// The keys of records that nobody else changes meanwhile, by their numbers; a record that has none gets one.
    ///
    /// - Throws: ``Problem`` `PERSONAL_KEY_UNAVAILABLE`; `PostgresError`.
    func keys(of records: [RegistryRecordStore.Held]) async throws -> [Int64: RecordKey] {
        guard let vault else { return [:] }
        let store = RecordKeyStore(connection)
        let known = try await store.keys(of: records.map(\.id))
        var keys: [Int64: RecordKey] = [:]
        var fresh: [(record: Int64, key: WrappedKey)] = []
        for record in records {
            let name = Sealer.name(of: record.kind, record.key)
            if let wrapped = known[record.id] {
                keys[record.id] = try KeyVault.open(wrapped, of: name, with: vault)
            } else {
                let key = RecordKey(newFor: name)
                keys[record.id] = key
                fresh.append((record.id, key.wrapped(by: vault.masters)))
            }
        }
        try await store.put(fresh)
        return keys
    }

    /// The stored values of a record in the clear.
    func open(_ attributes: Attributes, of held: RegistryRecordStore.Held) async throws -> Attributes {
        try await open(attributes, .record(held.kind), of: held)
    }

    /// A stored statement with its values in the clear.
    func open(
        _ statement: RegistryStatement,
        about held: RegistryRecordStore.Held
    ) async throws -> RegistryStatement {
        statement.showing(try await open(statement.attributes, .statement(statement.type), of: held))
    }

    private func open(
        _ attributes: Attributes,
        _ place: SealedPlace,
        of held: RegistryRecordStore.Held
    ) async throws -> Attributes {
        guard place.fields(in: model).contains(where: { $0.privacy == .sealed && attributes[$0.code] != nil }),
            let key = try await key(of: held.id, held.kind, held.key), let vault
        else { return attributes }
        return Sealer(vault.masters, model).open(attributes, place, by: key)
    }

    /// Makes a record be found by the personal values that are believed of it and said about it now.
    func index(_ held: RegistryRecordStore.Held) async throws {
        guard let vault, let key = try await key(of: held.id, held.kind, held.key) else { return }
        let sealer = Sealer(vault.masters, model)
        let entries = try await index.believed(of: held.id).flatMap { part in
            let place = part.statement.map { SealedPlace.statement($0) } ?? .record(held.kind)
            return sealer.entries(sealer.open(part.attributes, place, by: key), place)
        }
        try await index.put(entries, of: held.id)
    }

    /// What says that other records have the numbers of these values, which only one person can have; until the transaction
    /// ends nobody else gives them to a record.
    ///
    /// Only records that the writer may see are told of.
    ///
    /// - Parameters:
    ///   - attributes: Checked values, in the clear.
    ///   - kind: The kind of record.
    ///   - record: The record that they are for, if it is there.
    /// - Returns: A conflict for each number, with the keys of the others.
    /// - Throws: `PostgresError`.
    func taken(_ attributes: Attributes, of kind: RegistryKind, except record: Int64? = nil) async throws -> [Conflict]
    {
        guard let vault else { return [] }
        let sealer = Sealer(vault.masters, model)
        var conflicts: [Conflict] = []
        for field in model.fields(of: kind) where field.identifiesPerson {
            guard let number = attributes[field.code]?.text else { continue }
            let entry = sealer.entry(of: number, field, .record(kind))
            try await index.claim(entry)
            let others = try await index.find(entry, kinds: [kind], limit: 5).filter { $0.id != record }
            if others.isEmpty { continue }
            conflicts.append(Conflict(code: .identifierTaken, field: field.code, nearest: others.map(\.key)))
        }
        return conflicts
    }

    /// The key of a record; `nil` when it has none.
    ///
    /// - Throws: ``Problem`` `PERSONAL_KEY_UNAVAILABLE`.
    func key(of record: Int64, _ kind: RegistryKind, _ name: String) async throws -> RecordKey? {
        guard let wrapped = try await RecordKeyStore(connection).keys(of: [record])[record] else { return nil }
        return try KeyVault.open(wrapped, of: Sealer.name(of: kind, name), with: vault)
    }
}
