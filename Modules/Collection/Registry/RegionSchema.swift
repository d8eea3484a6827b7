public import DomainModel
import PostgresClient
import Storage

extension RecordSchema<Region> {
    /// Regions: `regions.csv`. Parents stand in the file or in the register.
    public static let regions = RecordSchema<Region>(
        dataset: "reference.regions",
        kind: .region,
        columns: [
            "code", "name_zh", "name_en", "level", "parent_code", "area_km2", "roles", "focus_industries",
            "source_file",
            "source_locator",
        ]
    ) { row in
        let code = row.code("code")
        let name = row.name()
        let level = row.required("level")
        let area = row.decimal("area_km2")
        if let area, area <= .zero {
            row.note(.fieldInvalid, "area_km2", expected: LocalizedText(zh: "大于 0 的面积", en: "an area above 0"))
        }
        let source = row.source()
        guard let code, let name, let level, let source else { return .unreadable }
        return .record(
            Region(
                code: code,
                name: name,
                level: level,
                parent: row.optional("parent_code"),
                areaSquareKilometres: area,
                roles: row.printed("roles"),
                focusIndustries: row.printed("focus_industries"),
                source: source
            )
        )
    } key: {
        $0.code
    } settle: { contents, connection in
        let store = RegionStore(connection)
        let records = contents.records
        let here = records.map(\.record.code) + contents.refusedKeys.map { $0[0] }
        var conflicts = unknownReferences(
            in: records,
            field: "parent_code",
            known: try await store.codes() + here,
            codes: { $0.parent.map { [$0] } ?? [] }
        )
        var parents = Dictionary(uniqueKeysWithValues: try await store.parents().map { ($0.code, $0.parent) })
        for region in records.map(\.record) { parents[region.code] = region.parent }
        conflicts += circles(in: records, field: "parent_code", key: \.code, parents: parents)
        return Settlement(records: records, conflicts: conflicts)
    } merge: { records, batch, connection in
        try await RegionStore(connection).merge(records, batch: batch)
    }
}
