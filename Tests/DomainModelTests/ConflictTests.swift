import DomainModel
import Testing

@Suite("conflicts")
struct ConflictTests {
    @Test("every code says what is wrong and what was expected, in both languages", arguments: ConflictCode.allCases)
    func texts(_ code: ConflictCode) {
        for text in [code.message, code.expected] {
            #expect(!text.zh.isEmpty && !text.en.isEmpty)
            #expect(text.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
            #expect(!text.en.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
        }
    }

    @Test("codes are unique and in upper case with underscores")
    func codes() {
        let values = ConflictCode.allCases.map(\.rawValue)
        #expect(Set(values).count == values.count)
        for value in values {
            #expect(value.wholeMatch(of: /[A-Z]+(_[A-Z]+)*/) != nil, "\(value)")
        }
    }

    @Test("what concerns the whole file is an error")
    func wholeFile() {
        for code in ConflictCode.allCases where code.concernsWholeFile { #expect(code.severity == .error) }
    }

    @Test(
        "columns have the letters of a spreadsheet",
        arguments: [
            (0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"),
            (16_383, "XFD"),
        ]
    )
    func letters(_ index: Int, _ letters: String) {
        #expect(Conflict.columnLetters(index) == letters)
    }

    @Test("a conflict knows its cell and cuts long values")
    func cell() {
        let conflict = Conflict(
            code: .valueNotNumber,
            line: 18,
            row: 17,
            column: 3,
            given: String(repeating: "数", count: 300)
        )
        #expect(conflict.cell == "D17" && conflict.column == "D")
        #expect(conflict.given?.count == 201 && conflict.given?.hasSuffix("…") == true)
        #expect(conflict.message == ConflictCode.valueNotNumber.message)
        #expect(Conflict(code: .fileEmpty).cell == nil)
    }
}
