import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan trace CODE`
struct Trace: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "trace",
            abstract: "Follow a figure home: from a finding to its values, to the file, the line and the cell.",
            discussion: """
                A figure that was counted from the register leads on to the counting and the records that it counted. \
                CODE stands beside the figure in a report: O-… is a value, T-… a target, F-… a finding. Capitals and \
                small letters are the same. The reports that print the figure are named too.
                """
        )
    }

    @Argument(help: "The lineage code.")
    var code: String

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        guard let code = LineageCode(code) else { throw Self.invalid(code) }
        let console = session.console
        let path = "/v1/lineage/\(PercentEncoding.encode(code.description))"
        let answer: Answer<LineageTrace>
        var editions: [String] = []
        if case .finding = code {
            answer = try await session.client(of: .reports).get(path)
            editions = answer.value.printedIn
        } else {
            answer = try await session.client(of: .ingest).get(path)
            do {
                let pages = try session.client(of: .reports).pages("\(path)/editions", of: String.self)
                editions = try await pages.items()
            } catch PlatformClientError.transport(let failure) {
                // The way home is known without the report service; only the way onward is not.
                console.remark(
                    console("未能查询印有此数的报告：", "Which reports print it is not known: ") + failure.text[console.language]
                )
            }
        }
        if console.format == .csv { return try console.list(answer.value.origins) }
        let counted = try await counted(answer.value, in: session)
        if console.format == .json {
            let json = try answer.json.setting("printedIn", editions).setting("counted", to: JSONValue(counted))
            return try console.write(try JSONText.document(json))
        }
        try console.write(Tree(answer.value, counted: counted, printedIn: editions, console).text(for: console))
    }

    /// Who was counted for the figures; nobody where the register does not say, which is remarked.
    private func counted(_ trace: LineageTrace, in session: Session) async throws -> [CountedTrace] {
        guard trace.origins.contains(where: { $0.origin.count != nil }) else { return [] }
        do {
            return try await CountedTrace.all(of: trace, from: session.client(of: .registry))
        } catch let error as PlatformClientError {
            let console = session.console
            console.remark(console("未能查询所计记录：", "Who was counted is not known: ") + error.message(in: console.language))
            return []
        }
    }

    private static func invalid(_ text: String) -> Failure {
        Failure(
            .usage,
            "LINEAGE_CODE_INVALID",
            zh: "“\(text)”不是溯源码，或有一个字符抄错",
            en: "“\(text)” is no lineage code, or a character of it is wrong",
            details: [
                (
                    LocalizedText(zh: "应为", en: "expected"),
                    LocalizedText(
                        zh: "O-…（数值）、T-…（目标）或 F-…（结论）",
                        en: "O-… (a value), T-… (a target) or F-… (a finding)"
                    )
                )
            ],
            hint: LocalizedText(
                zh: "从报告或 ceyuan observation list 重新抄录；最后一个字符是校验符",
                en: "Copy it again from the report or from ceyuan observation list; its last character is a check"
            )
        )
    }
}

/// A row that a figure came from, with the code of the figure.
struct TracedOrigin: Listed {
    let code: String
    let origin: LineageTrace.Origin

    static var listing: [Column<TracedOrigin>] {
        [
            .text("code", "溯源码", "code") { $0.code },
            .number("batch", "批次", "batch") { $0.origin.batch },
            .text("dataset", "数据集", "dataset") { $0.origin.dataset },
            .text("file_name", "文件", "file") { $0.origin.fileName },
            .text("sha256", "SHA-256", "SHA-256") { $0.origin.sha256 },
            .text("submitter", "报送人", "submitter") { $0.origin.submitter },
            .number("line", "行", "line") { $0.origin.line },
            .text("cell", "单元格", "cell") { $0.origin.cell },
            .number("count", "统计编号", "count") { $0.origin.count },
        ] + Column.instant("recorded_at", "记录时间", "recorded at") { $0.origin.recordedAt }
    }
}

extension LineageTrace {
    /// The rows that the figure and all that it was made from came from.
    var origins: [TracedOrigin] {
        (origin.map { [TracedOrigin(code: code, origin: $0)] } ?? []) + sources.flatMap(\.origins)
    }
}
