import DomainModel
import ServiceKit

/// Problems of the rights of persons.
extension ProblemCode {
    /// A ground has ended already.
    static let consentEnded = ProblemCode(
        "CONSENT_ENDED",
        409,
        en: "The ground has ended already",
        zh: "该依据已终止",
        hint: "Read the line of the ledger; a new consent is a new line.",
        hintZh: "请查看该台账记录；重新取得的同意须另行登记。",
        cause: LocalizedText(
            zh: "该同意已撤回，或该依据已终止。",
            en: "The consent was withdrawn, or the ground ended, before."
        ),
        example: LocalizedText(zh: "台账第 12 行已于 2026-01-05 终止。", en: "Line 12 of the ledger ended before.")
    )
}

extension Problem {
    /// A member of the body whose type is right and whose value is not.
    static func body(_ pointer: String, en: String, zh: String) -> Problem {
        let name = pointer.dropFirst()
        return Problem(.bodyInvalid, "\(name): expected \(en).", zh: "\(name)：应为\(zh)。").with("pointer", pointer)
    }
}
