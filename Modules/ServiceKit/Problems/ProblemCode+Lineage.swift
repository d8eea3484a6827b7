extension ProblemCode {
    /// The text is no lineage code.
    static let lineageCodeInvalid = ProblemCode(
        "LINEAGE_CODE_INVALID",
        422,
        en: "The lineage code is mistyped",
        zh: "溯源码有误",
        hint: "Compare it with the printed code; its last symbol checks the others.",
        hintZh: "请与印刷的溯源码核对；最后一位是校验位。"
    )
}

extension Problem {
    /// A text that is no lineage code, or has a symbol mistyped.
    public static func mistypedLineageCode(_ code: String) -> Problem {
        Problem(.lineageCodeInvalid, "\(code) is no lineage code.", zh: "\(code) 不是有效的溯源码。")
    }
}
