import DomainModel
import ServiceKit

extension ProblemCode {
    /// No rule counts the measure.
    static let measureNotCounted = ProblemCode(
        "MEASURE_NOT_COUNTED",
        422,
        en: "The registry does not count this measure",
        zh: "登记库不统计该指标",
        hint: "GET /v1/counting-rules lists what it counts.",
        hintZh: "GET /v1/counting-rules 列出可统计的指标。",
        cause: LocalizedText(
            zh: "没有该指标的统计规则；代码不带范围前缀，例如 enterprise.nhte。",
            en: "There is no rule for the measure; its code has no scope before it, as in enterprise.nhte."
        ),
        example: LocalizedText(
            zh: "没有 enterprise.nthe 的统计规则；相近的有 enterprise.nhte。",
            en: "No rule counts enterprise.nthe; near it is enterprise.nhte."
        )
    )
}
