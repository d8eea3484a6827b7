import DomainModel

/// Two records that may be one, as the service answers them.
struct DuplicateComparison: Codable, Sendable {
    let candidate: DuplicateCandidate
    let one: RegistryRecord
    let other: RegistryRecord
    let merge: RecordMerge?

    /// The fields of both, in the order of the model: codes for programs, names where there are words for people.
    func rows(_ words: RecordWords? = nil, _ language: Language = .en) -> [DuplicateRow] {
        let known = (words?.model ?? .standard).fields(of: candidate.kind).map(\.code)
        let codes = Set(one.attributes.keys).union(other.attributes.keys).union(one.masked).union(other.masked)
        let own = codes.subtracting(known).sorted()
        return (known.filter(codes.contains) + own).map { code in
            func value(_ record: RegistryRecord) -> String? {
                if record.masked.contains(code) { return RecordSheet.mask }
                guard let value = record.attributes[code] else { return nil }
                return words?.spelling(of: value, field: code, of: candidate.kind, language) ?? value.spelling
            }
            let label = words?.label(of: code, candidate.kind)[language]
            return DuplicateRow(field: label ?? code, one: value(one), other: value(other))
        }
    }
}

/// A field of two records.
struct DuplicateRow: Codable, Sendable, Listed {
    let field: String
    let one: String?
    let other: String?

    static var listing: [Column<DuplicateRow>] {
        [
            .code("field", "字段", "field", style: { $0.one == $0.other ? .dim : nil }, \.field),
            .text("one", "一", "one", style: { $0.one == $0.other ? .dim : .bold }, \.one),
            .text("other", "二", "other", style: { $0.one == $0.other ? .dim : .bold }, \.other),
        ]
    }
}

/// Two records side by side, why they may be one, and what a merge would do, as a page.
struct DuplicateSheet {
    let comparison: DuplicateComparison
    let words: RecordWords
    let console: Console

    /// The lines of the page.
    var text: String {
        let candidate = comparison.candidate
        let title = [candidate.one, candidate.other].map { "\($0.name ?? "") (\($0.key))" }.joined(separator: " ⇄ ")
        var text = console.styled(title.printable, .bold) + "\n"
        let probability = candidate.percent
        var about = ["\(probability)", candidate.state.title[console.language]]
        if let decision = candidate.decision { about.append("\(decision.principal): \(decision.reason)") }
        text += about.joined(separator: " · ").printable + "\n"
        text += heading(console("理由", "Reasons"))
        for reason in candidate.reasons {
            let weight = (reason.weight > 0 ? "+" : "") + String(reason.weight)
            text += "  \(weight)  \(reason.text[console.language])\n"
        }
        text += heading(console("对照", "Side by side")) + console.text(of: comparison.rows(words, console.language))
        if let merge = comparison.merge {
            text += heading(console("若合并", "If they were merged"))
            text += MergeSheet(merge: merge, words: words, console: console).text
        }
        return text
    }

    private func heading(_ title: String) -> String { "\n\(console.styled(title, .bold))\n" }
}
