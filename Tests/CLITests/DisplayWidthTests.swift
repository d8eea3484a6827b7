import Testing

@testable import ceyuan

@Suite("display width")
struct DisplayWidthTests {
    @Test(
        "a text takes as many columns as a terminal shows",
        arguments: [
            ("", 0), ("GDP", 3), ("余杭区", 6), ("余杭 2020", 9), ("亿元，%", 7), ("「十三五」", 10), ("ＡＢＣ", 6), ("ｱｲｳ", 3),
            ("한국", 4), ("ひらがな", 8), ("𠮷", 2), ("é", 1), ("e\u{301}", 1), ("👍", 2), ("👍🏽", 2), ("👨‍👩‍👧‍👦", 2),
            ("🇨🇳", 2), ("❤️", 2), ("❤", 1), ("…", 1), ("①", 1), ("Ω", 1), ("\u{200B}", 0), ("a\u{AD}b", 3),
            ("\u{1100}\u{1161}\u{11A8}", 2), ("km²", 3), ("≥60", 3), ("×", 1), ("─", 1), ("㎡", 2), ("○", 1),
        ]
    )
    func widths(text: String, width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test("control characters take no column")
    func control() {
        #expect("\u{0}\u{7}\u{1B}\n\u{7F}\u{85}".displayWidth == 0)
    }

    /// Samples from both ends of the ranges in EastAsianWidth.txt of Unicode 16.0.
    @Test(
        "the edges of the wide ranges are where Unicode has them",
        arguments: [
            (0x10FF, 1), (0x1100, 2), (0x115F, 2), (0x2328, 1), (0x2329, 2), (0x2E7F, 1), (0x2E80, 2), (0x303E, 2),
            (0x303F, 1), (0x3041, 2), (0x4DC0, 2), (0xA4C6, 2), (0xA4D0, 1), (0xABFF, 1), (0xAC00, 2), (0xD7A3, 2),
            (0xFAFF, 2), (0xFB00, 1), (0xFE0F, 0), (0xFE10, 2), (0xFE6B, 2), (0xFF00, 1), (0xFF01, 2), (0xFF60, 2),
            (0xFF61, 1), (0xFFE6, 2), (0xFFE8, 1), (0x1F004, 2), (0x1F005, 1), (0x1F600, 2), (0x20000, 2), (0x3FFFD, 2),
        ]
    )
    func edges(scalar: UInt32, width: Int) throws {
        #expect(try #require(Unicode.Scalar(scalar)).displayWidth == width)
    }

    @Test(
        "a cut text keeps its width and ends in an ellipsis",
        arguments: [
            ("余杭区", 6, "余杭区"), ("余杭区", 5, "余杭…"), ("余杭区", 4, "余…"), ("余杭区", 1, "…"), ("余杭区", 0, ""),
            ("abcdef", 4, "abc…"),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
        ]
    )
    func truncation(text: String, limit: Int, expected: String) {
        let cut = text.truncated(toWidth: limit)
        #expect(cut == expected)
        #expect(cut.displayWidth <= limit)
    }

    @Test("what would move the cursor is shown as a picture")
    func printable() {
        #expect("a\nb\u{1B}[31m".printable == "a␊b␛[31m")
        #expect("x\u{7F}\u{9B}y".printable == "x␡�y")
        #expect("a\u{202E}b\u{2066}c".printable == "a�b�c")
        #expect("余杭区 é".printable == "余杭区 é")
    }
}
