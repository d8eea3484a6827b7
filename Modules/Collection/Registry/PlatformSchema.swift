public import DomainModel
import PostgresClient
import Storage

extension RecordSchema<InnovationPlatform> {
    /// Innovation platforms: `platforms.csv`. Regions and the vocabulary `platform_type` are there before.
    public static let platforms = RecordSchema<InnovationPlatform>(
        dataset: "reference.platforms",
        kind: .platform,
        columns: [
            "code", "name_zh", "name_en", "type", "host", "region_code", "research_focus", "status", "source_file",
            "source_locator",
        ]
    ) { row in
        let code = row.code("code")
        let name = row.name()
        let type = row.required("type")
        let status = row.required("status")
        let source = row.source()
        guard let code, let name, let type, let status, let source else { return .unreadable }
        return .record(
            InnovationPlatform(
                code: code,
                name: name,
                type: type,
                host: row.printed("host"),
                region: row.optional("region_code"),
                researchFocus: row.printed("research_focus"),
                status: status,
                source: source
            )
        )
    } key: {
        $0.code
    } settle: { contents, connection in
        let types = try await ClassificationStore(connection).keys(vocabulary: "platform_type").map(\.key.code)
        let conflicts =
            unknownReferences(in: contents.records, field: "type", known: types, codes: { [$0.type] })
            + unknownReferences(
                in: contents.records,
                field: "region_code",
                known: try await RegionStore(connection).codes(),
                codes: { $0.region.map { [$0] } ?? [] }
            )
        return Settlement(records: contents.records, conflicts: conflicts)
    } merge: { records, batch, connection in
        try await PlatformStore(connection).merge(records, batch: batch)
    }
}
