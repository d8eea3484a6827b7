import DomainModel
import FoundationEssentials
import Subprocess
import SystemPackage
import Testing

@testable import ceyuan

/// `ceyuan check id` of the built program, run as a person runs it.
@Suite("check id")
struct CheckIdentifierTests {
    private struct Outcome {
        let status: Int32
        let output: String
        let error: String
    }

    private func check(_ arguments: [String], input: String = "") async throws -> Outcome {
        let folder = FilePath(CommandLine.arguments[0]).removingLastComponent()
        let result = try await Subprocess.run(
            .path(folder.appending("ceyuan")),
            arguments: Arguments(["check", "id"] + arguments),
            environment: .inherit.updating(["LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"]),
            input: .string(input),
            output: .string(limit: 1 << 24),
            error: .string(limit: 1 << 20)
        )
        guard case .exited(let status) = result.terminationStatus else {
            return Outcome(status: -1, output: "", error: "\(result.terminationStatus)")
        }
        return Outcome(status: status, output: result.standardOutput, error: result.standardError)
    }

    @Test("the exit code says whether all are valid")
    func status() async throws {
        let good = try await check(["--type", "uscc", "91350100M000100Y43"])
        #expect(good.status == 0)
        #expect(good.output.contains("market regulation"))
        let mixed = try await check(["--type", "uscc", "91350100M000100Y43", "91350100M000100Y44"])
        #expect(mixed.status == 1)
        #expect(mixed.error == "1 of 2 values are invalid.\n")
        for wrong in [
            ["91350100M000100Y43"], ["--type", "x", "1"], ["--type", "lei", "--file", "f"],
            ["--type", "lei", "--at", "now", "1"],
        ] {
            let outcome = try await check(wrong)
            #expect(outcome.status == 2, "\(wrong)")
            #expect(!outcome.error.contains("91350100M000100Y43"))
        }
    }

    @Test("CSV echoes each value as it was given, one record a line of input")
    func echo() async throws {
        let input = "91350100M000100Y43\r\na,b\n\"quoted\"\n\n =1+1\n9135O100M000100Y43"
        let outcome = try await check(["--type", "uscc", "--format", "csv"], input: input)
        #expect(outcome.status == 1)
        let records = outcome.output.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(records[0] == "value,verdict,code,hint")
        #expect(records[1] == "91350100M000100Y43,valid,,")
        #expect(records[2].hasPrefix("\"a,b\",invalid,LENGTH,"))
        #expect(records[3].hasPrefix("\"\"\"quoted\"\"\",invalid,LENGTH,"))
        #expect(records[4].hasPrefix(",invalid,EMPTY,"))
        #expect(records[5].hasPrefix(" =1+1,invalid,LENGTH,"))
        #expect(records[6] == "9135O100M000100Y43,invalid,CHARACTER,perhaps 91350100M000100Y43")
        #expect(records.count == 8 && records[7].isEmpty)
    }

    @Test("a column of a file is checked, with cells that span lines, and its absence is told")
    func column() async throws {
        let path =
            FileManager.default.temporaryDirectory.path + "/ceyuan-check-\(UInt64.random(in: 0...UInt64.max)).csv"
        try Data("name,code\n甲,330110\n\"乙\n丙\",330103\n丁,\"33\n0110\"\n戊\n".utf8).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let outcome = try await check([
            "--type", "division", "--file", path, "--column", "code", "--format", "csv", "--language", "zh",
        ])
        #expect(outcome.status == 1)
        let expected = "value,verdict,code,hint\r\n330110,valid,,\r\n330103,invalid,DIVISION_RETIRED,现为 330105 拱墅区\r\n"
        #expect(outcome.output.hasPrefix(expected), "\(outcome.output)")
        #expect(outcome.output.contains("\"33\n0110\",invalid,"))
        #expect(outcome.output.hasSuffix(",invalid,EMPTY,没有内容\r\n"))
        let past = try await check(["--type", "division", "--at", "2020-12-31", "330103"])
        #expect(past.status == 0)
        let absent = try await check(["--type", "division", "--file", path, "--column", "cod"])
        #expect(absent.status == 1)
        #expect(absent.error.contains("COLUMN_MISSING") && absent.error.contains("code"))
    }

    @Test("auto names the kinds that fit, and JSON has everything")
    func auto() async throws {
        let outcome = try await check(["--type", "auto", "--format", "csv", "0000000218250097", "nonsense!"])
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("0000000218250097,valid,,\"orcid, isni\"\r\n"))
        #expect(outcome.output.contains("nonsense!,invalid,KIND_UNKNOWN,"))
        let json = try await check([
            "--type", "orcid", "--format", "json", "0000-0002-1825-0097", "0000-0002-1825-0098",
        ])
        let list = try JSONDecoder().decode(Page<CheckedValue>.self, from: Data(json.output.utf8))
        #expect(list.items.map(\.verdict) == ["valid", "invalid"])
        #expect(list.items[0].canonical == "0000-0002-1825-0097")
        #expect(list.items[1].code == "CHECK_DIGIT")
        let none = try await check(["--type", "orcid", "--format", "json"])
        #expect(none.status == 0)
        #expect(try JSONDecoder().decode(Page<CheckedValue>.self, from: Data(none.output.utf8)).items.isEmpty)
    }

    @Test("a line over the limit is refused by its number, and nothing of it is repeated")
    func endless() async throws {
        let outcome = try await check(
            ["--type", "lei", "--format", "csv"],
            input: "x\n" + String(repeating: "7", count: LineValues.limit + 1)
        )
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("LINE_TOO_LONG") && outcome.error.contains("Line 2"))
        #expect(!outcome.error.contains("777"))
    }
}
