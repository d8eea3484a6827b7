import DomainModel

extension RecordSheet {
    /// A table for each kind of statement: what is said of the record, then what leads to it.
    var statementTables: String {
        tables(of: page.statements, isIncoming: false) + tables(of: page.incoming, isIncoming: true)
    }

    private func tables(of statements: [RegistryStatement], isIncoming: Bool) -> String {
        let known = model.statements.map(\.code)
        let groups = Dictionary(grouping: statements, by: \.type)
        let types = known.filter { groups[$0] != nil } + groups.keys.filter { !known.contains($0) }.sorted()
        return types.map { type in
            let label = model.statement(type)?.label[console.language] ?? type
            let title = console.styled(isIncoming ? "← \(label)" : label, .bold)
            return "\n\(title)\n" + table(of: groups[type] ?? [], model.statement(type), isIncoming: isIncoming)
        }.joined()
    }

    /// The newest first, as in a curriculum vitae; undated ones last.
    private func table(
        of statements: [RegistryStatement],
        _ definition: StatementDefinition?,
        isIncoming: Bool
    ) -> String {
        let sorted = statements.sorted { one, other in
            one.from != other.from
                ? (one.from?.daysSince1970 ?? .min) > (other.from?.daysSince1970 ?? .min) : one.number < other.number
        }
        let titles: [(zh: String, en: String, isNumeric: Bool, isFlexible: Bool)] = [
            ("自", "from", false, false), ("至", "until", false, false),
            isIncoming ? ("来自", "of", false, true) : ("对象", "with", false, true),
            ("类别", "as", false, true), ("份额", "share", true, false), ("内容", "details", false, true),
            ("编号", "no.", true, false),
        ]
        let rows = sorted.map { statement in
            [
                statement.from?.isoText ?? "", statement.until?.isoText ?? "",
                name(of: isIncoming ? statement.subject : statement.object),
                words.term(of: statement, definition, console.language), statement.share?.description ?? "",
                words.details(of: statement, console.language), String(statement.number),
            ]
        }
        let used = titles.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        let table = Table(
            headings: used.map { column in
                let title = titles[column]
                return Table.Heading(
                    title: console(title.zh, title.en),
                    isNumeric: title.isNumeric,
                    isFlexible: title.isFlexible
                )
            },
            rows: rows.map { row in used.map { Table.Cell(row[$0]) } }
        )
        return table.text(for: console.narrowed(by: 2)).split(separator: "\n").map { "  \($0)\n" }.joined()
    }

    private func name(of key: String?) -> String {
        guard let key else { return "" }
        guard let name = page.related.first(where: { $0.key == key })?.name else { return key }
        return "\(name) (\(key))"
    }
}
