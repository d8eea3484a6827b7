import DomainModel
public import ServiceKit
import Tabular

/// Problems of submitted files.
extension ProblemCode {
    /// The same bytes were submitted by somebody whose batch the sender may not see.
    public static let fileKnownElsewhere = ProblemCode(
        "FILE_KNOWN_ELSEWHERE",
        409,
        en: "Somebody else has submitted the same file",
        zh: "同一文件已由他人提交",
        hint: "Wait until it is loaded and send again; or send your own rows only.",
        hintZh: "请待其入库后重新提交；或只提交您自己的行。",
        cause: LocalizedText(
            zh: "相同字节已由他人提交，该批次尚在处理，或只含您无权查看的地区。",
            en: "The same bytes were sent by somebody else; their batch is still loading, or holds no region of yours."
        ),
        example: LocalizedText(
            zh: "他人已向数据集 monthly.indicators 提交同一文件。",
            en: "Somebody else has submitted the same file to monthly.indicators."
        )
    )
    /// The media type or charset of the file cannot be read.
    public static let fileTypeUnsupported = ProblemCode(
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
    static func knownElsewhere(_ dataset: String) -> Problem {
        Problem(
            .fileKnownElsewhere,
            "Somebody else has submitted the same file to \(dataset).",
            zh: "他人已向数据集 \(dataset) 提交同一文件。"
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
