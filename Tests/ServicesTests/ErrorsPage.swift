import DomainModel
import Foundation

/// The page that explains every code, as it must be: what people wrote, and between its marks what the program says.
struct ErrorsPage {
    /// What a service says of a code at `/v1/problems`.
    struct Explanation: Codable, Sendable {
        let code: String
        let status: Int
        let title: LocalizedText
        let cause: LocalizedText
        let hint: LocalizedText
        let example: LocalizedText
    }

    private let explanations: [Explanation]

    init(_ explanations: [Explanation]) { self.explanations = explanations }

    /// The page with what stands between its marks written anew.
    func renewed(_ page: String) throws -> String {
        let problems = explanations.map { section($0) }.joined(separator: "\n")
        return Self.replace("problems", in: Self.replace("conflicts", in: page, by: Self.conflicts), by: problems)
    }

    private static func replace(_ mark: String, in page: String, by text: String) -> String {
        guard let start = page.range(of: "<!-- \(mark) -->\n"),
            let end = page[start.upperBound...].range(of: "<!-- end -->")
        else { return page }
        return page.replacingCharacters(in: start.upperBound..<end.lowerBound, with: "\n\(text)\n")
    }

    private func section(_ item: Explanation) -> String {
        let type = "/v1/problems/\(item.code)"
        return """
            ### \(item.code)

            **\(item.status)** · \(item.title.en) · \(item.title.zh)

            | | English | 中文 |
            |---|---|---|
            | When 原因 | \(item.cause.en) | \(item.cause.zh) |
            | Mend 办法 | \(item.hint.en) | \(item.hint.zh) |
            | Example 示例 | \(item.example.en) | \(item.example.zh) |

            ```json
            {"type":"\(type)","status":\(item.status),"code":"\(item.code)","title":"\(item.title.en)",…}
            ```

            """
    }

    private static var conflicts: String {
        let rows = ConflictCode.allCases.map { code in
            let effect = code.severity == .warning ? "warning" : code.concernsWholeFile ? "whole file" : "row"
            return "| `\(code.rawValue)` | \(effect) | \(code.message.zh) | \(code.message.en) "
                + "| \(code.expected.en)<br>\(code.expected.zh) |"
        }
        let head = ["| Code | Effect | 中文 | English | What was expected 应为 |", "|---|---|---|---|---|"]
        return (head + rows).joined(separator: "\n") + "\n"
    }
}
