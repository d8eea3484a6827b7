import NameForms
import TestSeeds
import Testing

@Suite("folded texts")
struct FoldedTextTests {
    @Test(
        "what people do not mean is gone",
        arguments: [
            // UAX #15 and the Unicode Character Database 14.0: compatibility and canonical decompositions.
            ("Ｊｅａｎ－Ｐｉｅｒｒｅ", ["jean", "pierre"]), ("ﬁne", ["fine"]), ("①号", ["1号"]), ("⼭⽥", ["山田"]), ("Ⅷ", ["viii"]),
            ("ﾔﾏﾀﾞ", ["ヤマタ"]), ("\u{F90A}", ["金"]), ("Ǆ", ["dz"]), ("𝐀", ["a"]),
            // Diacritics, composed and not.
            ("José Müller", ["jose", "muller"]), ("Jose\u{301}", ["jose"]), ("Łukasz Øst", ["lukasz", "ost"]),
            ("STRAẞE straße", ["strasse", "strasse"]), ("İstanbul", ["istanbul"]), ("Ά", ["α"]), ("Ёж", ["еж"]),
            // OpenCC 1.4.2, TSCharacters: the first target; JPShinjitaiCharacters.
            ("張偉", ["张伟"]), ("萬俟", ["万俟"]), ("鐘鍾", ["钟钟"]), ("沢辺", ["泽边"]), ("芸", ["芸"]),
            // Apostrophes join, all other punctuation parts.
            ("O’Neill", ["oneill"]), ("Xi'an", ["xian"]), ("买买提·艾力", ["买买提", "艾力"]), ("阿卜杜拉•A", ["阿卜杜拉", "a"]),
            ("（中国）有限公司", ["中国", "有限公司"]), ("A.B.", ["a", "b"]), ("C++", ["c++"]),
            // Invisible characters.
            ("张\u{200B}伟", ["张伟"]), ("\u{FEFF}李", ["李"]), ("a\u{202E}b", ["ab"]), ("葛\u{E0100}", ["葛"]),
            ("张\u{3000}伟", ["张", "伟"]), ("", []), (" \t\n", []), ("·—（）", []),
        ]
    )
    func folded(text: String, words: [String]) {
        #expect(FoldedText(text).words == words)
    }

    @Test("parts are separate where Chinese characters meet others")
    func parts() {
        #expect(FoldedText("张wei 3D打印").parts == ["张", "wei", "3d", "打印"])
    }

    @Test("folding a folded text changes nothing")
    func idempotent() {
        var numbers = SeededGenerator.announced("folded texts")
        for _ in 0..<2_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<8 {
                let limit = [0x250, 0x2100, 0x3400, 0xA000, 0x30000][Int.random(in: 0..<5, using: &numbers)]
                if let scalar = Unicode.Scalar(UInt32(Int.random(in: 0..<limit, using: &numbers))) {
                    text.append(scalar)
                }
            }
            let once = FoldedText(String(text))
            #expect(
                FoldedText(once.words.joined(separator: " ")) == once,
                "\(String(text).debugDescription)"
            )
        }
    }
}
