import DomainModel
import Foundation
import TestSeeds
import Testing

@Suite("JSON strings")
struct JSONStringTests {
    /// What is escaped, what stands beside it in the table, and what takes two, three and four bytes.
    private static let scalars: [Unicode.Scalar] =
        (0x00...0x24).compactMap { Unicode.Scalar($0) } + ["/", "[", "\\", "]", "a", "z", "\u{7F}", "\u{80}", "é"]
        + ["\u{2028}", "中", "\u{FFFD}", "\u{FFFF}", "𠮷", "\u{10FFFF}"]

    private static func text(_ count: Int, _ generator: inout SeededGenerator) -> String {
        var view = String.UnicodeScalarView()
        // Mostly plain, so that escapes stand anywhere among the bytes that are looked at together.
        for _ in 0..<count {
            view.append(
                Int.random(in: 0..<8, using: &generator) > 0 ? "a" : scalars.randomElement(using: &generator) ?? "b"
            )
        }
        return String(view)
    }

    @Test("any text is what a reader of JSON makes of it, and spelt as canonical JSON spells it")
    func round() throws {
        var generator = SeededGenerator.announced()
        for count in 0..<400 {
            let text = Self.text(count % 67, &generator)
            let json = JSONString.text(of: text)
            #expect(
                try JSONDecoder().decode(String.self, from: Data(json.utf8)).unicodeScalars.elementsEqual(
                    text.unicodeScalars
                )
            )
            #expect(try json == CanonicalJSON.text(text))
        }
        for scalar in Self.scalars {
            #expect(try JSONString.text(of: String(scalar)) == CanonicalJSON.text(String(scalar)), "\(scalar.value)")
        }
    }

    /// Source: RFC 8785 §3.2.2.2.
    @Test("controls have two characters where there are such, and small digits else")
    func escapes() {
        #expect(JSONString.text(of: "\u{08}\t\n\u{0C}\r\"\\/") == #""\b\t\n\f\r\"\\/""#)
        #expect(JSONString.text(of: "\u{0}\u{0F}\u{1F}\u{7F}") == "\"\\u0000\\u000f\\u001f\u{7F}\"")
    }

    @Test("bytes are appended behind those that are there, wherever an escape lies")
    func places() {
        for before in 0..<20 {
            let text = String(repeating: "x", count: before) + "\"" + String(repeating: "y", count: 20 - before)
            var bytes = Array("[".utf8)
            JSONString.append(text, to: &bytes)
            #expect(String(decoding: bytes, as: UTF8.self) == "[\"\(text.replacing("\"", with: "\\\""))\"")
        }
    }
}
