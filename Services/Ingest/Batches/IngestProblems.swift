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
}

extension Problem {
    static func partialNotAllowed(_ dataset: String) -> Problem {
        Problem(
            .partialNotAllowed,
            "The dataset \(dataset) does not take files in part.",
            zh: "数据集 \(dataset) 不接受部分提交。"
        )
    }
}
