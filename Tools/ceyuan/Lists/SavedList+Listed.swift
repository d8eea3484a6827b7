import DomainModel

/// A saved list, with what its codes are called.
struct SavedListRow: Codable, Sendable {
    let list: SavedList
    var words = RecordWords()

    init(from decoder: any Decoder) throws { list = try SavedList(from: decoder) }

    func encode(to encoder: any Encoder) throws { try list.encode(to: encoder) }

    /// What it asks, in codes.
    fileprivate var question: String? {
        list.order.question.map { question in
            ([question.q, question.region, question.state?.rawValue].compactMap(\.self) + (question.fields ?? [])
                + (question.where ?? [])).joined(separator: " ")
        }
    }

    /// What it asks, in words; comparisons as they are typed.
    fileprivate func question(_ language: Language) -> String? {
        list.order.question.map { question in
            let region = question.region.map { code in words.regions[code].map { "\(code) \($0[language])" } ?? code }
            return
                ([question.q.map { "“\($0)”" }, region, question.state?.title[language]].compactMap(\.self)
                + (question.fields ?? []) + (question.where ?? [])).joined(separator: language == .zh ? "；" : "; ")
        }
    }
}

extension SavedListRow: WordedRow {
    var vocabularies: Set<String> { [] }
    var namesRegion: Bool { list.order.question?.region != nil }

    static var listing: [Column<SavedListRow>] {
        var columns: [Column<SavedListRow>] = [
            .number("id", "编号", "no.") { $0.list.id }, .text("name", "名称", "name") { $0.list.order.name },
            .text("owner", "所有者", "owner") { $0.list.owner },
        ]
        columns += Column.word(
            "sharing",
            "共享",
            "shared",
            code: { $0.list.order.role ?? $0.list.order.sharing.rawValue },
            called: { row in
                row.list.order.role.map { LocalizedText(zh: "角色 \($0)", en: "role \($0)") }
                    ?? row.list.order.sharing.title
            }
        )
        columns += Column.word("kind", "类型", "kind") { $0.list.order.question?.kind }
        columns += Column.word(
            "question",
            "条件",
            "question",
            isFlexible: true,
            code: { $0.question },
            called: { row in
                row.question(.zh).map { LocalizedText(zh: $0, en: row.question(.en) ?? $0) }
            }
        )
        columns += [.number("keys", "键数", "keys") { $0.list.order.keys?.count }]
        return columns + Column.instant("changed_at", "修改于", "changed") { $0.list.changedAt }
    }
}

extension SavedListOrder.Sharing: Titled {
    var title: LocalizedText {
        switch self {
        case .owner: LocalizedText(zh: "仅本人", en: "nobody")
        case .role: LocalizedText(zh: "角色", en: "role")
        case .everybody: LocalizedText(zh: "所有人", en: "everybody")
        }
    }
}

extension RelatedName: Listed {
    static var listing: [Column<RelatedName>] {
        var columns: [Column<RelatedName>] = [.code("key", "记录", "record") { $0.key }]
        columns += Column.word("kind", "类型", "kind") { $0.kind }
        return columns + [.text("name", "名称", "name") { $0.name }]
    }
}
