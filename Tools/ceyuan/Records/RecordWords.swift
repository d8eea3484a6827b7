import DomainModel

/// What codes are called, as far as it is known; what is not stands as its code.
struct RecordWords: Sendable {
    /// Names of terms by vocabulary and code.
    var terms: [String: [String: LocalizedText]] = [:]
    /// Names of regions by code.
    var regions: [String: LocalizedText] = [:]
    /// The fields that there are.
    var model = RecordModel.standard

    /// A value as a reader of the language likes to see it.
    func spelling(of value: AttributeValue, _ field: FieldDefinition, _ language: Language) -> String {
        if case .list(let values) = value {
            return values.map { spelling(of: $0, field, language) }.joined(separator: language == .zh ? "；" : "; ")
        }
        let text = value.spelling
        switch field.type {
        case .choice: return field.choices.first { $0.code == text }?.label[language] ?? text
        case .term: return name(of: text, in: field.vocabulary, language)
        case .region: return regions[text].map { "\(text) \($0[language])" } ?? text
        case .boolean: return value == .boolean(true) ? Self.yes[language] : Self.no[language]
        case .decimal, .integer: return field.unit.map { "\(text) \($0)" } ?? text
        default: return text
        }
    }

    /// What the term of a statement is called.
    func term(of statement: RegistryStatement, _ definition: StatementDefinition?, _ language: Language) -> String {
        guard let term = statement.term else { return "" }
        if let choice = definition?.choices.first(where: { $0.code == term }) { return choice.label[language] }
        return name(of: term, in: definition?.vocabulary, language)
    }

    /// What a term of a vocabulary is called.
    func name(of code: String, in vocabulary: String?, _ language: Language) -> String {
        let name = terms[vocabulary ?? ""]?[code]?[language] ?? ""
        return name.isEmpty ? code : name
    }

    static let yes = LocalizedText(zh: "是", en: "yes")
    static let no = LocalizedText(zh: "否", en: "no")
}
