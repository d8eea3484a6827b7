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
                    Table.Cell(words.name(of: fact.term, in: fact.sort.vocabulary, console.language)),
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

    /// The vocabulary of its terms, where there is one.
    var vocabulary: String? {
        switch self {
        case .tier: "talent_tier"
        case .stage: "enterprise_stage"
        case .title: "enterprise_title"
        case .warning: "early_warning"
        case .expiry: nil
        }
    }
}
