import DomainModel

extension RecordWords {
    /// What a field is called: `major` of a kind, else of any that has it; `education.major` of a statement.
    func label(of code: String, _ kind: RegistryKind? = nil) -> LocalizedText {
        let same = LocalizedText(zh: code, en: code)
        let parts = code.split(separator: ".", maxSplits: 1).map(String.init)
        if parts.count == 2 {
            guard let statement = model.statement(parts[0]),
                let field = statement.fields.first(where: { $0.code == parts[1] })
            else { return same }
            return LocalizedText(
                zh: "\(statement.label.zh)·\(field.label.zh)",
                en: "\(statement.label.en): \(field.label.en)"
            )
        }
        if code == "state" { return LocalizedText(zh: "状态", en: "State") }
        let kinds = kind.map { [$0] } ?? RegistryKind.allCases
        return kinds.lazy.compactMap { model.field(code, of: $0)?.label }.first ?? same
    }

    /// What fields are called, in one line.
    func labels(of codes: [String], _ kind: RegistryKind? = nil) -> LocalizedText {
        let labels = codes.map { label(of: $0, kind) }
        return LocalizedText(
            zh: labels.map(\.zh).joined(separator: "、"),
            en: labels.map(\.en).joined(separator: ", ")
        )
    }

    /// A value of a field that may be one of the office's own, or the state of a record.
    func spelling(of value: AttributeValue, field code: String, of kind: RegistryKind, _ language: Language) -> String {
        if code == "state" { return RecordState(rawValue: value.spelling)?.title[language] ?? value.spelling }
        return model.field(code, of: kind).map { spelling(of: value, $0, language) } ?? value.spelling
    }

    /// What else a statement says: `职务：研究员；职级：2`.
    func details(of statement: RegistryStatement, _ language: Language) -> String {
        var parts: [String] = []
        for field in model.statement(statement.type)?.fields ?? [] {
            let label = field.label[language] + (language == .zh ? "：" : ": ")
            if statement.masked.contains(field.code) {
                parts.append(label + Self.mask(statement.masks[field.code], language))
            } else if let value = statement.attributes[field.code] {
                parts.append(label + spelling(of: value, field, language))
            }
        }
        return parts.joined(separator: language == .zh ? "；" : "; ")
    }

    /// What is shown of a value that is kept back: its mask, or that its key was destroyed.
    static func mask(_ masks: [String]?, _ language: Language) -> String {
        guard let masks else { return RecordSheet.mask }
        if masks.isEmpty { return LocalizedText(zh: "已销毁", en: "erased")[language] }
        return masks.joined(separator: language == .zh ? "；" : "; ")
    }
}
