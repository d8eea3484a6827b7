import Collection
import Foundation
import PersonalData
import Tabular
import Testing

/// Kept files of which rows are taken out.
@Suite("blanked files")
struct BlankedFileTests {
    private struct Row: Equatable {
        let line: Int
        let row: Int
        let cells: [String]
        var isBlank: Bool { cells.allSatisfy { $0.allSatisfy(\.isWhitespace) } }
    }

    private static let columns = TableColumns(required: [], optional: ["key", "name", "note"])

    private func rows(_ bytes: [UInt8], _ format: TabularFormat) throws -> [Row] {
        var rows: [Row] = []
        let reader = TabularReader(bytes: bytes, format: format, columns: Self.columns)
        try reader.readAll { record in
            rows.append(Row(line: record.line, row: record.row, cells: (0..<record.count).map { record.text($0) }))
        } problem: { _ in
        }
        return rows
    }

    private func keep(_ bytes: [UInt8], _ spool: Spool) async throws -> String {
        let writer = try spool.begin(limit: 1 << 30)
        try writer.write(bytes)
        let file = try await writer.finish()
        try await spool.keep(file)
        return file.sha256
    }

    private func read(_ sha256: String, _ spool: Spool) async throws -> [UInt8] {
        let file = try await spool.open(sha256)
        defer { withExtendedLifetime(file) {} }
        return Array(try Data(contentsOf: URL(filePath: file.path)))
    }

    private func names(_ spool: Spool) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: spool.directory).filter { $0.utf8.count > 2 }
    }

    /// Blanks rows of a text, and says what its bytes are then.
    private func blank(_ bytes: [UInt8], _ format: TabularFormat, _ lines: Set<Int>) async throws -> [UInt8] {
        try await Workbench.withSpool { spool in
            let sha256 = try await keep(bytes, spool)
            try await spool.blank(sha256, format, lines: lines)
            let once = try await read(sha256, spool)
            try await spool.blank(sha256, format, lines: lines)
            #expect(try await read(sha256, spool) == once)
            #expect(try names(spool) == ["\(sha256.prefix(2))/\(sha256.dropFirst(2)).blanked"])
            return once
        }
    }

    private static let text = """
        key,name,note
        T-1,林知远,"a, b"
        T-2,"林""知"" 远","eins
        zwei

        drei"

        T-3,陈墨,
        T-4,林知远,no line end
        """

    private static func encodings() -> [(String, [UInt8])] {
        func utf16(_ text: String, _ isBig: Bool) -> [UInt8] {
            ([0xFEFF] + Array(text.utf16)).flatMap {
                isBig ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)]
            }
        }
        return [
            ("utf-8", Array(text.utf8)), ("utf-8", Array("\u{FEFF}\(text)".utf8)),
            ("utf-8", Array(text.replacing("\n", with: "\r\n").utf8)),
            ("utf-8", Array(text.replacing("\n", with: "\r").utf8)),
            ("utf-16le", utf16(text, false)), ("utf-16be", utf16(text.replacing("\n", with: "\r\n"), true)),
            // 林知远 and 陈墨 in GB 18030.
            (
                "gb18030",
                Array(text.utf8).replacing(Array("林".utf8), with: [0xC1, 0xD6]).replacing(
                    Array("知".utf8),
                    with: [0xD6, 0xAA]
                )
                .replacing(Array("远".utf8), with: [0xD4, 0xB6]).replacing(
                    Array("陈墨".utf8),
                    with: [0xB3, 0xC2, 0xC4, 0xAB]
                )
            ),
        ]
    }

    @Test("a row goes from any encoding; all others keep bytes, lines and numbers", arguments: encodings())
    func delimited(charset: String, bytes: [UInt8]) async throws {
        let format = try TabularFormat(contentType: "text/csv; charset=\(charset)")
        let before = try rows(bytes, format)
        try #require(before.map(\.line) == [2, 3, 8, 9])
        for lines in [[2], [3], [9], [2, 3], [2, 3, 8, 9], [3, 9]] as [Set<Int>] {
            let blanked = try await blank(bytes, format, lines)
            let after = try rows(blanked, format)
            #expect(blanked.count == bytes.count)
            #expect(after.map(\.line) == before.map(\.line) && after.map(\.row) == before.map(\.row))
            #expect(after.map(\.cells.count) == before.map(\.cells.count))
            for (old, new) in zip(before, after) {
                if lines.contains(old.line) { #expect(new.isBlank, "\(new)") } else { #expect(new == old) }
            }
        }
        #expect(try await blank(bytes, format, [4, 7, 99]) == bytes)
    }

    @Test("lines of JSON become empty objects")
    func json() async throws {
        let text =
            "{\"key\":\"T-1\",\"name\":\"林知远\"}\r\n\n{\"key\":\"T-2\"}\n{\"key\":\"T-3\", \"name\":\"林\n{\"key\":\"T-4\"}"
        let blanked = try await blank(Array(text.utf8), .ndjson, [1, 4])
        let lines = blanked.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0.filter { $0 > 0x20 }, as: UTF8.self) }
        #expect(lines == ["{}", "", "{\"key\":\"T-2\"}", "{}", "{\"key\":\"T-4\"}"])
        #expect(blanked.count == text.utf8.count)
    }

    @Test("a header that is none goes as a row does, and a row with an open quote to the end of the file")
    func broken() async throws {
        let header = try await blank(Array("T-1,林知远\nT-2,陈墨\n".utf8), .csv, [1])
        #expect(
            String(decoding: header, as: UTF8.self).hasPrefix(",  ") && header.suffix(11) == Array("T-2,陈墨\n".utf8)[...]
        )
        let open = try await blank(Array("key,name\nT-1,\"林知远\nT-2,陈墨\n".utf8), .csv, [2])
        #expect(!String(decoding: open, as: UTF8.self).contains("陈"))
    }

    @Test("the file as it was sent is gone, under keys too, and does not come back when it is sent again")
    func resent() async throws {
        let keys = try MasterKeys(text: MasterKeys.newText(naming: "a"))
        let bytes = Array("key,name\nT-1,林知远\nT-2,陈墨\n".utf8)
        try await Workbench.withSpool { plain in
            let keyed = try Spool(directory: plain.directory, keys: keys)
            for (first, second, suffix) in [
                (plain, plain, ".blanked"), (keyed, keyed, ".blanked.sealed"), (plain, keyed, ".blanked.sealed"),
            ] {
                let sha256 = try await keep(bytes, first)
                try await first.blank(sha256, .csv, lines: [2])
                let blanked = try await read(sha256, first)
                #expect(String(decoding: blanked, as: UTF8.self).hasSuffix("T-2,陈墨\n") && blanked.count == bytes.count)
                #expect(try await keep(bytes, second) == sha256)
                #expect(try await read(sha256, second) == blanked)
                try await second.blank(sha256, .csv, lines: [2, 3])
                let all = try await read(sha256, second)
                #expect(String(decoding: all, as: UTF8.self).filter { !$0.isWhitespace } == "key,name,,")
                #expect(try names(plain).map { $0.hasSuffix(suffix) } == [true])
                for name in try names(plain) {
                    let kept = try Data(contentsOf: URL(filePath: "\(plain.directory)/\(name)"))
                    #expect(kept.range(of: Data("林知远".utf8)) == nil)
                    try FileManager.default.removeItem(atPath: "\(plain.directory)/\(name)")
                }
            }
        }
    }

    @Test("a sealed file whose rows were blanked opens in its own place alone")
    func swapped() async throws {
        try await Workbench.withSpool { plain in
            let spool = try Spool(directory: plain.directory, keys: MasterKeys(text: MasterKeys.newText(naming: "a")))
            var files: [String] = []
            for name in ["甲", "乙"] {
                let sha256 = try await keep(Array("key,name\nT-1,\(name)\n".utf8), spool)
                try await spool.blank(sha256, .csv, lines: [2])
                files.append(sha256)
            }
            let paths = files.map { "\(spool.path(of: $0)).blanked.sealed" }
            try FileManager.default.removeItem(atPath: paths[1])
            try FileManager.default.copyItem(atPath: paths[0], toPath: paths[1])
            #expect(try await read(files[0], spool).count > 9)
            await #expect(throws: SpoolError.self) { try await spool.open(files[1]) }
        }
    }
}
