import DomainModel
import Tabular
import Testing

@Suite("reading newline-delimited JSON")
struct NDJSONReaderTests {
    static let columns = ["region", "value"]

    static let texts = [
        "", "\n", "{}", "{}\n", "{\"region\":\"a\",\"value\":1.50}\n", "{\"value\":null,\"region\":true}\r\n\r\n{}",
        "{\"region\":\"余\\u676d\\n\\\"\"}\n{bad\n{\"region\":\"\\ud83d\\ude00\"}",
        "{\"region\":[1]}\n{\"x\":1}\n{\"x\":2}",
        "{\"region\":1,\"region\":2}\n", "[1]\n1\n\"a\"\n", "{\"value\":\"\\u0000\"}\n",
    ]

    @Test("results do not depend on where the chunks are cut", arguments: texts)
    func cuts(_ text: String) {
        let bytes = Array(text.utf8)
        let whole = Parsed(ndjson: bytes, columns: Self.columns)
        for cut in 0...bytes.count {
            #expect(Parsed(ndjson: bytes, columns: Self.columns, cuts: [cut]) == whole, "cut at \(cut)")
        }
        #expect(Parsed(ndjson: bytes, columns: Self.columns, cuts: Array(0...bytes.count)) == whole)
    }

    @Test("cells come in the order of the columns, numbers exactly as written")
    func cells() {
        let read = Parsed(
            ndjson: Array(
                "{ \"value\" : 3051.610 , \"region\":\"余杭\" }\n{\"region\":null}\n{\"value\":-1.0E+5,\"region\":false}"
                    .utf8
            ),
            columns: Self.columns
        )
        #expect(read.records == [["余杭", "3051.610"], ["", ""], ["false", "-1.0E+5"]])
        #expect(read.lines == [1, 2, 3])
        #expect(read.problems.isEmpty)
    }

    @Test("escapes are resolved, surrogate pairs too")
    func escapes() {
        let text = #"{"region":"\"\\\/\b\f\n\r\t\u4f59\uD83D\uDE00","\u0076alue":"x"}"#
        let read = Parsed(ndjson: Array(text.utf8), columns: Self.columns)
        #expect(read.records == [["\"\\/\u{8}\u{C}\n\r\t余😀", "x"]])
        #expect(read.codes == [.cellControlCharacter])
    }

    @Test(
        "a line that is no flat object is damaged, and the next is read",
        arguments: [
            "x", "[]", "1", "null", "{", "{}}", "{}{}", "{} x", "{,}", "{\"region\"}", "{\"region\":}",
            "{\"region\":1,}",
            "{region:1}", "{'region':1}", "{\"region\":01}", "{\"region\":+1}", "{\"region\":.5}", "{\"region\":5.}",
            "{\"region\":1e}", "{\"region\":0x1}", "{\"region\":NaN}", "{\"region\":tru}", "{\"region\":True}",
            "{\"region\":[]}", "{\"region\":{}}", "{\"region\":\"a}", "{\"region\":\"\\x\"}", "{\"region\":\"\\u12\"}",
            "{\"region\":\"\\ud800\"}", "{\"region\":\"\\ud800\\u0041\"}", "{\"region\":\"\\udc00\"}",
            "{\"region\":\"a\tb\"}",
            "{\"region\":1,\"region\":1}", "{\"region\":1 \"value\":2}", "{\"region\":-}", "//", "{\"region\":1}//",
        ]
    )
    func badLines(_ line: String) {
        let read = Parsed(ndjson: Array("\(line)\n{\"region\":\"b\"}\n".utf8), columns: Self.columns)
        #expect(read.damaged == [true, false])
        #expect(read.codes == [.rowNotJSON])
        #expect(read.problems.first?.line == 1)
        #expect(read.problems.first?.given == line)
        #expect(read.records.last == ["b", ""])
    }

    @Test("an unknown member is reported in each line with the nearest names, and damages that line alone")
    func unknown() {
        let read = Parsed(
            ndjson: Array("{\"regoin\":1}\n{\"regoin\":2,\"region\":\"a\"}\n{\"region\":\"b\"}\n".utf8),
            columns: Self.columns
        )
        #expect(read.codes == [.fieldUnknown, .fieldUnknown])
        #expect(read.damaged == [true, true, false])
        #expect(read.problems.first?.nearest == ["region"])
        #expect(read.problems.first?.field == "regoin")
    }

    @Test("a line of the greatest length is read, a longer one refused, and reading goes on", arguments: [0, 1])
    func longest(_ excess: Int) {
        let frame = "{\"region\":\"\"}".utf8.count
        let text = String(repeating: "a", count: NDJSONReader.maximumLineLength - frame + excess)
        let bytes = Array("{\"region\":\"\(text)\"}\n{\"region\":\"b\"}\n".utf8)
        for cuts in [[], [1], [bytes.count / 2], [bytes.count - 20]] {
            let read = Parsed(ndjson: bytes, columns: Self.columns, cuts: cuts)
            #expect(read.codes == (excess == 0 ? [] : [.rowTooLong]))
            #expect(read.damaged == [excess == 1, false])
            #expect(read.records.last == ["b", ""])
        }
    }
}
