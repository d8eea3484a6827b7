import DomainModel

/// What one run says otherwise than another of a record, with what its codes are called.
struct ChangeRow: Codable, Sendable {
    let change: RuleChange
    var words = RecordWords()

    init(from decoder: any Decoder) throws { change = try RuleChange(from: decoder) }

    func encode(to encoder: any Encoder) throws { try change.encode(to: encoder) }
}

extension ChangeRow: WordedRow {
    var vocabularies: Set<String> { Set(change.fact?.sort.vocabularies ?? []) }

    static var listing: [Column<ChangeRow>] {
        var columns = Column<ChangeRow>.word("change", "变化", "change") { $0.change.change }
        columns += [.code("record", "记录", "record") { $0.change.fact?.record }]
        columns += Column.word("sort", "类别", "sort") { $0.change.fact?.sort }
        columns += Column.word(
            "term",
            "结论",
            "conclusion",
            code: { $0.change.fact?.term },
            called: { row in row.change.fact.map { row.words.name(of: $0.term, $0.sort) } }
        )
        columns += Column.localized("before", "此前依据", "grounds before") { $0.change.before?.reasons }
        return columns + Column.localized("after", "现依据", "grounds now") { $0.change.after?.reasons }
    }
}

/// How many differ of one conclusion, with what it is called.
struct DifferenceRow: Codable, Sendable {
    let part: RuleDifference.Part
    var words = RecordWords()

    init(part: RuleDifference.Part) { self.part = part }

    init(from decoder: any Decoder) throws { part = try RuleDifference.Part(from: decoder) }

    func encode(to encoder: any Encoder) throws { try part.encode(to: encoder) }
}

extension DifferenceRow: WordedRow {
    var vocabularies: Set<String> { Set(part.sort.vocabularies) }

    static var listing: [Column<DifferenceRow>] {
        var columns = Column<DifferenceRow>.word("sort", "类别", "sort") { $0.part.sort }
        columns += Column.word(
            "term",
            "结论",
            "conclusion",
            code: { $0.part.term },
            called: { $0.words.name(of: $0.part.term, $0.part.sort) }
        )
        columns += [
            .number("gained", "新得", "gained") { $0.part.gained }, .number("lost", "失去", "lost") { $0.part.lost },
            .number("regrounded", "依据有变", "regrounded") { $0.part.regrounded },
            .number("unchanged", "不变", "unchanged") { $0.part.unchanged },
        ]
        return columns
    }
}

extension RuleChange.Change: Titled {
    var title: LocalizedText {
        switch self {
        case .gained: LocalizedText(zh: "新得", en: "gained")
        case .lost: LocalizedText(zh: "失去", en: "lost")
        case .regrounded: LocalizedText(zh: "依据有变", en: "regrounded")
        }
    }
}
