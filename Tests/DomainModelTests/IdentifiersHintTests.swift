import DomainModel
import Testing

@Suite("identifiers: hints")
struct IdentifiersHintTests {
    private static let today = IdentifiersGoldenTests.today

    @Test(
        "a text that only looks right is told how, and what it would be",
        arguments: [
            ("９１３５０１００Ｍ０００１００Ｙ４３", "full-width characters"), ("91350100m000100y43", "small letters"),
            ("\u{FEFF}91350100M000100Y43", "a byte order mark U+FEFF at the beginning"),
            ("91350100\u{200B}M000100Y43", "an invisible character U+200B at place 9"),
            ("\u{201C}91350100M000100Y43\u{201D}", "quotation marks around it"),
            ("'91350100M000100Y43", "quotation marks around it"),
            (" 91350100M000100Y43\u{3000}", "blanks around it"),
            ("9135 0100 M000 100Y 43", "blanks or hyphens within it"),
            ("91350100-M000100Y-43", "blanks or hyphens within it"),
        ]
    )
    func disguised(text: String, name: String) {
        let verdict = IdentifierKind.unifiedSocialCreditCode.check(text, on: Self.today)
        #expect(verdict.fault == .disguised)
        #expect(verdict.fault?.code == "CHARACTER")
        #expect(verdict.candidates == ["91350100M000100Y43"])
        #expect(verdict.hint.en == "\(name); written right: 91350100M000100Y43")
        #expect(verdict.hint.zh.hasSuffix("规范写法：91350100M000100Y43"))
    }

    @Test(
        "slips of the hand and of the eye lead to what was meant",
        arguments: [
            (IdentifierKind.unifiedSocialCreditCode, "9135O1OOM000100Y43", "91350100M000100Y43"),
            (.unifiedSocialCreditCode, "9l350100MOOO100Y43", "91350100M000100Y43"),
            (.unifiedSocialCreditCode, "91350100M00010Y043", "91350100M000100Y43"),
            (.unifiedSocialCreditCode, "9135010OM000100Y43", "91350100M000100Y43"),
            (.residentIdentity, "11010519491321002X", "11010519491231002X"),
            (.residentIdentity, "110I05194912310O2X", "11010519491231002X"),
            (.residentIdentity, "110105491231002", "11010519491231002X"),
            (.orcid, "0000-0002-1825-O097", "0000-0002-1825-0097"),
            (.orcid, "0000-0002-8125-0097", "0000-0002-1825-0097"),
            (.orcid, "0000\u{2013}0002\u{2013}1825\u{2013}0097", "0000-0002-1825-0097"),
            (.lei, "549300IKJTIIGC8Y1R12", "5493001KJTIIGC8Y1R12"),
            (.lei, "5493001KJTIIGCBY1R12", "5493001KJTIIGC8Y1R12"),
            (.patent, "2017106018623", "201710601862.3"), (.patent, "zl 201710601862.3", "ZL201710601862.3"),
            (.doi, "DOI 10.1000/182", "10.1000/182"), (.division, "33011O", "330110"), (.industry, "C6513", "I6513"),
        ]
    )
    func candidates(kind: IdentifierKind, text: String, meant: String) {
        let verdict = kind.check(text, on: Self.today)
        #expect(!verdict.isValid)
        #expect(verdict.candidates.contains(meant), "\(verdict.candidates)")
        #expect(verdict.candidates.count <= 3)
    }

    @Test("the right check character is told")
    func checkCharacter() {
        let resident = IdentifierKind.residentIdentity.check("110105194912310021", on: Self.today)
        #expect(resident.hint.en.hasPrefix("the right check character would be X"))
        #expect(resident.hint.zh.hasPrefix("校验码应为 X"))
        let lei = IdentifierKind.lei.check("5493001KJTIIGC8Y1R13", on: Self.today)
        #expect(lei.hint.en == "the right check character would be 12")
    }

    @Test("what is beyond mending has no candidates, also when it is endless", arguments: IdentifierKind.allCases)
    func beyondMending(kind: IdentifierKind) {
        for text in ["hello, world", "统一社会信用代码", "\u{0}", "🤷", String(repeating: "9", count: 1_000_000)] {
            let verdict = kind.check(text, on: Self.today)
            #expect(!verdict.isValid)
            #expect(verdict.candidates.isEmpty, "\(text.prefix(20)) \(verdict.candidates)")
        }
        for blank in ["", " ", "\u{FEFF}", "\"\""] { #expect(kind.check(blank, on: Self.today).fault == .empty) }
    }
}
