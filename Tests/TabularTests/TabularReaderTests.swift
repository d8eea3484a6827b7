import DomainModel
import Foundation
import Tabular
import Testing

@Suite("reading tables")
struct TabularReaderTests {
    static let columns = TableColumns(required: ["region", "value"], optional: ["note"])

    struct Read {
        var records: [[String]] = []
        var damaged: [Bool] = []
        var problems: [TabularProblem] = []
        var header: TableHeader?

        init(_ text: String, _ format: TabularFormat = .csv) throws {
            try self.init(TabularReader(bytes: Array(text.utf8), format: format, columns: TabularReaderTests.columns))
        }

        init(_ reader: TabularReader) throws {
            try reader.readAll { record in
                records.append((0..<record.count).map { record.text($0) })
                damaged.append(record.isDamaged)
            } problem: {
                problems.append($0)
            }
            header = reader.header
        }

        var codes: [ConflictCode] { problems.map(\.code) }
    }

    @Test("the header gives the places of the columns, in whatever order")
    func header() throws {
        let read = try Read("value,region\n1,a\n")
        #expect(read.header?.index(of: "region") == 1)
        #expect(read.header?.index(of: "note") == nil)
        #expect(read.records == [["1", "a"]])
        #expect(read.problems.isEmpty)
    }

    @Test("unknown, blank, doubled and missing columns are told with the nearest names")
    func headerProblems() throws {
        let read = try Read("regoin,,value,value,colour\na,b,c,d,e\n")
        #expect(read.codes == [.columnUnknown, .columnBlank, .columnDuplicate, .columnUnknown, .columnMissing])
        #expect(read.problems[0].nearest == ["region"])
        #expect(read.problems.map(\.column) == [0, 1, 3, 4, nil])
        #expect(read.problems[4].field == "region" && read.problems[4].nearest == ["regoin"])
        #expect(read.problems[0].conflict().cell == "A1")
    }

    @Test("rows with too few or too many cells are told with the cell and delivered as damaged")
    func shape() throws {
        let read = try Read("region,value,note\na\nb,1,x,y\nc,2,z\n")
        #expect(read.codes == [.rowCellMissing, .rowCellExtra])
        #expect(read.problems[0].field == "value" && read.problems[0].line == 2 && read.problems[0].column == 1)
        #expect(read.problems[1].conflict().cell == "D3")
        #expect(read.damaged == [true, true, false])
        #expect(read.records.map(\.first) == ["a", "b", "c"])
    }

    @Test("problems of cells have the name of their column")
    func fieldNames() throws {
        let read = try Read("region,value\na,\u{1}\nb,\"c\"d\n")
        #expect(read.codes == [.cellControlCharacter, .csvQuoteJunk])
        #expect(read.problems.map(\.field) == ["value", "value"])
    }

    @Test(
        "files without content are told",
        arguments: [("", ConflictCode.fileEmpty), ("\n\r\n", .fileEmpty), ("region,value\n", .fileNoRows)]
    )
    func empty(_ text: String, _ code: ConflictCode) throws {
        #expect(try Read(text).codes == [code])
    }

    @Test("an NDJSON file without lines is empty")
    func emptyNDJSON() throws {
        #expect(try Read("\n", .ndjson).codes == [.fileEmpty])
        #expect(try Read("x\n", .ndjson).codes == [.rowNotJSON])
    }

    @Test("NDJSON and CSV of the same rows read the same")
    func sameRows() throws {
        let csv = try Read("region,value,note\n余杭,3051.61,\"a\nb\"\n,,\n")
        let json = try Read("{\"note\":\"a\\nb\",\"region\":\"余杭\",\"value\":3051.61}\n{\"value\":null}\n", .ndjson)
        #expect(csv.records == json.records)
        #expect(json.header?.names == ["region", "value", "note"])
        #expect(json.problems.isEmpty)
    }

    @Test("reading ends where the bytes are no text, with the place")
    func encodingError() throws {
        let bytes = Array("region,value\n余杭区,1\n".utf8) + [0x61, 0x2C, 0xFF, 0x0A] + Array("b,2\n".utf8)
        let format = TabularFormat(syntax: .delimited(by: UInt8(ascii: ",")), encoding: .utf8)
        let read = try Read(TabularReader(bytes: bytes, format: format, columns: Self.columns))
        #expect(read.codes == [.fileEncodingInvalid])
        #expect(read.problems[0].line == 3)
        #expect(read.problems[0].expected?.en.hasPrefix("at byte 27:") == true)
        #expect(read.records == [["余杭区", "1"]])
    }

    @Test("text that is neither UTF-8 nor Chinese is refused")
    func ambiguous() throws {
        let bytes = Array("region,value\nK".utf8) + [0xF6] + Array("ln,1\n".utf8)
        let read = try Read(TabularReader(bytes: bytes, format: .csv, columns: Self.columns))
        #expect(read.codes == [.fileEncodingAmbiguous])
    }

    @Test("a file is read in chunks, with records across their borders")
    func file() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("tabular-\(UUID()).csv").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var text = "region,value\r\n"
        for row in 0..<60_000 { text += "区\(row),\(row).5\r\n" }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let reader = try TabularReader(path: path, format: .csv, columns: Self.columns)
        var rows = 0
        var reads = 0
        while try reader.read(
            record: { record in
                #expect(record.line == rows + 2)
                #expect(record.text(0) == "区\(rows)" && record.text(1) == "\(rows).5")
                rows += 1
            },
            problem: { Issue.record("\($0)") }
        ) {
            reads += 1
        }
        #expect(rows == 60_000 && reader.records == 60_000)
        #expect(reads > 3)
    }

    @Test("a directory and a file that is not there are errors of the file system")
    func noFile() throws {
        #expect(throws: TabularReader.FileFailure.self) {
            try TabularReader(path: "/nonexistent/file.csv", format: .csv, columns: Self.columns)
        }
        let directory = try TabularReader(path: "/tmp", format: .csv, columns: Self.columns)
        let failure = #expect(throws: TabularReader.FileFailure.self) {
            try directory.readAll(record: { _ in }, problem: { _ in })
        }
        #expect(failure?.path == "/tmp" && failure?.number == EISDIR)
    }

    @Test("media types and charsets")
    func contentTypes() throws {
        #expect(try TabularFormat(contentType: "text/csv") == .csv)
        #expect(try TabularFormat(contentType: "Text/CSV; header=present; charset=\"GBK\"").encoding == .gb18030)
        #expect(try TabularFormat(contentType: "application/x-ndjson").syntax == .ndjson)
        #expect(throws: TabularFormat.Unsupported.mediaType("application/pdf")) {
            try TabularFormat(contentType: "application/pdf")
        }
        #expect(throws: TabularFormat.Unsupported.charset("latin1")) {
            try TabularFormat(contentType: "text/csv;charset=latin1")
        }
    }

    @Test("nearest names take small slips and nothing far away")
    func nearest() {
        let names = ["indicator_code", "region", "period", "value", "value_raw"]
        #expect(nearestNames(to: "indicator", among: names) == [])
        #expect(nearestNames(to: "indicatorcode", among: names) == ["indicator_code"])
        #expect(nearestNames(to: "Regoin", among: names) == ["region"])
        #expect(nearestNames(to: "vlaue", among: names) == ["value"])
        #expect(nearestNames(to: "x", among: names) == [])
        #expect(nearestNames(to: "", among: names) == [])
        #expect(nearestNames(to: "perid", among: names, limit: 0) == [])
    }
}
