import DomainModel
import ServiceKit
import Tabular

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
    /// The media type or charset of the file cannot be read.
    static let fileTypeUnsupported = ProblemCode(
        "FILE_TYPE_UNSUPPORTED",
        415,
        en: "The type of the file cannot be read",
        zh: "无法读取该类型的文件",
        hint: "Send text/csv or application/x-ndjson; charset may be utf-8, utf-16 or gb18030.",
        hintZh: "请发送 text/csv 或 application/x-ndjson；charset 可为 utf-8、utf-16 或 gb18030。",
        cause: LocalizedText(
            zh: "Content-Type 所注的字符集或类型无法读取。",
            en: "The charset or the media type named in Content-Type is none that can be read."
        ),
        example: LocalizedText(
            zh: "未知的字符集 ebcdic。",
            en: "The charset ebcdic is not known."
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

    static func unreadable(_ reason: TabularFormat.Unsupported) -> Problem {
        switch reason {
        case .mediaType(let type):
            Problem(.fileTypeUnsupported, "The media type \(type) cannot be read.", zh: "无法读取媒体类型 \(type)。")
        case .charset(let name):
            Problem(.fileTypeUnsupported, "The charset \(name) is not known.", zh: "未知的字符集 \(name)。")
        }
    }
}
