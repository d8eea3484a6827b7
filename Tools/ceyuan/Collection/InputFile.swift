import DomainModel
import Glibc

/// A file to send, looked at before anything is sent.
struct InputFile {
    /// The path as given.
    let path: String
    /// The last part of the path: what the file is called in receipts.
    let name: String
    /// The media type, by the ending of the name.
    let mediaType: String

    /// Looks at a file.
    ///
    /// - Throws: ``Failure`` when there is no such file, when it is no file, cannot be read, or is empty.
    init(_ path: String) throws {
        self.path = path
        name = path.split(separator: "/").last.map(String.init) ?? path
        let ending =
            name.split(separator: ".").count > 1 ? name.split(separator: ".").last.map { $0.lowercased() } : nil
        switch ending {
        case "ndjson", "jsonl": mediaType = "application/x-ndjson"
        case "xlsx", "xls", "et", "ods": throw Self.workbook(path)
        default: mediaType = "text/csv"
        }
        var information = stat()
        guard stat(path, &information) == 0 else { throw Self.unreadable(path, errno) }
        switch information.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw Self.directory(path)
        default: throw Self.special(path)
        }
        guard access(path, R_OK) == 0 else { throw Self.unreadable(path, errno) }
        if information.st_size == 0 { throw Self.empty(path) }
    }

    private static func place(_ path: String) -> [(name: LocalizedText, value: LocalizedText)] {
        [(LocalizedText(zh: "文件", en: "file"), LocalizedText(zh: path, en: path))]
    }

    private static let expected = LocalizedText(zh: "应为", en: "expected")

    private static func unreadable(_ path: String, _ number: Int32) -> Failure {
        let isMissing = number == ENOENT || number == ENOTDIR
        let reason = Failure.systemMessage(number)
        return Failure(
            .local,
            isMissing ? "FILE_MISSING" : "FILE_UNREADABLE",
            zh: isMissing ? "没有这个文件" : "文件无法读取：\(reason.zh)",
            en: isMissing ? "There is no such file" : "The file cannot be read: \(reason.en)",
            details: place(path),
            hint: isMissing
                ? LocalizedText(zh: "检查路径与当前目录", en: "Check the path, and the directory you are in")
                : LocalizedText(zh: "检查文件权限", en: "Check the file's permissions")
        )
    }

    private static func directory(_ path: String) -> Failure {
        Failure(
            .local,
            "FILE_IS_DIRECTORY",
            zh: "这是目录，不是文件",
            en: "This is a directory, not a file",
            details: place(path) + [(expected, LocalizedText(zh: "一个 CSV 或 NDJSON 文件", en: "one CSV or NDJSON file"))],
            hint: LocalizedText(zh: "逐个提交目录中的文件", en: "Submit the files of the directory one by one")
        )
    }

    private static func special(_ path: String) -> Failure {
        Failure(
            .local,
            "FILE_NOT_REGULAR",
            zh: "这是设备或管道，不是普通文件",
            en: "This is a device or a pipe, not a regular file",
            details: place(path),
            hint: LocalizedText(
                zh: "先把内容存成文件：系统按文件的字节识别重复提交",
                en: "Save the content to a file first: a repeated submission is known by the file's bytes"
            )
        )
    }

    private static func empty(_ path: String) -> Failure {
        let code = ConflictCode.fileEmpty
        return Failure(
            .refused,
            code.rawValue,
            zh: code.message.zh,
            en: code.message.en,
            details: place(path) + [(expected, code.expected)]
        )
    }

    private static func workbook(_ path: String) -> Failure {
        Failure(
            .refused,
            "FILE_IS_WORKBOOK",
            zh: "这是表格软件的工作簿，目前只接收文本表格",
            en: "This is a spreadsheet workbook; only text tables are taken",
            details: place(path) + [(expected, LocalizedText(zh: "CSV 或 NDJSON", en: "CSV or NDJSON"))],
            hint: LocalizedText(zh: "从表格软件另存为“CSV UTF-8”", en: "Save it as “CSV UTF-8” from the spreadsheet program")
        )
    }
}
