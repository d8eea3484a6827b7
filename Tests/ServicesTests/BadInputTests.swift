import DomainModel
import Foundation
import PlatformClient
import Testing

/// A file with one fault, and what must be said of it.
struct BadFile: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: Data
    let code: ConflictCode
    let line: Int?
    let column: String?
    let given: String?
    let nearest: String?

    init(
        _ name: String,
        _ text: String,
        _ code: ConflictCode,
        line: Int? = nil,
        column: String? = nil,
        given: String? = nil,
        nearest: String? = nil
    ) {
        self.init(name, Data(text.utf8), code, line: line, column: column, given: given, nearest: nearest)
    }

    init(
        _ name: String,
        _ bytes: Data,
        _ code: ConflictCode,
        line: Int? = nil,
        column: String? = nil,
        given: String? = nil,
        nearest: String? = nil
    ) {
        self.name = name
        self.bytes = bytes
        self.code = code
        self.line = line
        self.column = column
        self.given = given
        self.nearest = nearest
    }

    var testDescription: String { name }

    private static let header = "indicator,region,period,value\n"
    private static let good = "yuhang.economy.gdp,330110,2021,2500\n"

    /// The classes of bad input of a plain file of observations.
    static let all: [BadFile] = [
        BadFile(
            "unknown indicator",
            header + good + "yuhang.economy.gdq,330110,2021,1\n",
            .indicatorUnknown,
            line: 3,
            column: "A",
            given: "yuhang.economy.gdq",
            nearest: "yuhang.economy.gdp"
        ),
        BadFile(
            "unknown region",
            header + "yuhang.economy.gdp,330111x,2021,1\n",
            .regionUnknown,
            line: 2,
            column: "B",
            given: "330111x",
            nearest: "330111"
        ),
        BadFile(
            "bad period",
            header + "yuhang.economy.gdp,330110,2021年3月,1\n",
            .periodInvalid,
            line: 2,
            column: "C",
            given: "2021年3月",
            nearest: "2021-03"
        ),
        BadFile("missing period", header + "yuhang.economy.gdp,330110,,1\n", .periodMissing, line: 2, column: "C"),
        BadFile(
            "bad number",
            header + "yuhang.economy.gdp,330110,2021,\"2,500\"\n",
            .valueNotNumber,
            line: 2,
            column: "D",
            given: "2,500",
            nearest: "2500"
        ),
        BadFile(
            "letter for a digit",
            header + "yuhang.economy.gdp,330110,2021,25O0\n",
            .valueNotNumber,
            line: 2,
            column: "D",
            given: "25O0"
        ),
        BadFile(
            "too many digits",
            header + "yuhang.economy.gdp,330110,2021,\(String(repeating: "9", count: 30))\n",
            .valueOutOfRange,
            line: 2,
            column: "D"
        ),
        BadFile("missing value", header + "yuhang.economy.gdp,330110,2021,\n", .valueMissing, line: 2, column: "D"),
        BadFile("missing column", "indicator,region,value\nyuhang.economy.gdp,330110,1\n", .columnMissing),
        BadFile(
            "extra column",
            "indicator,region,period,value,colour\nyuhang.economy.gdp,330110,2021,1,red\n",
            .columnUnknown,
            line: 1,
            column: "E",
            given: "colour"
        ),
        BadFile(
            "column twice",
            "indicator,region,period,value,value\nyuhang.economy.gdp,330110,2021,1,1\n",
            .columnDuplicate,
            line: 1,
            column: "E"
        ),
        BadFile(
            "duplicate key with another value",
            header + good + "yuhang.economy.gdp,330110,2021,2501\n",
            .duplicateOther,
            line: 2
        ),
        BadFile(
            "wrong encoding",
            Data(header.utf8) + Data([0x79, 0xC3, 0x28, 0xFF, 0x2C, 0x31, 0x2C, 0x32, 0x0A]),
            .fileEncodingInvalid
        ),
        BadFile("unclosed quote", header + good + "\"yuhang.economy.gdp,330110,2022,1\n", .csvQuoteUnclosed, line: 3),
        BadFile(
            "text after a quote",
            header + "\"yuhang.economy.gdp\"x,330110,2022,1\n",
            .csvQuoteJunk,
            line: 2,
            column: "A"
        ),
        BadFile("too few cells", header + "yuhang.economy.gdp,330110\n", .rowCellMissing, line: 2),
        BadFile("too many cells", header + "yuhang.economy.gdp,330110,2021,1,2\n", .rowCellExtra, line: 2),
        BadFile(
            "control character",
            header + "yuhang.economy.gdp,330110,2021,1\u{0}\n",
            .cellControlCharacter,
            line: 2,
            column: "D"
        ),
        BadFile("empty file", "", .fileEmpty),
        BadFile("header only", header, .fileNoRows),
    ]
}

@Suite("Bad input", .timeLimit(.minutes(10)))
struct BadInputTests {
    @Test("each class of bad input is named with its place, and an atomic file loads nothing")
    func conflicts() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            for (index, bad) in BadFile.all.enumerated() {
                let file = try platform.write("bad-\(index).csv", bad.bytes)
                let batch = try await platform.submit(file, to: "monthly.indicators", mode: .atomic)
                #expect(batch.state == .refused, "\(bad.name): \(batch.state)")
                guard let conflict = batch.conflicts.first(where: { $0.code == bad.code }) else {
                    Issue.record("\(bad.name): no \(bad.code.rawValue) among \(batch.conflicts.map(\.code))")
                    continue
                }
                if let line = bad.line { #expect(conflict.line == line, "\(bad.name)") }
                if let column = bad.column { #expect(conflict.column == column, "\(bad.name)") }
                if let given = bad.given { #expect(conflict.given == given, "\(bad.name)") }
                if let nearest = bad.nearest { #expect(conflict.nearest.contains(nearest), "\(bad.name)") }
                #expect(!conflict.message.zh.isEmpty && !conflict.expected.en.isEmpty, "\(bad.name)")
                #expect(try await platform.rowCounts()["statistics.observation"] == 0, "\(bad.name)")
            }
        }
    }

    @Test("the same key with the same value is loaded once, with a warning")
    func duplicateSame() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let row = "yuhang.economy.gdp,330110,2021,2500\n"
            let file = try platform.write("twice.csv", "indicator,region,period,value\n" + row + row)
            let batch = try await platform.submit(file, to: "monthly.indicators", mode: .atomic)
            #expect(batch.state == .committed)
            #expect(batch.receipt?.created == 1)
            #expect(batch.receipt?.duplicates == 1)
            #expect(batch.conflicts.map(\.code) == [.duplicateSame])
            #expect(batch.conflicts.first?.line == 3)
        }
    }

    @Test("all conflicts are listed, beyond what a batch carries in itself")
    func manyConflicts() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let rows = (0..<6_000).map { "yuhang.economy.gdp,330110,2021-13,\($0)\n" }.joined()
            let file = try platform.write("many.csv", "indicator,region,period,value\n" + rows)
            let batch = try await platform.submit(file, to: "monthly.indicators", mode: .partial)
            #expect(batch.receipt?.rejected == 6_000)
            var lines: [Int] = []
            for try await page in try platform.client.pages("/v1/batches/\(batch.id)/conflicts", of: Conflict.self) {
                lines += page.items.compactMap(\.line)
            }
            #expect(lines == Array(2...6_001))
        }
    }

    @Test("encodings: UTF-8 with BOM, UTF-16 and GB18030 give the same values", arguments: ["bom", "utf16", "gb18030"])
    func encodings(encoding: String) async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let text = SubmissionTests.header + "yuhang.economy.gdp,330110,2021,2500,约2500,亿元,,口径调整,,\n"
            let bytes: Data =
                switch encoding {
                case "bom": Data([0xEF, 0xBB, 0xBF]) + Data(text.utf8)
                case "utf16": try #require(text.data(using: .utf16))
                default: try #require(text.data(using: .gb18030))
                }
            let file = try platform.write("\(encoding).csv", bytes)
            let batch = try await platform.submit(file)
            #expect(batch.state == .committed, "\(batch.conflicts)")
            let page: Page<Observation> = try await platform.client.get(
                "/v1/observations",
                query: ["indicator": "yuhang.economy.gdp"]
            )
            #expect(page.items.first?.comparator == .about)
            #expect(page.items.first?.note == "口径调整")
        }
    }

    @Test("NDJSON is checked by the same rules as CSV")
    func ndjson() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let text = """
                {"indicator":"yuhang.economy.gdp","region":"330110","period":"2021","value":2500.50}
                {"indicator":"yuhang.economy.gdp","region":"330110","period":"2022","value":"2600"}
                {"indicator":"yuhang.economy.gdp","region":"330110","period":"2023"
                {"indicator":"yuhang.economy.gdp","region":"330110","period":"2024","value":"x"}

                """
            let file = try platform.write("rows.ndjson", text)
            let batch = try await platform.submit(
                file,
                to: "monthly.indicators",
                mode: .partial,
                contentType: "application/x-ndjson"
            )
            #expect(batch.receipt?.created == 2)
            #expect(batch.receipt?.rejected == 2)
            #expect(batch.conflicts.map(\.code) == [.rowNotJSON, .valueNotNumber])
            #expect(batch.conflicts.map(\.line) == [3, 4])
        }
    }
}

extension String.Encoding {
    /// GB 18030-2000, by its number in Foundation.
    fileprivate static let gb18030 = String.Encoding(rawValue: 0x8000_0632)
}
