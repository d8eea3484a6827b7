import DomainModel
import Foundation
import ServiceKit
import Testing

/// People look codes up in the page; it must have all of them, with the program's texts.
@Suite("The page of codes")
struct ErrorsPageTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The cells of the tables' rows by the code in their first cell; the first row of a code counts.
    private let rows: [String: [String]]

    init() throws {
        let page = try String(contentsOf: Self.root.appending(path: "docs/errors.md"), encoding: .utf8)
        var rows: [String: [String]] = [:]
        for line in page.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            for match in cells[0].matches(of: /`([A-Z_]+)`/) where rows[String(match.1)] == nil {
                rows[String(match.1)] = cells
            }
        }
        self.rows = rows
    }

    private func check(_ code: String, _ cells: String..., lastHas texts: [String]) throws {
        let row = try #require(rows[code], "docs/errors.md lacks \(code)")
        #expect(Array(row.dropFirst().prefix(cells.count)) == cells)
        for text in texts { #expect(row.last?.contains(text) == true || text.isEmpty, "docs/errors.md: \(code)") }
    }

    @Test("has every shared problem with status, titles and hints", arguments: ProblemCode.catalogue)
    func problems(_ code: ProblemCode) throws {
        try check(
            code.id,
            "\(code.status)",
            code.title.zh,
            code.title.en,
            lastHas: [code.hint.en, code.hint.zh]
        )
    }

    @Test("has every conflict with its effect, texts and what is expected", arguments: ConflictCode.allCases)
    func conflicts(_ code: ConflictCode) throws {
        let effect = code.severity == .warning ? "warning" : code.concernsWholeFile ? "whole file" : "row"
        try check(
            code.rawValue,
            effect,
            code.message.zh,
            code.message.en,
            lastHas: [code.expected.en, code.expected.zh]
        )
    }

    @Test("has every problem that a module or a service adds of its own")
    func declaredProblems() throws {
        var found = 0
        for folder in ["Modules", "Services"] {
            let files = FileManager.default.enumerator(
                at: Self.root.appending(path: folder),
                includingPropertiesForKeys: nil
            )
            while let file = files?.nextObject() as? URL {
                guard file.pathExtension == "swift" else { continue }
                let source = try String(contentsOf: file, encoding: .utf8)
                for match in source.matches(of: /= ProblemCode\(\s*"([A-Z0-9_]+)",\s*(\d+)/) {
                    found += 1
                    let (code, status) = (String(match.1), String(match.2))
                    #expect(rows[code]?[1] == status, "docs/errors.md: \(code) of \(file.lastPathComponent)")
                }
            }
        }
        #expect(found > ProblemCode.catalogue.count)
    }
}
