import DomainModel

extension FieldDefinition: Listed {
    static var listing: [Column<FieldDefinition>] {
        var columns: [Column<FieldDefinition>] = [.code("code", "代码", "code") { $0.code }]
        columns += Column.localized("name", "名称", "name") { $0.label }
        columns += Column.word(
            "type",
            "类型",
            "type",
            code: { $0.isMany ? "\($0.type.rawValue)…" : $0.type.rawValue },
            called: { field in
                let (title, mark) = (field.type.title, field.isMany ? "…" : "")
                return LocalizedText(zh: title.zh + mark, en: title.en + mark)
            }
        )
        columns += [
            .text("values", "取值", "values") { $0.values },
            .code("unit", "单位", "unit") { $0.unit },
        ]
        columns += Column.flag("required", "必填", "required", code: { $0 ? "true" : nil }, \.isRequired)
        columns += Column.word("privacy", "保密", "privacy", style: { $0.privacy.isHidden ? .yellow : nil }, \.privacy)
        columns += [.code("source", "依据", "source") { $0.source }]
        return columns
    }

    /// What it may hold, in short: a vocabulary, codes, a standard, bounds.
    private var values: String? {
        switch type {
        case .term: vocabulary
        case .choice: choices.map(\.code).joined(separator: ", ")
        case .identifier: identifier?.rawValue
        case .integer, .decimal:
            minimum == nil && maximum == nil
                ? nil : "\(minimum?.description ?? "")…\(maximum?.description ?? "")"
        default: pattern
        }
    }
}

extension StatementDefinition: Listed {
    static var listing: [Column<StatementDefinition>] {
        var columns: [Column<StatementDefinition>] = [.code("code", "代码", "code") { $0.code }]
        columns += Column.localized("name", "名称", "name") { $0.label }
        columns += Column.word(
            "objects",
            "对象",
            "with",
            isFlexible: true,
            code: { $0.objects.map(\.rawValue).joined(separator: ", ") },
            called: { $0.objects.titles }
        )
        columns += [
            .text("term", "类别", "as") { $0.vocabulary ?? $0.choices.map(\.code).joined(separator: ", ") }
        ]
        columns += Column.word("shares", "份额", "shares") { $0.shares == .none ? nil : $0.shares }
        columns += [
            .text("fields", "字段", "fields") { $0.fields.map(\.code).joined(separator: ", ") },
            .code("source", "依据", "source") { $0.source },
        ]
        return columns
    }
}
