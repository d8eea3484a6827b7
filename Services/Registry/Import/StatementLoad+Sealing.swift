import DomainModel
import PersonalData
import Storage

/// Seals the personal values of rows while it is not known yet which records they are about.
struct PassingSeal {
    let sealer: Sealer
    let place: SealedPlace
    /// Lives as long as the load, and in memory alone: a staging table has nothing in the clear.
    let key = RecordKey(newFor: "import")

    /// Seals values, and says what they are found by.
    func seal(_ personal: Attributes) -> (attributes: Attributes, blind: String) {
        (sealer.seal(personal, place, by: key), RecordStaging.text(of: sealer.entries(personal, place)))
    }
}

extension StatementLoad {
    /// Seals the personal values of the rows anew, with the keys of the records that they are about. Values that are there
    /// keep their texts, so that the same again says nothing new.
    ///
    /// - Throws: ``Problem`` `PERSONAL_KEY_UNAVAILABLE`; `PostgresError`.
    func adopt(_ staging: StatementStaging, _ passing: PassingSeal, _ sealing: RecordSealing) async throws {
        let pages = try await staging.prepareSealed()
        if pages == 0 { return }
        for page in 0..<pages {
            let rows = try await staging.sealed(page: page)
            let held = try await RegistryRecordStore(sealing.connection).hold(Set(rows.map(\.subject)).sorted())
            let keys = try await sealing.keys(of: Array(held.values))
            var known = try await staging.believed(about: held.values.map(\.id))
            var resealed: [(line: Int, attributes: Attributes)] = []
            for row in rows {
                guard let record = held[row.subject]?.id, let key = keys[record] else {
                    throw StorageError.missing("the record \(row.subject)")
                }
                let plain = passing.sealer.open(row.attributes, passing.place, by: passing.key)
                let own = passing.sealer.seal(plain, passing.place, by: key, keeping: known[record] ?? [])
                known[record, default: []].append(own)
                resealed.append((row.line, own))
            }
            try await staging.keepResealed(resealed)
        }
        try await staging.takeResealed()
    }

    /// Makes records no longer be found by values that the rows have replaced.
    func reindex(_ staging: StatementStaging, _ sealing: RecordSealing) async throws {
        let keys = try await staging.restatedSubjects()
        for start in stride(from: 0, to: keys.count, by: 500) {
            let page = Array(keys[start..<min(start + 500, keys.count)])
            let held = try await RegistryRecordStore(sealing.connection).hold(page)
            for record in held.values { try await sealing.index(record) }
        }
    }
}
