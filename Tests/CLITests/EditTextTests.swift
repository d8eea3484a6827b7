import DomainModel
import TestSeeds
import Testing

@testable import ceyuan

@Suite("the text of a record in an editor")
struct EditTextTests {
    private static let form = EditText(
        fields: [
            FieldDefinition("name_zh", "中文姓名", "Chinese name", .text, source: "A01"),
            FieldDefinition("sex", "性别", "Sex", .choice, choices: [.init("male", "男", "Male")], source: "A01"),
            FieldDefinition("tags", "标签", "Tags", .text, isMany: true, source: "A01"),
            FieldDefinition("note", "备注", "Note", .text, source: "A01"),
        ],
        language: .en
    )

    private static func fields(_ pairs: [String: [String]]) -> EditedFields {
        var fields = EditedFields()
        for (code, texts) in pairs { fields[code] = texts }
        return fields
    }

    @Test("it has a label above each field, lists, and long texts as they are")
    func golden() {
        let values = Self.fields([
            "name_zh": ["林致远"], "tags": ["a", " b"], "note": ["one\n\n  two"], "x_room": ["\"7\""],
        ])
        let text = Self.form.text(of: values, head: ["talent T-1"], hidden: ["sex"], notes: ["tags": ["too many"]])
        #expect(
            text == #"""
                # talent T-1

                # Chinese name
                name_zh: 林致远

                # Sex (male)
                # has a value that is not shown; write a new one without the #
                # sex:

                # Tags
                #! too many
                tags:
                  - a
                  - " b"

                # Note
                note: |
                  one

                    two

                x_room: "\"7\""

                """#
        )
    }

    @Test("what a person writes is understood; what is left out stays; what is empty is taken away")
    func written() throws {
        let before = Self.fields(["name_zh": ["甲"], "note": ["old"], "tags": ["a"]])
        let text =
            "# remark\r\nname_zh:   林致远  \r\n\r\ntags:\n- x\n  -  y\n  -\nsex: male # no remark\nx_a: \"a\\nb\"\n"
        let read = try EditText.read(text, before: before)
        #expect(
            read
                == Self.fields([
                    "name_zh": ["林致远"], "note": ["old"], "tags": ["x", "y"], "sex": ["male # no remark"],
                    "x_a": ["a\nb"],
                ])
        )
        #expect(try EditText.read("name_zh:\ntags:\n", before: before) == Self.fields(["note": ["old"]]))
    }

    @Test(
        "what cannot be read is told with its line",
        arguments: [
            ("name_zh: a\nnonsense\n", 2), ("Name: a\n", 1), ("note: a\n\nnote: b\n", 3), ("note: \"a\n", 1),
            ("tags:\n  - a\n  b\n", 3),
        ]
    )
    func faults(text: String, line: Int) {
        let fault = #expect(throws: EditText.Fault.self) { try EditText.read(text, before: EditedFields()) }
        #expect(fault?.line == line)
    }

    @Test("a clash is written twice, cannot be read until one is chosen, and then can")
    func clash() throws {
        let clash = ThreeWayMerge.Clash(code: "note", base: ["a"], theirs: ["b"], ours: ["c\nd"])
        let text = Self.form.text(of: EditedFields(), head: [], clashes: [clash])
        #expect(throws: EditText.Fault.self) { try EditText.read(text, before: EditedFields()) }
        let chosen = text.split(separator: "\n").filter { $0 != "note: b" }.joined(separator: "\n")
        #expect(try EditText.read(chosen, before: EditedFields())["note"] == ["c\nd"])
    }

    @Test("any values are read back as they were written")
    func roundTrip() throws {
        var random = SeededGenerator.announced()
        let parts = [
            "a", "林", " ", "\n", "\r", "\t", "\"", "|", "#", ":", "-", "\\", "\u{301}", "\u{85}", "\u{2028}",
            "\u{3000}",
            "\u{0}", "\u{7F}", "🇨🇳", "\r\n", "e\u{301}",
        ]
        func anyText() -> String {
            (0..<Int.random(in: 1...6, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
        }
        for _ in 0..<2_000 {
            var values = EditedFields()
            for code in ["name_zh", "sex", "tags", "note", "x_y"] {
                values[code] = (0..<Int.random(in: 0...3, using: &random)).map { _ in anyText() }
            }
            let text = Self.form.text(of: values, head: ["a\nname_zh: b"])
            let read = try EditText.read(text, before: EditedFields())
            #expect(read.codes == values.codes)
            for code in values.codes {
                #expect(read[code].map { Array($0.utf8) } == values[code].map { Array($0.utf8) })
            }
        }
    }
}
