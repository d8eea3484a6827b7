import DomainModel

/// What fields stand under one heading on a record's page.
enum FieldGroup: CaseIterable {
    case names
    case details
    case identifiers
    case contact
    case remarks
    case added

    /// The group of a field.
    init(_ field: FieldDefinition) {
        self =
            switch field.type {
            case _ where field.code.hasPrefix(RecordModel.customPrefix): .added
            case _ where field.code.hasPrefix("name_") || field.code.hasPrefix("names_"): .names
            case _ where field.code == "note": .remarks
            case _ where field.code == "address": .contact
            case .identifier where field.identifier != .industry && field.identifier != .division: .identifiers
            case .url, .mail, .telephone: .contact
            default: .details
            }
    }

    /// The heading.
    var title: LocalizedText {
        switch self {
        case .names: LocalizedText(zh: "名称", en: "Names")
        case .details: LocalizedText(zh: "基本信息", en: "Details")
        case .identifiers: LocalizedText(zh: "标识", en: "Identifiers")
        case .contact: LocalizedText(zh: "联系", en: "Contact")
        case .remarks: LocalizedText(zh: "备注", en: "Remarks")
        case .added: LocalizedText(zh: "增设字段", en: "Added fields")
        }
    }
}
