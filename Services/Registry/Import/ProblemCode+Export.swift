import DomainModel
import ServiceKit

extension ProblemCode {
    /// A file would name persons, and nobody has approved it.
    static let exportNamesPersons = ProblemCode(
        "EXPORT_NAMES_PERSONS",
        409,
        en: "A file that names persons takes two people",
        zh: "含个人姓名的文件须经另一人批准",
        hint: "Leave out what names persons: withoutNames=true, with ceyuan --without-names. With names: ask by "
            + "POST /v1/personal-exports, ceyuan personal-export request; it takes a purpose and a second person.",
        hintZh: "不含姓名等字段可直接导出：withoutNames=true，即 ceyuan 的 --without-names。需要姓名时，请以 "
            + "POST /v1/personal-exports（ceyuan personal-export request）写明目的提出申请，由另一人批准。",
        cause: LocalizedText(
            zh: "该类记录有可识别到个人的字段（保密级别 identifying）；成员 fields 列出这些字段。",
            en: "Records of this kind have fields that say which person it is, of the class `identifying`; the member "
                + "`fields` lists them."
        ),
        example: LocalizedText(
            zh: "人才文件将含可识别到个人的字段：name_zh、orcid。",
            en: "A file of talents would say who they are: name_zh, orcid."
        )
    )
}

extension Problem {
    /// A file of records of a kind would name persons by these fields.
    static func exportNamesPersons(_ kind: RegistryKind, _ fields: [String]) -> Problem {
        Problem(
            .exportNamesPersons,
            "A file of \(kind.plural) would say who they are: \(fields.joined(separator: ", ")).",
            zh: "\(kind.title.zh)文件将含可识别到个人的字段：\(fields.joined(separator: "、"))。"
        )
        .with("fields", fields)
    }
}
