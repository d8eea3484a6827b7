import DomainModel
import ServiceKit

/// Problems of what persons ask for.
extension ProblemCode {
    /// A step does not follow.
    static let subjectRequestState = ProblemCode(
        "SUBJECT_REQUEST_STATE",
        409,
        en: "Not possible in this state of the request",
        zh: "请求的当前状态不允许此操作",
        hint: "Take it first and say how it was made sure who asks; then do what is asked for; then call it done.",
        hintZh: "请先受理并注明身份核验方式，再办理所请求事项，最后办结。",
        cause: LocalizedText(
            zh: "请求尚未受理、已有结果，或所请求事项尚未办理；成员 state 为其状态。",
            en:
                "It is not in work, has ended, or what was asked for is not done; the member `state` says how far it has come."
        ),
        example: LocalizedText(zh: "请求 12 的状态为 received。", en: "Request 12 is received.")
    )
}

extension Problem {
    /// A step does not follow.
    static func subjectRequestState(_ request: SubjectRequest, en: String? = nil, zh: String? = nil) -> Problem {
        let state = request.state.rawValue
        let (why, whyZh) = (en.map { ": \($0)" } ?? "", zh.map { "：\($0)" } ?? "")
        return Problem(
            .subjectRequestState,
            "Request \(request.number) is \(state)\(why).",
            zh: "请求 \(request.number) 的状态为 \(state)\(whyZh)。"
        )
        .with("state", state)
    }
}
