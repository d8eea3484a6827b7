import DomainModel
import ServiceKit

extension ProblemCode {
    /// The dataset takes whole files only.
    static let partialNotAllowed = ProblemCode(
        "PARTIAL_NOT_ALLOWED",
        422,
        en: "The dataset takes whole files only",
        zh: "该数据集只接受整份文件",
        hint: "Submit with mode=atomic.",
        hintZh: "以 mode=atomic 提交。",
        cause: LocalizedText(
            zh: "以 mode=partial 向不允许部分提交的数据集提交了文件。",
            en: "A file was sent with mode=partial to a dataset that does not allow it."
        ),
        example: LocalizedText(
            zh: "数据集 corridor.planning_documents 不接受部分提交。",
            en: "The dataset corridor.planning_documents does not take files in part."
        )
    )
    /// The file holds records in the clear, and the caller is not who has sent it.
    static let fileOfRecords = ProblemCode(
        "FILE_OF_RECORDS",
        403,
        en: "A file of records goes back to its sender alone",
        zh: "登记记录的文件只退还报送人",
        hint: "Export the records; for data about persons ask for a personal export, which a second person approves.",
        hintZh: "请导出登记记录；个人信息请申请个人信息导出，由第二人批准。",
        cause: LocalizedText(
            zh: "请求取回他人报送的登记记录文件，其中的个人信息未经遮盖。",
            en:
                "Somebody asked for a file of records that somebody else has sent: data about persons stand in it unmasked."
        ),
        example: LocalizedText(
            zh: "批次 10 的文件由 user:li.wei 报送。",
            en: "The file of batch 10 was sent by user:li.wei."
        )
    )
}

extension Problem {
    static func partialNotAllowed(_ dataset: String) -> Problem {
        Problem(
            .partialNotAllowed,
            "The dataset \(dataset) does not take files in part.",
            zh: "数据集 \(dataset) 不接受部分提交。"
        )
    }

    static func fileOfRecords(_ batch: Batch) -> Problem {
        Problem(
            .fileOfRecords,
            "The file of batch \(batch.id) was sent by \(batch.submitter).",
            zh: "批次 \(batch.id) 的文件由 \(batch.submitter) 报送。"
        )
    }
}
