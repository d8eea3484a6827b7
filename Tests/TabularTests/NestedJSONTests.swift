import DomainModel
import Tabular
import Testing

@Suite("NDJSON with one nested object")
struct NestedJSONTests {
    private static let columns = TableColumns(
        required: [],
        optional: ["key", "from", "attributes.from", "names"],
        nested: "attributes"
    )

    private func read(_ line: String) throws -> (cells: [String], isDamaged: Bool, codes: [ConflictCode]) {
        var found: (cells: [String], isDamaged: Bool, codes: [ConflictCode]) = ([], false, [])
        let reader = TabularReader(bytes: Array((line + "\n").utf8), format: .ndjson, columns: Self.columns)
        try reader.readAll { record in
            found.cells = (0..<record.count).map { record.text($0) }
            found.isDamaged = record.isDamaged
        } problem: { problem in
            found.codes.append(problem.code)
        }
        return found
    }

    @Test("members of the object are columns, apart from those outside; lists are cells")
    func nested() throws {
        let line = #"{"key":"T-1","from":"a","attributes":{"from":"b","names":["甲","x\"y",3,null,""]}}"#
        let found = try read(line)
        #expect(found.cells == ["T-1", "a", "b", "甲\u{1F}x\"y\u{1F}3"] && !found.isDamaged && found.codes.isEmpty)
        #expect(try read(#"{"key":"T-1","names":[]}"#).cells == ["T-1", "", "", ""])
        #expect(try read(#"{"names":["a"]}"#).cells == ["", "", "", "a"])
    }

    @Test(
        "other nesting, and what would part a list, damages the line",
        arguments: [
            #"{"key":{"a":1}}"#, #"{"attributes":{"names":{"a":1}}}"#, #"{"attributes":{"names":[["a"]]}}"#,
            #"{"attributes":{"names":["a",]}}"#, #"{"attributes":{"names":["a\u001fb"]}}"#,
            #"{"attributes":{"names":"a\u001fb"}}"#, #"{"from":"a","from":"b"}"#,
            #"{"attributes":{"from":"a"},"attributes":{"from":"b"}}"#, #"{"attributes":{"names":["a"}}"#,
        ]
    )
    func damaged(_ line: String) throws {
        let found = try read(line)
        #expect(found.isDamaged && !found.codes.isEmpty)
    }
}
