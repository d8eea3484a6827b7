import DomainModel
import PersonalData
import Storage

extension RecordLoad {
    /// Takes out rows after which a record's date of birth would not be that of its resident number, where one of the two
    /// stands in the register or in another row.
    ///
    /// - Throws: `PostgresError`; ``Problem`` `PERSONAL_KEY_UNAVAILABLE`.
    func checkBirths(_ staging: RecordStaging, _ sealing: RecordSealing, _ late: inout LateConflicts) async throws {
        let model = sealing.model
        let fields = model.fields(of: kind).map(\.code).filter { model.mayContradict($0, of: kind) }
        guard vault != nil, !fields.isEmpty else { return }
        var refused: [(line: Int, row: Int)] = []
        for page in 0..<(try await staging.prepareSaid(in: fields)) {
            let rows = try await staging.said(page: page)
            var known = try await timelines(of: Set(rows.map(\.key)), in: Set(fields), sealing)
            for row in rows {
                let said = try open(row.attributes, by: row.sealedBy, of: row.key, model)
                guard let before = known[row.key] else {
                    // The row that makes the record: it was checked as it was read.
                    known[row.key] = RecordTimeline([RecordTimeline.Version(from: row.firstDay, attributes: said)])
                    continue
                }
                var after = before
                try after.change(said.mapValues { $0 }, from: row.firstDay ?? today)
                let isWrong = after.additions(to: before).contains { version in
                    !model.contradictions(in: version.attributes, of: kind).isEmpty
                }
                if isWrong { refused.append((row.line, row.row)) } else { known[row.key] = after }
            }
        }
        guard !refused.isEmpty else { return }
        try await staging.remove(lines: refused.map(\.line))
        refused.sort { $0.line < $1.line }
        try await late.add { pass in
            for place in refused {
                let conflict = Conflict(code: .birthDateContradicts, field: "birth_date")
                try pass.add([conflict.at(line: place.line, row: place.row, column: nil)])
            }
        }
    }

    /// What is believed in some fields of records that are there, in the clear.
    private func timelines(
        of keys: Set<String>,
        in fields: Set<String>,
        _ sealing: RecordSealing
    ) async throws -> [String: RecordTimeline] {
        let held = try await RegistryRecordStore(sealing.connection).hold(keys.sorted())
        let own = try await RecordKeyStore(sealing.connection).keys(of: held.values.map(\.id))
        return try held.mapValues { record in
            let versions = try record.timeline.versions.map { version in
                var version = version
                version.attributes = try open(
                    version.attributes.filter { fields.contains($0.key) },
                    by: own[record.id],
                    of: record.key,
                    sealing.model
                )
                return version
            }
            return RecordTimeline(versions)
        }
    }

    private func open(
        _ attributes: Attributes,
        by key: WrappedKey?,
        of record: String,
        _ model: RecordModel
    ) throws -> Attributes {
        guard let vault, let key else { return attributes }
        let sealer = Sealer(vault.masters, model)
        guard sealer.concerns(attributes, .record(kind)) else { return attributes }
        return sealer.open(
            attributes,
            .record(kind),
            by: try KeyVault.open(key, of: Sealer.name(of: kind, record), with: vault)
        )
    }
}
