import DomainModel
import Foundation
import Tabular

/// Files that tests read.
enum Fixtures {
    private static let tests = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()

    /// A folder of this target's fixtures.
    static func folder(_ name: String) -> URL { tests.appendingPathComponent("Fixtures/\(name)") }

    /// A file of the reference tables that the platform is shipped with.
    static func reference(_ name: String) -> String {
        tests.appendingPathComponent("../../deploy/reference/\(name)").standardized.path
    }

    /// The files of a folder with an extension, in order of name.
    static func files(_ folder: String, _ suffix: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: Self.folder(folder), includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.hasSuffix(suffix) }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}

/// A table whose columns are whatever its header says, read whole.
struct TestTable {
    struct Row {
        let line: Int
        let cells: [String: String]
    }

    var rows: [Row] = []
    var problems: [TabularProblem] = []

    init(path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let read = Parsed(csv: bytes)
        problems = read.problems
        guard let header = read.records.first else { return }
        for (record, line) in zip(read.records, read.lines).dropFirst() {
            rows.append(Row(line: line, cells: Dictionary(zip(header, record)) { first, _ in first }))
        }
    }
}

/// Everything that a reader says of a text.
struct Parsed: Equatable {
    var records: [[String]] = []
    var lines: [Int] = []
    var rows: [Int] = []
    var damaged: [Bool] = []
    var problems: [TabularProblem] = []

    init() {}

    /// Reads delimited text, cut into pieces at the given offsets.
    init(csv bytes: [UInt8], delimiter: UInt8? = UInt8(ascii: ","), cuts: [Int] = []) {
        let reader = CSVReader(delimiter: delimiter)
        feed(bytes, cuts) { chunk, isLast, parsed in
            reader.parse(chunk, isLast: isLast) {
                parsed.take($0)
            } problem: {
                parsed.problems.append($0)
            }
        }
    }

    /// Reads one object a line, cut into pieces at the given offsets.
    init(ndjson bytes: [UInt8], columns: [String], cuts: [Int] = []) {
        let reader = NDJSONReader(columns: columns)
        feed(bytes, cuts) { chunk, isLast, parsed in
            reader.parse(chunk, isLast: isLast) {
                parsed.take($0)
            } problem: {
                parsed.problems.append($0)
            }
        }
    }

    var codes: [ConflictCode] { problems.map(\.code) }

    mutating func take(_ record: borrowing TabularRecord) {
        records.append((0..<record.count).map { record.text($0) })
        lines.append(record.line)
        rows.append(record.row)
        damaged.append(record.isDamaged)
    }

    private mutating func feed(
        _ bytes: [UInt8],
        _ cuts: [Int],
        _ parse: (UnsafeBufferPointer<UInt8>, Bool, inout Parsed) -> Void
    ) {
        let bounds = [0] + cuts + [bytes.count]
        for (start, end) in zip(bounds, bounds.dropFirst()) {
            // A copy of the piece alone, so that reading outside of it cannot go unnoticed.
            let piece = Array(bytes[start..<end])
            piece.withUnsafeBufferPointer { parse($0, end == bytes.count && start == bounds[bounds.count - 2], &self) }
        }
    }
}
