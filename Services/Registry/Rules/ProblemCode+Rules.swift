import DomainModel
import ServiceKit

extension ProblemCode {
    /// There is no rule of the code.
    static let ruleUnknown = ProblemCode(
        "RULE_UNKNOWN",
        422,
        en: "There is no such rule",
        zh: "没有该规则",
        hint: "GET /v1/derivation-rules lists the rules; name them by their codes, without versions.",
        hintZh: "GET /v1/derivation-rules 列出全部规则；请用规则代码，不带版本。",
        cause: LocalizedText(
            zh: "要求运行的规则不在规则表中。",
            en: "A run asks for a rule that the registry does not have."
        ),
        example: LocalizedText(
            zh: "没有规则 laddr；相近的有 ladder。",
            en: "There is no rule laddr; near it is ladder."
        )
    )
}
