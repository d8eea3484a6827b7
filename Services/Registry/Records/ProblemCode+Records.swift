import DomainModel
import ServiceKit
import Storage

/// Problems of records and statements.
extension ProblemCode {
    /// A record or statement is not as declared; member `conflicts` lists everything that is wrong.
    static let recordInvalid = ProblemCode(
        "RECORD_INVALID",
        422,
        en: "The record is not right",
        zh: "记录有误",
        hint: "Correct what “conflicts” lists and send it again.",
        hintZh: "请改正 conflicts 所列各项后重新发送。",
        cause: LocalizedText(
            zh: "字段、标识符、词表代码、有效期或份额有误；成员 conflicts 逐一列出字段、代码与应为。",
            en:
                "Fields, identifiers, codes of vocabularies, validities or shares are wrong; the member `conflicts` lists each with its field, code and what was expected."
        ),
        example: LocalizedText(zh: "记录有 2 处错误，首先是 orcid。", en: "The record has 2 faults, the first in orcid.")
    )
    /// There is a record of this key.
    static let recordKeyTaken = ProblemCode(
        "RECORD_KEY_TAKEN",
        409,
        en: "The key is taken",
        zh: "键已被使用",
        hint: "Choose another key, or leave it out and let the registry make one.",
        hintZh: "请换一个键，或不填而由登记库生成。",
        cause: LocalizedText(
            zh: "已有记录使用该键，可能在您看不到的地区。",
            en: "A record has the key, perhaps in a region that you do not see."
        ),
        example: LocalizedText(zh: "键 E-1024 已被使用。", en: "The key E-1024 is taken.")
    )
    /// The record was withdrawn, merged or erased.
    static let recordEnded = ProblemCode(
        "RECORD_ENDED",
        410,
        en: "The record is no longer kept",
        zh: "记录已不再保留",
        hint:
            "Ask with asOf for what was believed before; a merged record names its successor. Of an erased one only the member “tombstone” is left.",
        hintZh: "可用 asOf 查阅此前的内容；已合并的记录会给出其后继；已删除的记录只留成员 tombstone。",
        cause: LocalizedText(
            zh: "记录已撤回、合并或删除，不能再修改。",
            en: "The record was withdrawn, merged or erased and cannot be changed."
        ),
        example: LocalizedText(zh: "记录 T-7 已撤回。", en: "The record T-7 was withdrawn.")
    )
    /// A field of this code is there already.
    static let fieldTaken = ProblemCode(
        "FIELD_TAKEN",
        409,
        en: "The field is declared already",
        zh: "字段已声明",
        hint: "Choose another code; declared fields are not changed, since values stand under them.",
        hintZh: "请换一个代码；已声明的字段下已有数值，不再更改。",
        cause: LocalizedText(zh: "该类记录已有此代码的字段。", en: "The kind of record has a field of this code."),
        example: LocalizedText(zh: "talent 已有字段 x_room。", en: "talent has a field x_room.")
    )
}

extension Problem {
    /// What is wrong with a record or statement.
    static func invalid(_ conflicts: [Conflict]) -> Problem {
        let first = conflicts.first?.field ?? "-"
        return Problem(
            .recordInvalid,
            conflicts.count == 1
                ? "The record has a fault in \(first)."
                : "The record has \(conflicts.count) faults, the first in \(first).",
            zh: "记录有 \(conflicts.count) 处错误，首先是 \(first)。"
        )
        .with("conflicts", conflicts)
    }

    private static let hintOfErased = LocalizedText(
        zh: "内容无法恢复，asOf 也查不到；读取该记录时，成员 tombstone 说明何时、由谁、依何批准删除。",
        en:
            "Nothing brings it back, not even asOf; whoever reads the record gets a “tombstone” that says when, by whom and on which approval it was erased."
    )

    /// The record is there no longer.
    static func ended(_ key: String, _ state: RecordState, successor: String? = nil) -> Problem {
        let (en, zh) =
            switch state {
            case .merged: ("merged", "合并")
            case .erased: ("erased", "删除")
            default: ("withdrawn", "撤回")
            }
        let hint = state == .erased ? hintOfErased : nil
        let problem = Problem(.recordEnded, "The record \(key) was \(en).", zh: "记录 \(key) 已\(zh)。", hint: hint)
        return successor.map { problem.with("successor", $0) } ?? problem
    }

    /// The record is there, but not at the moment that is asked about.
    static func notThen(
        _ key: String,
        _ begun: RegistryRecordStore.Beginning,
        asOf: Instant?,
        validAt day: CivilDate?
    ) -> Problem {
        if let asOf, begun.recordedAt > asOf {
            return Problem(
                .notFound,
                "Nothing was known of \(key) at \(asOf): it was first recorded at \(begun.recordedAt).",
                zh: "\(asOf) 时尚无 \(key) 的记录：首次记录于 \(begun.recordedAt)。",
                hint: LocalizedText(zh: "请改用较晚的 asOf，或不带 asOf。", en: "Ask with a later asOf, or without it.")
            )
        }
        if let day, let first = begun.firstDay, day < first {
            return Problem(
                .notFound,
                "\(key) begins on \(first.isoText): nothing is said of \(day.isoText).",
                zh: "\(key) 自 \(first.isoText) 起有效，\(day.isoText) 尚无内容。",
                hint: LocalizedText(
                    zh: "请将 validAt 设为 \(first.isoText) 或之后，或不带 validAt。",
                    en: "Ask with a validAt from \(first.isoText) on, or without it."
                )
            )
        }
        return Problem(
            .notFound,
            "Nothing was believed of \(key) at that moment.",
            zh: "该时刻没有 \(key) 的有效内容。",
            hint: LocalizedText(
                zh: "可用 /v1/records/{key}/history 查阅何时记录、何时撤回。",
                en: "/v1/records/{key}/history tells when it was recorded and taken back."
            )
        )
    }
}
