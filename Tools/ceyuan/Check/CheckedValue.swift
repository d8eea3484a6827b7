import DomainModel

/// What the check of one value came to, as it is printed.
struct CheckedValue: Listed {
    /// The value as it was given.
    let value: String
    /// `valid` or `invalid`.
    let verdict: String
    /// The kinds that fit, or the one that was asked for.
    let types: [String]
    /// The canonical form; of the first kind that fits.
    let canonical: String?
    /// What the parts mean; of the first kind that fits.
    let parts: [IdentifierPart]
    /// The stable code of what is wrong.
    let code: String?
    /// What is wrong.
    let message: LocalizedText?
    /// How it may be mended.
    let hint: LocalizedText
    /// What may have been meant.
    let candidates: [String]

    static var listing: [Column<Self>] {
        var columns: [Column<Self>] = [.code("value", "值", "value") { $0.value }]
        columns += Column.word(
            "verdict",
            "结论",
            "verdict",
            style: Self.style,
            code: { $0.verdict },
            called: { $0.code == nil ? LocalizedText(zh: "有效", en: "valid") : LocalizedText(zh: "无效", en: "invalid") }
        )
        columns += [
            .code("code", "代码", "code") { $0.code },
            .text("canonical", "规范形式", "canonical form", in: .sheet) { $0.canonical },
        ]
        return columns + Column.localized("message", "问题", "what is wrong", in: [.list, .sheet]) { $0.message }
            + Column.localized("hint", "提示", "hint", in: [.list, .sheet]) { $0.hint }
    }

    private static let style: @Sendable (Self) -> Style? = { $0.code == nil ? .green : .red }

    /// Judges a value by one kind, or by several of which one has to fit.
    init(_ bytes: [UInt8], _ kinds: [IdentifierKind], on day: CivilDate) {
        let verdicts = kinds.map { $0.check(utf8: bytes, on: day) }
        let fitting = verdicts.filter(\.isValid)
        value = String(decoding: bytes, as: UTF8.self)
        verdict = fitting.isEmpty ? "invalid" : "valid"
        types = (fitting.isEmpty && kinds.count > 1 ? [] : fitting.isEmpty ? verdicts : fitting).map(\.kind.rawValue)
        canonical = fitting.first?.identifier?.description
        parts = fitting.first?.identifier?.parts ?? []
        // Of several kinds, those that the value resembles: whose form is right.
        let near =
            kinds.count == 1 ? verdicts : verdicts.filter { !$0.candidates.isEmpty || $0.fault?.code == "CHECK_DIGIT" }
        candidates = fitting.isEmpty ? near.flatMap(\.candidates) : []
        guard fitting.isEmpty else {
            (code, message) = (nil, nil)
            let names = fitting.map(\.kind.rawValue).joined(separator: ", ")
            hint = kinds.count == 1 ? LocalizedText(zh: "", en: "") : LocalizedText(zh: names, en: names)
            return
        }
        let fault = kinds.count == 1 ? verdicts.first?.fault : bytes.isEmpty ? .empty : .kindUnknown
        code = fault?.code
        message = fault?.message
        func named(_ verdict: IdentifierVerdict, _ language: Language) -> String {
            kinds.count == 1
                ? verdict.hint[language]
                : "\(verdict.kind.rawValue): \(verdict.fault?.code ?? "") \(verdict.hint[language])"
        }
        hint = LocalizedText(
            zh: near.map { named($0, .zh) }.joined(separator: "；"),
            en: near.map { named($0, .en) }.joined(separator: "; ")
        )
    }
}
