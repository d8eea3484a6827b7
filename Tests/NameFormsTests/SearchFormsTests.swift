import NameForms
import TestSeeds
import Testing

@Suite("what names are found by")
struct SearchFormsTests {
    private static func rank(_ question: String, _ name: String, _ kind: SearchKeys.Kind = .person) -> SearchRank? {
        SearchQuestion(question)?.match(SearchKeys(name, as: kind))?.rank
    }

    @Test("a person's name has keys for each beginning, for its Pinyin and its initials")
    func keys() {
        let keys = SearchKeys("单田芳", as: .person)
        #expect(keys.name == "单田芳")
        #expect(keys.inner == ["田芳", "芳"])
        #expect(keys.pinyin == ["shantianfang", "dantianfang", "chantianfang"])
        #expect(keys.initials == ["stf", "dtf", "ctf"])
    }

    @Test("the readings of a name are bounded, the likeliest first")
    func readings() {
        let keys = SearchKeys("单乐行重长", as: .person)
        #expect(keys.pinyin.count == SearchKeys.readingLimit)
        #expect(keys.pinyin.first == "shanlexingzhongzhang" || keys.pinyin.first == "shanlexingzhongchang")
    }

    @Test(
        "a person is found by every way of writing the name",
        arguments: [
            ("张伟民", SearchRank.exact), ("張偉民", .exact), ("张 伟民", .exact), ("张", .prefix), ("张伟", .prefix),
            ("張偉", .prefix),
            ("zhang", .pinyin), ("Zhang Weimin", .pinyin), ("ZHANGWEIMIN", .pinyin), ("Weimin Zhang", .pinyin),
            ("ｚｈａｎｇｗ", .pinyin), ("zwm", .initials), ("ZW", .initials), ("伟民", .overlap), ("民", .overlap),
            ("偉", .overlap),
            ("张 民", .overlap), ("zhang民", .overlap),
        ]
    )
    func person(question: String, rank: SearchRank) {
        #expect(Self.rank(question, "张伟民") == rank)
    }

    @Test("what does not occur in a name does not find it", arguments: ["王", "伟张", "weizhangmin", "zm", "民伟", "张王"])
    func strangers(question: String) {
        #expect(Self.rank(question, "张伟民") == nil)
    }

    @Test(
        "ü is found however it is typed",
        arguments: ["lüyu", "lvyu", "lyuyu", "LYU YU", "Lü Yu", "lu\u{308}yu"]
    )
    func umlaut(question: String) {
        #expect(Self.rank(question, "吕玉") == .pinyin)
    }

    @Test("…n yu… is not taken for nü")
    func separateSyllables() {
        #expect(Self.rank("anyu", "安宇") == .pinyin)
        #expect(Self.rank("nyu", "女英") == .pinyin)
    }

    @Test(
        "a foreign name is found by each of its words",
        arguments: [
            ("jean-pierre oneill", SearchRank.exact), ("Jean", .prefix), ("pierre", .overlap), ("O'Neill", .overlap),
            ("oneill jean", .overlap), ("JEAN PIERRE", .prefix),
        ]
    )
    func foreign(question: String, rank: SearchRank) {
        #expect(Self.rank(question, "Jean-Pierre O’Neill") == rank)
    }

    @Test(
        "an enterprise is found by parts of its name",
        arguments: [
            ("杭州", SearchRank.prefix), ("海康", .overlap), ("海康 技术", .overlap), ("hzhk", .initials),
            ("hangzhouhaikang", .pinyin),
        ]
    )
    func enterprise(question: String, rank: SearchRank) {
        #expect(Self.rank(question, "杭州海康数字技术股份有限公司", .other) == rank)
    }

    @Test("identifiers are found from their beginning only")
    func identifiers() {
        #expect(Self.rank("91330000-712", "91330000712345678X", .identifier) == .prefix)
        #expect(Self.rank("712345678x", "91330000712345678X", .identifier) == nil)
    }

    @Test("questions of nothing ask nothing", arguments: ["", "  ", "·", "\u{200B}"])
    func nothing(text: String) {
        #expect(SearchQuestion(text) == nil)
    }

    @Test("every part of a name that begins with a character finds it")
    func parts() {
        var numbers = SeededGenerator.announced("parts of names")
        for _ in 0..<500 {
            let characters = (0..<(1 + Int.random(in: 0..<5, using: &numbers))).compactMap { _ in
                Unicode.Scalar(UInt32(0x4E00 + Int.random(in: 0..<0x5000, using: &numbers)))
            }
            let name = String(String.UnicodeScalarView(characters))
            let first = Int.random(in: 0..<characters.count, using: &numbers)
            let length = 1 + Int.random(in: 0..<(characters.count - first), using: &numbers)
            let part = String(String.UnicodeScalarView(characters[first..<(first + length)]))
            let rank = Self.rank(part, name)
            #expect(rank != nil, "\(part) in \(name)")
            if length == characters.count { #expect(rank == .exact, "\(name)") }
        }
    }

    @Test("ranks follow each other from the exact name to a part of it")
    func order() {
        #expect(SearchRank.allCases == SearchRank.allCases.sorted())
        #expect(SearchMatch(rank: .exact, key: "b") < SearchMatch(rank: .prefix, key: "a"))
        #expect(SearchMatch(rank: .prefix, key: "a") < SearchMatch(rank: .prefix, key: "ab"))
    }
}
