import FoundationEssentials
import Testing

@testable import ceyuan

@Suite("exit status")
struct FailureTests {
    @Test("the numbers are the documented ones")
    func numbers() {
        #expect(CommandStatus.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 5, 6])
    }

    @Test("every code that the program tells stands in the page of codes: a service's, or once among its own")
    func explained() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder = root.appending(path: "Tools/ceyuan").path
        let page = try String(contentsOf: root.appending(path: "docs/errors.md"), encoding: .utf8)
        let table = try #require(page.split(separator: "## Codes of the CLI\n").last)
        var codes: Set<Substring> = []
        for file in try FileManager.default.subpathsOfDirectory(atPath: folder) where file.hasSuffix(".swift") {
            let text = try String(contentsOf: URL(filePath: "\(folder)/\(file)"), encoding: .utf8)
            codes.formUnion(text.matches(of: #/Failure\(\s*\.\w+,\s*"([A-Z_]+)"/#).map(\.1))
        }
        #expect(codes.count > 30)
        for code in codes where !page.contains("### \(code)\n") {
            #expect(table.split(separator: "`\(code)`").count == 2, "\(code) is not explained")
        }
    }

    @Test(
        "what a service answers decides what the program exits with",
        arguments: [
            (400, CommandStatus.usage), (404, .notFound), (410, .notFound), (409, .refused), (412, .refused),
            (413, .refused), (415, .refused), (422, .refused), (500, .serviceError), (501, .serviceError),
            (503, .unreachable),
        ]
    )
    func answers(httpStatus: Int, expected: CommandStatus) {
        #expect(Failure.status(of: httpStatus) == expected)
    }

    @Test("bytes and counts are written for people")
    func amounts() {
        #expect(byteCount(0) == "0 B")
        #expect(byteCount(1023) == "1023 B")
        #expect(byteCount(1024) == "1.0 KiB")
        #expect(byteCount(1_048_575) == "1023.9 KiB")
        #expect(byteCount(123_456_789) == "117.7 MiB")
        #expect(grouped(0) == "0")
        #expect(grouped(999) == "999")
        #expect(grouped(1_000) == "1 000")
        #expect(grouped(-1_234_567) == "-1 234 567")
    }
}
