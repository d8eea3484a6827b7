/// Texts that programs trip over, by class. U+0000 and lone surrogates are in the cases of JSON (`StrictJSONCases`), where
/// they are refused.
enum NaughtyStrings {
    struct Sample: Sendable, CustomStringConvertible {
        let what: String
        let text: String
        var description: String { what }
    }

    static let all: [Sample] = [
        // Direction and invisible marks: Unicode Standard §23.2–23.4.
        Sample(what: "right to left", text: "مرحبا שלום"),
        Sample(what: "override and isolate", text: "a\u{202E}gnp.exe\u{202C}\u{2067}x\u{2069}"),
        Sample(what: "zero width", text: "a\u{200B}b\u{200C}c\u{200D}d\u{2060}e"),
        Sample(what: "byte order mark", text: "\u{FEFF}text\u{FEFF}"),
        Sample(what: "line and paragraph separator", text: "a\u{2028}b\u{2029}c"),
        Sample(what: "C0 and C1 controls", text: "a\u{01}\u{08}\u{1B}[31m\u{7F}\u{85}\u{9F}b"),
        Sample(what: "tab and line ends", text: "a\tb\r\nc\nd\re"),
        Sample(what: "noncharacters and private use", text: "\u{FFFE}\u{FFFF}\u{1FFFF}\u{E000}\u{10FFFF}"),
        Sample(what: "replacement character", text: "\u{FFFD}"),
        // Composition: UAX #15; none may be normalised on the way.
        Sample(what: "combining, both orders", text: "e\u{301}\u{323} e\u{323}\u{301} \u{1EB9}\u{301}"),
        Sample(what: "a tower of marks", text: "Z" + String(repeating: "\u{0321}\u{0346}\u{034A}", count: 30)),
        Sample(what: "a mark alone", text: "\u{0301}"),
        Sample(what: "hangul, composed and not", text: "한 \u{1112}\u{1161}\u{11AB}"),
        Sample(what: "compatibility forms", text: "ﬁ Å ㎞ ① ｆｕｌｌ ㈱ 豈"),
        Sample(what: "emoji sequences", text: "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇨🇳 1️⃣"),
        Sample(what: "beyond the basic plane", text: "𠮷野家 𡘙 𝒳 🀄"),
        Sample(what: "turkish and german cases", text: "İIıi ẞß ŉ ǰ"),
        // Fragments of languages: CWE-89, CWE-79, CWE-78, CWE-22, CWE-1236, CWE-134, CWE-917.
        Sample(what: "SQL", text: #"'; DROP TABLE registry.region; -- " \' $$ $1 %"#),
        Sample(what: "HTML", text: #"<script>alert(1)</script>&lt;"><img src=x onerror=alert(1)>"#),
        Sample(what: "shell", text: "`touch x` $(touch x) ; | && > /dev/null"),
        Sample(what: "path", text: "../../../etc/passwd%00.csv \\\\host\\share CON"),
        Sample(what: "formula of a sheet", text: #"=cmd|' /C calc'!A0 +1 -1 @SUM(1)"#),
        Sample(what: "format and template", text: "%s%n%x {{7*7}} ${jndi:ldap://x} #{1}"),
        Sample(what: "JSON in JSON", text: #"{"a":"\u0041\\"}"#),
        Sample(what: "percent and plus", text: "100% a+b %41 %zz"),
        Sample(what: "words that are values", text: "null"), Sample(what: "not a number", text: "NaN"),
        Sample(what: "a big number", text: "1e400"), Sample(what: "blank", text: " "),
        Sample(what: "blanks around", text: "\u{3000} a \u{A0}"),
        Sample(what: "overlong", text: String(repeating: "长", count: 20_000)),
        Sample(what: "empty", text: ""),
    ]
}
