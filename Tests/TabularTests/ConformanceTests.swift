import DomainModel
import Foundation
import Tabular
import Testing

/// Public suites of others, which are kept beside the repository and not in it: `../shared/conformance`. Where they
/// are not there these tests are skipped; the cases of our own stand in the other files.
enum Conformance {
    static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("../../../shared/conformance").standardized

    static var isThere: Bool { FileManager.default.fileExists(atPath: folder.path) }

    static func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appendingPathComponent(path)))
    }

    static func json(_ path: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(contentsOf: folder.appendingPathComponent(path)))
    }

    static func names(_ path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(path).path).sorted()
    }
}

@Suite("public conformance suites", .enabled(if: Conformance.isThere, "../shared/conformance is not there"))
struct ConformanceTests {
    @Test("csv-test-data: valid files give the expected records")
    func csvTestDataValid() throws {
        var count = 0
        for name in try Conformance.names("csv-test-data/csv") where !name.hasPrefix("bad-") {
            let stem = name.dropLast(4)
            let read = Parsed(csv: try Conformance.bytes("csv-test-data/csv/\(name)"))
            var expected: [[String]]
            let json = try Conformance.json("csv-test-data/json/\(stem).json")
            if name.hasPrefix("header-") {
                let header = ["foo", "bar", "baz"]
                let rows = try #require(json as? [[String: String]])
                expected = [header] + rows.map { row in header.map { row[$0] ?? "" } }
            } else {
                expected = try #require(json as? [[String]])
            }
            // The suite takes a blank line for a record with one empty field. Blank lines are no records here.
            expected.removeAll { $0 == [""] }
            #expect(read.records == expected, "\(name)")
            #expect(!read.damaged.contains(true), "\(name)")
            count += 1
        }
        #expect(count == 18)
    }

    @Test("csv-test-data: every bad file has a problem")
    func csvTestDataBad() throws {
        var count = 0
        for name in try Conformance.names("csv-test-data/csv") where name.hasPrefix("bad-") {
            let bytes = try Conformance.bytes("csv-test-data/csv/\(name)")
            if name.hasPrefix("bad-header-") {
                var problems: [TabularProblem] = []
                let reader = TabularReader(
                    bytes: bytes,
                    format: .csv,
                    columns: TableColumns(required: ["foo", "bar", "baz"])
                )
                try reader.readAll(record: { _ in }, problem: { problems.append($0) })
                #expect(problems.contains { $0.code.severity == .error }, "\(name)")
            } else {
                #expect(!Parsed(csv: bytes).problems.isEmpty, "\(name)")
            }
            count += 1
        }
        #expect(count == 7)
    }

    @Test("csv-spectrum: every file gives the expected objects")
    func csvSpectrum() throws {
        for name in try Conformance.names("csv-spectrum/csvs") {
            let read = Parsed(csv: try Conformance.bytes("csv-spectrum/csvs/\(name)"))
            let json = try Conformance.json("csv-spectrum/json/\(name.dropLast(4)).json")
            let header = try #require(read.records.first)
            let objects = read.records.dropFirst().map { record in
                Dictionary(zip(header, record)) { first, _ in first }
            }
            // Its JSON of this file has a replacement character where the CSV has been repaired by hand.
            if name == "location_coordinates.csv" { continue }
            #expect(objects == json as? [[String: String]], "\(name)")
            #expect(read.problems.isEmpty, "\(name)")
        }
    }

    @Test("Papa Parse: core cases within RFC 4180 give the expected records")
    func papaParse() throws {
        let cases = try #require(try Conformance.json("papaparse/core_parser.json") as? [[String: Any]])
        var count = 0
        for test in cases {
            let config = test["config"] as? [String: Any] ?? [:]
            // Comments, previews and renamed headers are no business of RFC 4180.
            guard Set(config.keys).isSubset(of: ["newline", "delimiter"]) else { continue }
            let name = test["description"] as? String ?? ""
            let expected = try #require(test["expected"] as? [String: Any])
            let errors = expected["errors"] as? [[String: Any]] ?? []
            let read = Parsed(csv: Array((test["input"] as? String ?? "").utf8))
            count += 1
            if errors.isEmpty {
                let records = (expected["data"] as? [[String]] ?? []).filter { $0 != [""] }
                #expect(read.records == records, "\(name)")
                #expect(!read.damaged.contains(true), "\(name)")
            } else {
                // How a malformed record is split differs; that it is told must not.
                #expect(read.damaged.contains(true), "\(name)")
            }
        }
        #expect(count >= 40)
    }

    @Test("all delimited files of the suites give the same records wherever they are cut")
    func cuts() throws {
        for suite in ["csv-test-data/csv", "csv-spectrum/csvs", "frictionless/input"] {
            for name in try Conformance.names(suite) {
                let bytes = try Conformance.bytes("\(suite)/\(name)")
                guard bytes.count <= 2_000 else { continue }
                let whole = Parsed(csv: bytes)
                for cut in 0...bytes.count where Parsed(csv: bytes, cuts: [cut]) != whole {
                    Issue.record("\(name) cut at \(cut)")
                }
                #expect(Parsed(csv: bytes, cuts: Array(0...bytes.count)) == whole, "\(name)")
            }
        }
    }

    @Test("JSONTestSuite: what must be refused is never a good row, what must be accepted is one where it is flat")
    func jsonTestSuite() throws {
        var (refused, accepted) = (0, 0)
        for name in try Conformance.names("json/test_parsing") {
            let bytes = try Conformance.bytes("json/test_parsing/\(name)")
            // As a whole line, and as the value of a member; numbers and strings come in an array of one.
            var forms = [bytes]
            if bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") {
                forms.append(Self.member(bytes.dropFirst().dropLast()))
            }
            forms.append(Self.member(bytes[...]))
            for form in forms where !form.contains(0x0A) {
                let isGood = try Self.isGoodRow(form)
                if name.hasPrefix("n_"), !Self.isHarmless(name, form) {
                    #expect(!isGood, "\(name): \(String(decoding: form.prefix(80), as: UTF8.self))")
                    refused += 1
                }
                if name.hasPrefix("y_"), Self.isFlatObject(form) {
                    #expect(isGood, "\(name): \(String(decoding: form.prefix(80), as: UTF8.self))")
                    accepted += 1
                }
            }
        }
        #expect(refused > 300)
        #expect(accepted > 60)
    }

    private static func member(_ value: ArraySlice<UInt8>) -> [UInt8] {
        Array("{\"v\":".utf8) + value + Array("}".utf8)
    }

    /// A faulty array may have content that is right without it: `[1` is, as `1` is not.
    private static func isHarmless(_ name: String, _ form: [UInt8]) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(form))) != nil && form.starts(with: Array("{\"v\":".utf8))
    }

    private static func isFlatObject(_ form: [UInt8]) -> Bool {
        guard let object = (try? JSONSerialization.jsonObject(with: Data(form))) as? [String: Any] else { return false }
        return !object.values.contains { $0 is [Any] || $0 is [String: Any] }
    }

    private static func isGoodRow(_ bytes: [UInt8]) throws -> Bool {
        var codes: [ConflictCode] = []
        var records = 0
        let reader = TabularReader(bytes: bytes, format: .ndjson, columns: TableColumns(required: ["v"]))
        try reader.readAll(record: { _ in records += 1 }, problem: { codes.append($0.code) })
        // Names that the table does not know, and control characters, are refused for reasons that are not JSON's.
        codes.removeAll { $0 == .fieldUnknown || $0 == .cellControlCharacter }
        return records == 1 && codes.isEmpty
    }
}
