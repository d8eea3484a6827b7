import DomainModel

extension ProblemCode {
    /// The text is no lineage code.
    public static let lineageCodeInvalid = ProblemCode(
        "LINEAGE_CODE_INVALID",
        422,
        en: "The lineage code is mistyped",
        zh: "溯源码有误",
        hint: "Compare it with the printed code; its last symbol checks the others.",
        hintZh: "请与印刷的溯源码核对；最后一位是校验位。",
        cause: LocalizedText(
            zh: "溯源码缺少或错写了字符：末位校验符与其余不符。",
            en:
                "A symbol of a lineage code is missing or mistyped: the last one, which checks the others, does not fit."
        ),
        example: LocalizedText(
            zh: "O-1GPG3 不是有效的溯源码。",
            en: "O-1GPG3 is no lineage code."
        )
    )
}

extension Problem {
    /// A text that is no lineage code, or has a symbol mistyped.
    public static func mistypedLineageCode(_ code: String) -> Problem {
        Problem(.lineageCodeInvalid, "\(code) is no lineage code.", zh: "\(code) 不是有效的溯源码。")
    }
}
