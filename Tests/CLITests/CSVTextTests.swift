import Testing

@testable import ceyuan

@Suite("CSV output")
struct CSVTextTests {
    @Test("fields are quoted where RFC 4180 asks for it, and lines end in CR LF")
    func quoting() {
        #expect(CSVText.record(["a", "b c", ""]) == "a,b c,\r\n")
        #expect(
            CSVText.record(["a,b", "say \"hi\"", "two\nlines", "cr\r\nlf"])
                == "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"cr\r\nlf\"\r\n"
        )
        #expect(CSVText.record(["“引号”，中文"]) == "“引号”，中文\r\n")
    }

    @Test("a quote with a combining mark is still doubled")
    func combiningQuote() {
        #expect(CSVText.record(["\"\u{301}"]).utf8.elementsEqual("\"\"\"\u{301}\"\r\n".utf8))
    }

    @Test(
        "what a spreadsheet would execute gets an apostrophe",
        arguments: ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠x"]
    )
    func formulas(field: String) throws {
        let record = CSVText.record([field])
        let body = record.first == "\"" ? record.dropFirst() : Substring(record)
        #expect(body.first == "'")
    }

    @Test(
        "numbers, comparators and ordinary text stay as they are",
        arguments: ["-0.066", "+5", "3051.61", "=", "≥60", "<5", ">=", "-", "力争420", "a=b"]
    )
    func harmless(field: String) {
        #expect(CSVText.record([field]) == field + "\r\n")
    }
}
