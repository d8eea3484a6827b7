import DomainModel

/// A part of the answers.
struct FacetRow: Codable, Sendable, Listed {
    let facet: SearchFacet.Name
    let code: String
    let name: String?
    let count: Int64

    static var listing: [Column<FacetRow>] {
        Column<FacetRow>.word("facet", "分面", "facet") { $0.facet } + [
            .code("code", "代码", "code") { $0.code },
            .text("name", "名称", "name") { $0.name },
            .number("count", "数量", "count") { $0.count },
        ]
    }
}

extension SearchFacet.Name {
    /// What it is called.
    var title: LocalizedText {
        switch self {
        case .kind: LocalizedText(zh: "类型", en: "kind")
        case .region: LocalizedText(zh: "地区", en: "region")
        case .tier: LocalizedText(zh: "层次", en: "tier")
        case .title: LocalizedText(zh: "资质", en: "title")
        case .warning: LocalizedText(zh: "预警", en: "warning")
        }
    }

    /// The vocabulary of its codes, where they are of one.
    var vocabulary: String? {
        switch self {
        case .kind, .region: nil
        case .tier: "talent_tier"
        case .title: "enterprise_title"
        case .warning: "early_warning"
        }
    }
}

extension RecordWords {
    /// What a part of a facet is called, where it is known.
    func title(of code: String, _ facet: SearchFacet.Name) -> LocalizedText? {
        switch facet {
        case .kind: RegistryKind(rawValue: code)?.title
        case .region: regions[code]
        default: facet.vocabulary.flatMap { terms[$0]?[code] }
        }
    }
}
