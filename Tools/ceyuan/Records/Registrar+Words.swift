import DomainModel
import PlatformClient

extension Registrar {
    /// The names of the codes that a page shows.
    ///
    /// - Throws: What the service is refused for; who may not read vocabularies sees codes.
    func words(for page: RecordPage, _ model: RecordModel) async throws -> RecordWords {
        var words = RecordWords()
        do {
            for vocabulary in page.vocabularies(model).sorted() {
                words.terms[vocabulary] = try await names(in: vocabulary)
            }
            for code in page.regions(model).sorted() {
                let region: Region = try await client.get("/v1/regions/\(PercentEncoding.encode(code))")
                words.regions[code] = region.name
            }
        } catch PlatformClientError.problem(let details) where [403, 404].contains(details.status) {}
        return words
    }

    /// The names of the codes that a list shows.
    ///
    /// - Throws: As ``words(for:_:)``.
    func words(for rows: [Attributes], of fields: [FieldDefinition]) async throws -> RecordWords {
        func isSaid(_ field: FieldDefinition) -> Bool { rows.contains { $0[field.code] != nil } }
        let fields = fields.filter(isSaid)
        return try await words(
            of: Set(fields.compactMap(\.vocabulary)),
            andRegions: fields.contains { $0.type == .region }
        )
    }

    /// The names of the codes of two records of a kind, and of what is said about them.
    ///
    /// - Throws: As ``words(for:_:)``.
    func words(for records: [RegistryRecord], _ statements: [MergedStatement]) async throws -> RecordWords {
        guard let kind = records.first?.kind else { return RecordWords() }
        return try await words(of: kind, records.map(\.attributes), statements)
    }

    /// The names of the codes of a merge.
    ///
    /// - Throws: As ``words(for:_:)``.
    func words(for merge: RecordMerge) async throws -> RecordWords {
        let rows = merge.fields.flatMap { field in
            [field.survivor, field.absorbed].compactMap { value in value.map { [field.field: $0] } }
        }
        return try await words(of: merge.kind, rows, merge.statements)
    }

    private func words(
        of kind: RegistryKind,
        _ rows: [Attributes],
        _ statements: [MergedStatement]
    ) async throws -> RecordWords {
        let model = try await model()
        let said = model.fields(of: kind).filter { field in rows.contains { $0[field.code] != nil } }
        let listed = statements.map { ListedStatement($0.statement) }
        var words = try await words(
            of: listed.reduce(into: Set(said.compactMap(\.vocabulary))) { $0.formUnion($1.vocabularies) },
            andRegions: said.contains { $0.type == .region } || listed.contains(where: \.namesRegion)
        )
        words.model = model
        return words
    }

    /// The names of all codes of vocabularies, and of all regions.
    func words(of vocabularies: Set<String>, andRegions: Bool) async throws -> RecordWords {
        var words = RecordWords()
        do {
            for vocabulary in vocabularies.sorted() { words.terms[vocabulary] = try await names(in: vocabulary) }
            if andRegions {
                let regions = try await client.pages("/v1/regions", query: ["limit": "500"], of: Region.self).items()
                words.regions = Dictionary(regions.map { ($0.code, $0.name) }, uniquingKeysWith: { $1 })
            }
        } catch PlatformClientError.problem(let details) where [403, 404].contains(details.status) {}
        return words
    }

    private func names(in vocabulary: String) async throws -> [String: LocalizedText] {
        let terms = try await client.pages(
            "/v1/classifications",
            query: ["vocabulary": vocabulary, "limit": "500"],
            of: Classification.self
        ).items()
        return Dictionary(terms.map { ($0.code, $0.name) }, uniquingKeysWith: { $1 })
    }
}

extension RecordPage {
    /// The vocabularies that its codes are of.
    fileprivate func vocabularies(_ model: RecordModel) -> Set<String> {
        var found: Set<String> = []
        func add(_ attributes: Attributes, _ fields: [FieldDefinition]) {
            for field in fields where attributes[field.code] != nil {
                if let name = field.vocabulary { found.insert(name) }
            }
        }
        add(record.attributes, model.fields(of: record.kind))
        for statement in statements + incoming {
            guard let definition = model.statement(statement.type) else { continue }
            add(statement.attributes, definition.fields)
            if statement.term != nil, let name = definition.vocabulary { found.insert(name) }
        }
        for fact in derived { found.formUnion(fact.sort.vocabularies) }
        return found
    }

    /// The regions that it names.
    fileprivate func regions(_ model: RecordModel) -> Set<String> {
        func codes(_ attributes: Attributes, _ fields: [FieldDefinition]) -> [String] {
            fields.filter { $0.type == .region }.compactMap { attributes[$0.code]?.text }
        }
        let said = statements.flatMap { codes($0.attributes, model.statement($0.type)?.fields ?? []) }
        return Set(codes(record.attributes, model.fields(of: record.kind)) + said)
    }
}
