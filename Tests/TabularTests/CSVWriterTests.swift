import Tabular
import TestSeeds
import Testing

@Suite("writing comma-separated values")
struct CSVWriterTests {
    @Test("what is written is read back")
    func roundTrip() {
        var random = SeededGenerator.announced("CSV writer")
        let pieces = [",", "\"", "\n", "\r", "a", "余杭", " ", "=", "'", "1"]
        for _ in 0..<2_000 {
            let rows = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                (0..<Int.random(in: 2...4, using: &random)).map { _ in
                    (0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                        .joined()
                }
            }
            var writer = CSVWriter()
            for row in rows { writer.append(row) }
            let read = Parsed(csv: Array(writer.text.utf8))
            #expect(read.records == rows)
            #expect(read.problems.isEmpty)
        }
    }

    @Test(
        "cells that a spreadsheet takes for formulas get an apostrophe, numbers do not",
        arguments: [
            ("=1+1", "'=1+1"), ("+SUM(A1)", "'+SUM(A1)"), ("-x", "'-x"), ("@cmd", "'@cmd"), ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"), ("＠a", "'＠a"), ("\tx", "'\tx"), ("-3.5", "-3.5"), ("+12", "+12"), ("-", "'-"),
            ("-1.2.3", "'-1.2.3"),
            ("a=b", "a=b"), ("", ""), ("=1", "'=1"),
        ]
    )
    func formulas(_ cell: String, _ written: String) {
        var writer = CSVWriter(formulaSafe: true)
        writer.append([cell, "x"])
        #expect(writer.text == written + ",x\r\n")
        var plain = CSVWriter()
        plain.append([cell, "x"])
        #expect(plain.text == cell + ",x\r\n")
    }

    @Test("a table may be taken in parts")
    func parts() {
        var writer = CSVWriter()
        writer.append(["a"])
        #expect(writer.take() == "a\r\n")
        writer.append(["\r"])
        #expect(writer.take() == "\"\r\"\r\n")
        #expect(writer.text.isEmpty)
    }
}
