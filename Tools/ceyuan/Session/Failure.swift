import DomainModel
import Glibc

/// Why a command ends without its result, told so that a person can mend it.
struct Failure: Error {
    /// What the program exits with.
    let status: CommandStatus
    /// Stable, for scripts and for looking it up.
    let code: String
    /// What is wrong.
    let what: LocalizedText
    /// Where, and what was expected instead: names and values.
    var details: [(name: LocalizedText, value: LocalizedText)] = []
    /// How to mend it.
    var hint: LocalizedText?
    /// Everything that is wrong with what was sent, one by one.
    var conflicts: [Conflict] = []

    init(
        _ status: CommandStatus,
        _ code: String,
        zh: String,
        en: String,
        details: [(name: LocalizedText, value: LocalizedText)] = [],
        hint: LocalizedText? = nil
    ) {
        self.status = status
        self.code = code
        self.what = LocalizedText(zh: zh, en: en)
        self.details = details
        self.hint = hint
    }

    /// Prints the failure on standard error: what, where, what was expected, how to mend it.
    func report(to console: Console) {
        let label = console.styledError(console("错误：", "error: "), .red)
        console.complain("\(label)\(what[console.language].printableLines)")
        var rows = details
        if let hint { rows.append((LocalizedText(zh: "办法", en: "mend"), hint)) }
        rows.append((LocalizedText(zh: "代码", en: "code"), LocalizedText(zh: code, en: code)))
        let width = rows.map { $0.name[console.language].displayWidth }.max() ?? 0
        for (name, value) in rows {
            let name = name[console.language]
            let fill = String(repeating: " ", count: width - name.displayWidth)
            let text = value[console.language].printableLines
                .split(separator: "\n", omittingEmptySubsequences: false)
                .joined(separator: "\n" + String(repeating: " ", count: width + 4))
            console.complain("  \(console.styledError(name, .dim))\(fill)  \(text)")
        }
        if !conflicts.isEmpty { console.complain("\n\(console.plain.text(of: conflicts))") }
    }
}

extension String {
    /// ``printable``, with line breaks kept.
    fileprivate var printableLines: String {
        split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }.joined(separator: "\n")
    }
}

extension Failure {
    /// The system's text of an error number, which is English in every locale of this program.
    static func systemMessage(_ number: Int32) -> LocalizedText {
        let text = String(cString: strerror(number))
        return LocalizedText(zh: text, en: text)
    }

    /// Standard output took no more.
    static func outputUnwritable(errno number: Int32) -> Failure {
        Failure(
            .local,
            "OUTPUT_UNWRITABLE",
            zh: "无法写出结果：\(systemMessage(number).zh)",
            en: "The result cannot be written: \(systemMessage(number).en)",
            hint: LocalizedText(zh: "检查磁盘空间与输出重定向", en: "Check the disk's free space and where output goes")
        )
    }
}
