import DomainModel

extension RecordSheet {
    /// What the rules conclude, each with its grounds.
    var derivedFacts: String {
        if page.derived.isEmpty { return "" }
        let title = console.styled(console("规则推导", "By rule"), .bold)
        let table = Table(
            headings: [
                Table.Heading(title: console("类别", "sort"), isNumeric: false, isFlexible: false),
                Table.Heading(title: console("结论", "conclusion"), isNumeric: false, isFlexible: false),
                Table.Heading(title: console("依据", "grounds"), isNumeric: false, isFlexible: true),
            ],
            rows: page.derived.map { fact in
                [
                    Table.Cell(fact.sort.title[console.language]),
                    Table.Cell(words.name(of: fact.term, fact.sort)[console.language]),
                    Table.Cell(fact.reasons[console.language]),
                ]
            }
        )
        let text = table.text(for: console.narrowed(by: 2)).split(separator: "\n").map { "  \($0)\n" }.joined()
        return "\n\(title)\n\(text)"
    }
}

extension DerivedFact.Sort {
    /// What the sort is called.
    var title: LocalizedText {
        switch self {
        case .tier: LocalizedText(zh: "层次", en: "tier")
        case .stage: LocalizedText(zh: "阶段", en: "stage")
        case .title: LocalizedText(zh: "资质", en: "title")
        case .expiry: LocalizedText(zh: "到期", en: "ends soon")
        case .warning: LocalizedText(zh: "预警", en: "warning")
        }
    }

    /// The vocabularies of its terms; what ends may be a tier or a title.
    var vocabularies: [String] {
        switch self {
        case .tier: ["talent_tier"]
        case .stage: ["enterprise_stage"]
        case .title: ["enterprise_title"]
        case .warning: ["early_warning"]
        case .expiry: ["talent_tier", "enterprise_title"]
        }
    }
}

extension RecordWords {
    /// What a conclusion is called.
    func name(of term: String, _ sort: DerivedFact.Sort) -> LocalizedText {
        if let name = sort.vocabularies.lazy.compactMap({ terms[$0]?[term] }).first { return name }
        // A permit ends, too: its kinds are no vocabulary.
        let permits = sort == .expiry ? model.statement("permit")?.choices ?? [] : []
        return permits.first { $0.code == term }?.label ?? LocalizedText(zh: term, en: term)
    }
}
