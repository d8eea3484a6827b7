import ArgumentParser
import DomainModel
import PlatformClient

extension CompletionKind {
    /// The keys of records of a kind, as the service has them.
    static func recordKeys(of kind: RegistryKind) -> CompletionKind {
        .custom { words, _, prefix in await RegisterCompletions(words).keys(of: kind, prefix) }
    }

    /// The codes of a kind's fields.
    static func fields(of kind: RegistryKind) -> CompletionKind {
        .list(RecordModel.standard.fields(of: kind).map(\.code))
    }

    /// `field=` of a kind, and after the sign the codes that the field may have.
    static func fieldValues(of kind: RegistryKind) -> CompletionKind {
        .custom { words, _, prefix in
            await RegisterCompletions(words).values(of: RecordModel.standard.fields(of: kind), prefix)
        }
    }

    /// `field=` of the kind of statement that the command line names, else of all.
    static var statementValues: CompletionKind {
        .custom { words, _, prefix in
            let named = RecordModel.standard.statements.filter { words.contains($0.code) }
            let statements = named.isEmpty ? RecordModel.standard.statements : named
            return await RegisterCompletions(words).values(of: statements.flatMap(\.fields), prefix)
        }
    }

    /// The terms of the kind of statement that the command line names.
    static var statementTerms: CompletionKind {
        .custom { words, _, prefix in
            guard let statement = RecordModel.standard.statements.first(where: { words.contains($0.code) }) else {
                return []
            }
            if !statement.choices.isEmpty { return statement.choices.map(\.code).filter { $0.hasPrefix(prefix) } }
            return await RegisterCompletions(words).terms(of: statement.vocabulary ?? "", prefix)
        }
    }

    /// The names of saved lists that can be typed without quotes, and the numbers of the others.
    static var savedLists: CompletionKind {
        .custom { words, _, prefix in await RegisterCompletions(words).savedLists(prefix) }
    }

    /// The codes of regions, as the service has them.
    static var regions: CompletionKind {
        .custom { words, _, prefix in await RegisterCompletions(words).regions(prefix) }
    }
}

/// What may stand at a place of the command line. Whatever goes wrong, nothing is offered and nothing is said.
struct RegisterCompletions {
    private let client: PlatformClient?

    /// Reads from the words that are there already where the service is.
    init(_ words: [String]) {
        var address: [String] = []
        if let index = words.lastIndex(of: "--url"), index + 1 < words.count { address = ["--url", words[index + 1]] }
        if let word = words.last(where: { $0.hasPrefix("--url=") }) { address = [word] }
        client = try? Session(GlobalOptions.parse(address)).impatientClient(of: .registry)
    }

    /// Keys that begin with a text; the first ones where nothing is typed yet.
    func keys(of kind: RegistryKind, _ prefix: String) async -> [String] {
        struct Keyed: Codable, Sendable { let key: String }
        var query: Query = ["limit": "200"]
        // The search box knows keys as identifiers, so the register may be of any size.
        if !prefix.isEmpty {
            query.set("q", prefix)
            query.set("kind", kind.rawValue)
        }
        let page: Page<Keyed>? = try? await client?.get(prefix.isEmpty ? kind.path : "/v1/search", query: query)
        return (page?.items ?? []).map(\.key).filter { $0.hasPrefix(prefix) }.sorted()
    }

    /// `field=` or `field=code`.
    func values(of fields: [FieldDefinition], _ prefix: String) async -> [String] {
        guard let sign = prefix.firstIndex(of: "=") else {
            var seen: Set<String> = []
            return fields.map { "\($0.code)=" }.filter { $0.hasPrefix(prefix) && seen.insert($0).inserted }
        }
        let (code, value) = (String(prefix[..<sign]), String(prefix[prefix.index(after: sign)...]))
        guard let field = fields.first(where: { $0.code == code }) else { return [] }
        let codes: [String] =
            switch field.type {
            case .choice: field.choices.map(\.code).filter { $0.hasPrefix(value) }
            case .boolean: ["true", "false"].filter { $0.hasPrefix(value) }
            case .term: await terms(of: field.vocabulary ?? "", value)
            case .region: await regions(value)
            default: []
            }
        return codes.map { "\(code)=\($0)" }
    }

    /// Codes of a vocabulary.
    func terms(of vocabulary: String, _ prefix: String) async -> [String] {
        await codes("/v1/classifications", ["vocabulary": vocabulary], prefix)
    }

    /// Names of saved lists, and numbers where a shell would part the name.
    func savedLists(_ prefix: String) async -> [String] {
        let page: Page<SavedList>? = try? await client?.get("/v1/saved-lists", query: ["limit": "500"])
        let words = (page?.items ?? []).map { list in
            list.order.name.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
                ? list.order.name : String(list.id)
        }
        return words.filter { $0.hasPrefix(prefix) }
    }

    /// Codes of regions.
    func regions(_ prefix: String) async -> [String] { await codes("/v1/regions", [:], prefix) }

    private func codes(_ path: String, _ query: Query, _ prefix: String) async -> [String] {
        struct Coded: Codable, Sendable { let code: String }
        var query = query
        query.set("limit", "500")
        let page: Page<Coded>? = try? await client?.get(path, query: query)
        return (page?.items ?? []).map(\.code).filter { $0.hasPrefix(prefix) }
    }
}
