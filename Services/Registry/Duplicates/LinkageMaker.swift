import DomainModel
import NameForms
import RecordLinkage
import Storage

/// Makes records comparable: what of a record is compared, and under which keys it meets others.
struct LinkageMaker: Sendable {
    /// Names of places that firms put before their own.
    let places: [String]

    /// The kinds of which there is a model to compare by.
    static let kinds: [RegistryKind] = [.talent, .enterprise, .organisation, .platform]

    /// The kinds of statements that help to tell records apart.
    static let statements = ["employment", "education"]

    /// The fields of records and of these statements that are compared; of sealed ones the hashes are.
    static let fields = [
        "name_zh", "name_pinyin", "name_foreign", "name_en", "names_former", "birth_date", "sex", "orcid", "isni",
        "uscc",
        "legal_representative", "region", "school",
    ]

    /// The row of a record; `nil` when it is not kept, or of a kind that is not compared.
    func row(_ facts: LinkageFacts) -> LinkageRow? {
        guard facts.isKept, Self.kinds.contains(facts.kind) else { return nil }
        let (profile, keys) = facts.kind == .talent ? person(facts) : organisation(facts)
        return LinkageRow(
            record: facts.record,
            kind: facts.kind,
            region: facts.region,
            version: facts.version,
            keys: Set(keys.map(LinkageContent.digest)).sorted(),
            names: Set((profile.values[.name] ?? []).map(LinkageContent.digest)).sorted(),
            content: LinkageContent.text(profile)
        )
    }

    /// Makes records comparable as they are now; those that are no longer kept are compared no longer.
    func refresh(_ records: [Int64], _ linkage: LinkageStore) async throws {
        let facts = try await linkage.facts(of: records, fields: Self.fields, statements: Self.statements)
        let rows = facts.compactMap(row)
        let made = Set(rows.map(\.record))
        try await linkage.put(rows, removing: records.filter { !made.contains($0) })
    }

    private func person(_ facts: LinkageFacts) -> (LinkageProfile, [String]) {
        var values = common(facts)
        let names = facts.texts(["name_zh", "name_foreign", "names_former"])
        values[.name] = Self.folded(names)
        values[.birth] = facts.texts(["birth_date"])
        values[.gender] = facts.texts(["sex"]).filter { $0 != "unstated" }
        values[.scholarIdentifier] = ["orcid", "isni"].flatMap { code in facts.texts([code]).map { "\(code):\($0)" } }
        values[.employer] =
            facts.statements.filter { $0.type == "employment" }.compactMap { $0.object.map(String.init) }
            .each
        let education = facts.statements.filter { $0.type == "education" }
        values[.school] =
            (education.compactMap { $0.object.map { "#\($0)" } }
            + Self.folded(education.compactMap { $0.attributes["school"]?.text })).each
        let spelled = Self.folded(facts.texts(["name_pinyin", "name_foreign"]))
        let readings = names.flatMap { SearchKeys($0, as: .person).pinyin.prefix(Self.readingLimit) } + spelled
        let profile = LinkageProfile(id: facts.record, values: values, readings: readings.each)
        return (profile, LinkageKeys.person(profile))
    }

    private func organisation(_ facts: LinkageFacts) -> (LinkageProfile, [String]) {
        var values = common(facts)
        let names = facts.texts(["name_zh", "name_en", "names_former"])
        let cores = names.map { OrganisationName.core($0, places: places) }
        values[.name] = Self.folded(names)
        values[.creditCode] = facts.texts(["uscc"])
        values[.representative] = Self.folded(facts.texts(["legal_representative"]))
        let readings = cores.flatMap { SearchKeys($0, as: .other).pinyin.prefix(1) }
        let profile = LinkageProfile(id: facts.record, values: values, readings: readings.each)
        return (profile, LinkageKeys.organisation(profile, cores: Self.folded(cores)))
    }

    /// The most readings of one name: the likeliest.
    private static let readingLimit = 3

    private func common(_ facts: LinkageFacts) -> [LinkageFeature: [String]] {
        var values: [LinkageFeature: [String]] = [.region: facts.texts(["region"])]
        for (field, hash) in facts.hashes {
            guard let feature = Self.sealed.first(where: { field.hasSuffix($0.suffix) })?.feature else { continue }
            values[feature, default: []].append(hash)
        }
        return values
    }

    /// Which feature a sealed field is, by the end of its code.
    private static let sealed: [(suffix: String, feature: LinkageFeature)] = [
        ("resident_id", .residentNumber), ("passport", .travelDocument), ("residence_card", .travelDocument),
        ("telephone", .telephone), ("mail", .mail), ("address", .address),
    ]

    private static func folded(_ texts: [String]) -> [String] {
        texts.map { FoldedText($0).joined }.filter { !$0.isEmpty }.each
    }
}

extension LinkageFacts {
    /// The texts that fields have or had, each once; sealed ones are none.
    fileprivate func texts(_ codes: [String]) -> [String] {
        attributes.flatMap { attributes in
            codes.flatMap { code -> [String] in
                switch attributes[code] {
                case .text(let text): [text]
                case .list(let values): values.compactMap(\.text)
                default: []
                }
            }
        }.each
    }
}

extension [String] {
    /// The elements in order, each once.
    fileprivate var each: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
