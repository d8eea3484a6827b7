import DomainModel
import Tabular
import TestSeeds
import Testing

@Suite("reading comma-separated values")
struct CSVReaderTests {
    /// Texts with all that the reader distinguishes; also read cut at every byte.
    static let texts = [
        "", "\n", "\r\n", "a", "a,b", "a,b\n", "a,b\r\nc,d\r\n", "a,b\rc,d\r", "a\nb\rc\r\nd", "\n\na\n\n\nb\n\n",
        "a,\"b,c\",d\n", "\"a\"\"b\",c\n", "\"\"\"\"\n", "\"\",\"\"\n", "\"a\nb\r\nc\rd\",e\nf,g\n", ",,\n,\n", "a,b,",
        "a\"b,c\n", "a,\"b\" ,c\nd\n", "\"a\"b\"c\",d\ne\n", "a,\"b\nc\n", "\"", "\"a\"\"", "x\u{0}y,z\na,\u{1}\n",
        "余杭区,\"之江，实验室\",3051.61\r\n", "a\r\r\nb", "\"a\r", "\"a\r\n\r\nb\"\r\n\r\nc", "a,\t b ,c", "\"a\",\"b\"\r",
        "12345678,12345678\n123456789,1234567,\"12345678\"\"\"\n", "!,\" \",#\n", "é,\"é\"\"é\",é\r\n",
    ]

    @Test("results do not depend on where the chunks are cut", arguments: texts)
    func cuts(_ text: String) {
        let bytes = Array(text.utf8)
        let whole = Parsed(csv: bytes)
        for cut in 0...bytes.count {
            #expect(Parsed(csv: bytes, cuts: [cut]) == whole, "cut at \(cut)")
        }
        #expect(Parsed(csv: bytes, cuts: Array(0...bytes.count)) == whole, "cut everywhere")
    }

    @Test("random texts of meaningful bytes give the same in one chunk, in two and in single bytes")
    func randomCuts() {
        var random = SeededGenerator.announced("CSV cuts")
        let pieces = [",", "\"", "\n", "\r", "\r\n", "a", "bcdefghi", "\u{0}", "杭"]
        for _ in 0..<3_000 {
            let text = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            let bytes = Array(text.joined().utf8)
            let whole = Parsed(csv: bytes)
            #expect(Parsed(csv: bytes, cuts: [.random(in: 0...bytes.count, using: &random)]) == whole, "\(text)")
            #expect(Parsed(csv: bytes, cuts: Array(0...bytes.count)) == whole, "\(text)")
        }
    }

    @Test("line ends of any kind, also mixed, end records")
    func lineEnds() {
        let read = Parsed(csv: Array("a,b\nc,d\r\ne,f\rg,h".utf8))
        #expect(read.records == [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"]])
        #expect(read.lines == [1, 2, 3, 4])
        #expect(read.problems.isEmpty)
    }

    @Test("a record knows the line it begins in and the row that a spreadsheet gives it")
    func places() {
        let read = Parsed(csv: Array("h\n\n\"a\nb\r\nc\"\n\nd\n".utf8))
        #expect(read.records == [["h"], ["a\nb\r\nc"], ["d"]])
        #expect(read.lines == [1, 3, 7])
        #expect(read.rows == [1, 3, 5])
    }

    @Test("quoted fields may hold delimiters, line ends and doubled quotes")
    func quoted() {
        let read = Parsed(csv: Array("\"a,b\",\"c\"\"d\",\"\",\"\"\"\"\n".utf8))
        #expect(read.records == [["a,b", "c\"d", "", "\""]])
        #expect(read.problems.isEmpty)
    }

    @Test("a quote inside an unquoted field is kept and reported once a cell, without damage")
    func quoteInField() {
        let read = Parsed(csv: Array("a\"b\"c,d\n".utf8))
        #expect(read.records == [["a\"b\"c", "d"]])
        #expect(read.problems == [TabularProblem(code: .csvQuoteInField, line: 1, row: 1, column: 0)])
        #expect(read.damaged == [false])
    }

    @Test("text after a closing quote damages its record and no other")
    func junk() {
        let read = Parsed(csv: Array("a,\"b\"x,c\nd,\"e\" ,f\ng,h,i\n".utf8))
        #expect(read.records == [["a", "bx", "c"], ["d", "e ", "f"], ["g", "h", "i"]])
        #expect(read.damaged == [true, true, false])
        #expect(
            read.problems == [
                TabularProblem(code: .csvQuoteJunk, line: 1, row: 1, column: 1),
                TabularProblem(code: .csvQuoteJunk, line: 2, row: 2, column: 1),
            ]
        )
    }

    @Test("a quote that is never closed is told with the line it was opened in")
    func unclosed() {
        let read = Parsed(csv: Array("a,b\n\"x\ny\",\"z\nw\n".utf8))
        #expect(read.records == [["a", "b"], ["x\ny", "z\nw\n"]])
        #expect(read.problems == [TabularProblem(code: .csvQuoteUnclosed, line: 3, row: 2, column: 1)])
        #expect(read.damaged == [false, true])
    }

    @Test("control characters are told with their cell, and tabs are none")
    func controlCharacters() {
        let read = Parsed(csv: Array("a,b\u{0}\u{0},c\td,\"\u{1B}\"\n".utf8))
        #expect(
            read.problems == [
                TabularProblem(code: .cellControlCharacter, line: 1, row: 1, column: 1, given: "0x00"),
                TabularProblem(code: .cellControlCharacter, line: 1, row: 1, column: 3, given: "0x1B"),
            ]
        )
        #expect(read.damaged == [true])
    }

    @Test("blank lines are counted and no records")
    func blankLines() {
        let reader = CSVReader()
        let bytes = Array("\n\r\n\ra\n\n".utf8)
        var records = 0
        bytes.withUnsafeBufferPointer {
            reader.parse($0, isLast: true) { _ in
                records += 1
            } problem: { _ in
            }
        }
        #expect(records == 1)
        #expect(reader.blankLines == 4)
    }

    @Test("other delimiters are used when given and found when asked for")
    func delimiters() {
        #expect(Parsed(csv: Array("a;b,c;d\n".utf8), delimiter: UInt8(ascii: ";")).records == [["a", "b,c", "d"]])
        #expect(Parsed(csv: Array("a\tb\"\tc\n".utf8), delimiter: UInt8(ascii: "\t")).records == [["a", "b\"", "c"]])
        #expect(
            Parsed(csv: Array("\n\"x,y,z\";b;c\n1,5;2;3\n".utf8), delimiter: nil).records[0] == ["x,y,z", "b", "c"]
        )
        #expect(Parsed(csv: Array("a\tb\n1\t2,5,6\n".utf8), delimiter: nil).records == [["a", "b"], ["1", "2,5,6"]])
        #expect(Parsed(csv: Array("a,b;c,d".utf8), delimiter: nil).records == [["a", "b;c", "d"]])
        #expect(
            Parsed(csv: Array("a;b\nc;d".utf8), delimiter: nil, cuts: [0, 1, 2, 3, 4, 5]).records == [
                ["a", "b"], ["c", "d"],
            ]
        )
        #expect(Parsed(csv: Array("".utf8), delimiter: nil).records.isEmpty)
    }

    @Test("a record of the greatest length is read, a longer one refused, and reading goes on", arguments: [0, 1])
    func longest(_ excess: Int) {
        let cell = [UInt8](repeating: 0x61, count: CSVReader.maximumRecordLength - 2 + excess)
        let bytes = Array("h,i\n".utf8) + cell + Array(",b\nc,d\n".utf8)
        for cuts in [[], [5], [bytes.count - 8], [5, 100, bytes.count - 5]] {
            let read = Parsed(csv: bytes, cuts: cuts)
            #expect(read.rows == [1, 2, 3])
            #expect(read.records.last == ["c", "d"])
            #expect(read.codes == (excess == 0 ? [] : [.rowTooLong]))
            #expect(read.damaged == [false, excess == 1, false])
        }
    }

    @Test("an endless quoted field takes bounded memory and is told as too long and unclosed")
    func endlessQuote() throws {
        let reader = CSVReader()
        var problems: [TabularProblem] = []
        var records = 0
        let chunk = Array(String(repeating: "余杭区,100,\"\"\n", count: 16_384).utf8)
        let before = try ResidentMemory.bytes()
        func feed(_ bytes: [UInt8], isLast: Bool = false) {
            bytes.withUnsafeBufferPointer {
                reader.parse($0, isLast: isLast) { _ in
                    records += 1
                } problem: {
                    problems.append($0)
                }
            }
        }
        feed(Array("a,b\nx,\"".utf8))
        let pieces = 96 << 20 / chunk.count
        for _ in 0..<pieces { feed(chunk) }
        feed([], isLast: true)
        #expect(try ResidentMemory.bytes() - before < 48 << 20)
        #expect(problems.map(\.code) == [.rowTooLong, .csvQuoteUnclosed])
        #expect(problems.map(\.line) == [2, 2])
        #expect(records == 2)
    }

    @Test("an endless row of cells takes bounded memory, also in one piece")
    func endlessCells() throws {
        let bytes = [UInt8](repeating: UInt8(ascii: ","), count: 16 << 20)
        let before = try ResidentMemory.bytes()
        let read = Parsed(csv: bytes)
        #expect(read.codes == [.rowTooLong])
        #expect(try ResidentMemory.bytes() - before < 64 << 20)
    }

    @Test("what a callback throws comes out")
    func callbackThrows() {
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try Array("a\nb\n".utf8).withUnsafeBufferPointer {
                try CSVReader().parse($0, isLast: true) { _ in
                    throw Stop()
                } problem: { _ in
                }
            }
        }
    }

    @Test("cells beyond the record are empty")
    func outside() {
        Array("a,b\n".utf8).withUnsafeBufferPointer {
            CSVReader().parse($0, isLast: true) { record in
                #expect(record[2].isEmpty && record[-1].isEmpty)
                #expect(record.text(1) == "b")
            } problem: { _ in
            }
        }
    }
}
