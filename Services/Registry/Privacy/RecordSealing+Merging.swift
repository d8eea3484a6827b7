import DomainModel
import PersonalData
import Storage

extension RecordSealing {
    /// What is believed of one record and said about it, as another one would keep it: personal values are sealed with
    /// that one's key, and those that it has too get its texts.
    ///
    /// - Parameters:
    ///   - theirs: The record that is taken up.
    ///   - statements: What is said about it.
    ///   - mine: The record that takes it up.
    ///   - about: What is said about that one.
    ///   - isRehearsal: Whether nothing may be written: a record without a key gets none.
    /// - Returns: The timeline and the statements.
    /// - Throws: ``Problem`` `PERSONAL_KEY_UNAVAILABLE`; `PostgresError`.
    func carry(
        _ theirs: RegistryRecordStore.Held,
        _ statements: [RegistryStatement],
        to mine: RegistryRecordStore.Held,
        beside about: [RegistryStatement],
        isRehearsal: Bool
    ) async throws -> (timeline: RecordTimeline, statements: [RegistryStatement]) {
        guard let vault, let old = try await key(of: theirs.id, theirs.kind, theirs.key) else {
            return (theirs.timeline, statements)
        }
        let sealer = Sealer(vault.masters, model)
        let new: RecordKey
        if let own = try await key(of: mine.id, mine.kind, mine.key) {
            new = own
        } else {
            new = RecordKey(newFor: Sealer.name(of: mine.kind, mine.key))
            if !isRehearsal {
                try await RecordKeyStore(connection).put([(mine.id, new.wrapped(by: vault.masters))])
            }
        }
        func carried(_ attributes: Attributes, _ place: SealedPlace, _ known: [Attributes]) -> Attributes {
            sealer.seal(sealer.open(attributes, place, by: old), place, by: new, keeping: known)
        }
        var known = mine.timeline.versions.map(\.attributes)
        var versions: [RecordTimeline.Version] = []
        for var version in theirs.timeline.versions {
            version.attributes = carried(version.attributes, .record(mine.kind), known)
            known.append(version.attributes)
            versions.append(version)
        }
        return (
            RecordTimeline(versions),
            statements.map { statement in
                let same = about.filter { $0.type == statement.type }.map(\.attributes)
                return statement.showing(carried(statement.attributes, .statement(statement.type), same))
            }
        )
    }
}
