import AuditTrail
import Testing

@Suite("Canonical JSON")
struct CanonicalValueTests {
    @Test("members are sorted by UTF-16 code units: RFC 8785 §3.2.3")
    func sorting() throws {
        let given = #"""
            {"€":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
            "😀":"Emoji: Grinning Face","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis"}
            """#
        let expected =
            #"{"\r":"Carriage Return","1":"One",""# + "\u{80}"
            + #"":"Control","ö":"Latin Small Letter O With Diaeresis","#
            + #""€":"Euro Sign","😀":"Emoji: Grinning Face",""# + "\u{FB33}" + #"":"Hebrew Letter Dalet With Dagesh"}"#
        #expect(try CanonicalValue(json: given).canonicalText == expected)
    }

    @Test("texts are escaped as in RFC 8785 §3.2.2.2")
    func escaping() throws {
        let given = #"{"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}"#
        let expected = #"{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
        #expect(try CanonicalValue(json: given).canonicalText == expected)
    }

    @Test(
        "what has more than one spelling, or none, is refused",
        arguments: [
            "1.5", "1e3", "9007199254740992", "01", "-", "+1", "nul", "\"\\x\"", "\"\\ud800\"", "{\"a\":1,\"a\":2}",
            "[1,]",
            "{\"a\" 1}", "[1", "\"", "1 2", "", String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
        ]
    )
    func refusals(_ text: String) {
        #expect(throws: CanonicalValue.Malformed.self) { try CanonicalValue(json: text) }
    }

    @Test("every canonical text is read back to itself", arguments: 0..<200)
    func roundTrip(_ seed: Int) throws {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: UInt64) -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state % bound
        }
        func value(_ depth: Int) -> CanonicalValue {
            switch next(depth > 3 ? 4 : 6) {
            case 0: return .null
            case 1: return .boolean(next(2) == 0)
            case 2: return .integer(Int64(next(1 << 53)) * (next(2) == 0 ? 1 : -1))
            case 3:
                let scalars = (0..<next(6)).compactMap { _ in Unicode.Scalar(UInt32(next(0x11_0000))) }
                return .text(String(String.UnicodeScalarView(scalars)))
            case 4: return .array((0..<next(4)).map { _ in value(depth + 1) })
            default:
                return .object(
                    Dictionary((0..<next(4)).map { _ in ("m\(next(100))", value(depth + 1)) }) { first, _ in first }
                )
            }
        }
        let made = value(0)
        let text = made.canonicalText
        #expect(try CanonicalValue(json: text) == made)
        #expect(try CanonicalValue(json: text).canonicalText == text)
    }
}
