import Testing

/// Texts that are JSON, and texts that are not, in the manner of JSONTestSuite (Seriot, “Parsing JSON is a minefield”,
/// 2016): `y` must be taken, `n` must be refused, and of the `i` that the standard leaves open the platform refuses what
/// RFC 7493 calls not interoperable. Each stands as the value of the member `v` of an object, or is the whole body.
struct StrictJSONCase: Sendable, CustomTestStringConvertible {
    let name: String
    let body: [UInt8]
    /// `nil` when the body is taken, else the JSON pointer to the fault.
    let pointer: String?

    var testDescription: String { name }

    /// A text in the place of a value.
    private static func value(_ name: String, _ text: String, at pointer: String?) -> StrictJSONCase {
        StrictJSONCase(name: name, body: Array(#"{"v":\#(text)}"#.utf8), pointer: pointer)
    }

    private static func bytes(_ name: String, _ before: String, _ bytes: [UInt8], _ after: String) -> StrictJSONCase {
        StrictJSONCase(name: name, body: Array(before.utf8) + bytes + Array(after.utf8), pointer: "/v")
    }

    private static func whole(_ name: String, _ text: String, at pointer: String?) -> StrictJSONCase {
        StrictJSONCase(name: name, body: Array(text.utf8), pointer: pointer)
    }

    static let all: [StrictJSONCase] = taken + refusedValues + refusedBytes + refusedDocuments

    private static let taken: [StrictJSONCase] = [
        value("y_string_empty", #""""#, at: nil), value("y_string_escapes", #""\"\\\/\b\f\n\r\t""#, at: nil),
        value("y_string_unicode_escape", #""\u4F59\u676d""#, at: nil),
        value("y_string_surrogate_pair", #""\uD834\uDD1E""#, at: nil),
        value("y_string_unescaped", #""余杭 é 𝄞""#, at: nil),
        value("y_string_del", "\"\u{7F}\"", at: nil), value("y_string_line_separator", "\"\u{2028}\"", at: nil),
        value("y_string_noncharacter", "\"\u{FFFF}\"", at: nil),
        value("y_string_last_plane", "\"\u{10FFFF}\"", at: nil),
        value("y_number_zero", "0", at: nil), value("y_number_minus_zero", "-0", at: nil),
        value("y_number_exponent", "1E+2", at: nil), value("y_number_fraction_exponent", "123.456e-7", at: nil),
        value("y_number_long", "123456789012345678901234567890", at: nil),
        value("y_number_greatest", "1.7976931348623157e308", at: nil), value("y_number_underflow", "1e-400", at: nil),
        value("y_true", "true", at: nil), value("y_null", "null", at: nil), value("y_array", "[1,[],{}]", at: nil),
        value("y_blanks", " \t\r\n[ 1 , 2 ] ", at: nil), whole("y_blanks_around", " {\"v\":1}\n ", at: nil),
        value("y_nested_63", String(repeating: "[", count: 63) + String(repeating: "]", count: 63), at: nil),
    ]

    private static let refusedValues: [StrictJSONCase] = [
        value("n_number_leading_zero", "01", at: "/v"), value("n_number_plus", "+1", at: "/v"),
        value("n_number_point_first", ".5", at: "/v"), value("n_number_point_last", "5.", at: "/v"),
        value("n_number_exponent_empty", "1e", at: "/v"), value("n_number_hexadecimal", "0x1F", at: ""),
        value("n_number_nan", "NaN", at: "/v"), value("n_number_infinity", "-Infinity", at: "/v"),
        value("n_number_full_width", "１", at: "/v"), value("n_number_two_signs", "--1", at: "/v"),
        value("i_number_huge_exponent", "1e400", at: "/v"), value("i_number_negative_huge", "-1e9999", at: "/v"),
        value("i_number_500_digits", String(repeating: "9", count: 500), at: "/v"),
        value("n_string_single_quotes", "'a'", at: "/v"), value("n_string_unclosed", "\"a", at: "/v"),
        value("n_string_escape_unknown", #""\x41""#, at: "/v"), value("n_string_escape_short", #""\u00""#, at: "/v"),
        value("n_string_newline", "\"a\nb\"", at: "/v"), value("n_string_tab", "\"a\tb\"", at: "/v"),
        value("n_string_nul_raw", "\"\u{0}\"", at: "/v"), value("i_string_nul_escaped", #""\u0000""#, at: "/v"),
        value("i_string_lone_high", #""\uD800""#, at: "/v"), value("i_string_lone_low", #""\uDC00""#, at: "/v"),
        value("i_string_high_high", #""\uD800\uD800""#, at: "/v"),
        value("i_string_high_text", #""\uD800abc""#, at: "/v"),
        value("n_word_capital", "True", at: "/v"), value("n_word_cut", "nul", at: "/v"),
        value("n_word_undefined", "undefined", at: "/v"), value("n_array_comma_last", "[1,]", at: "/v/1"),
        value("n_array_comma_first", "[,1]", at: "/v/0"), value("n_array_unclosed", "[1", at: "/v"),
        value("n_array_wrong_close", "[1}", at: "/v"), value("n_object_comma_last", #"{"a":1,}"#, at: "/v"),
        value("n_object_no_colon", #"{"a" 1}"#, at: "/v/a"), value("n_object_key_bare", "{a:1}", at: "/v"),
        value("n_object_key_number", "{1:1}", at: "/v"), value("n_comment", "/* a */ 1", at: "/v"),
        value("i_object_duplicate", #"{"a":1,"a":1}"#, at: "/v/a"),
        value("i_object_duplicate_escaped", #"{"a":1,"\u0061":2}"#, at: "/v/a"),
        value("i_nested_64", String(repeating: "[", count: 64) + String(repeating: "]", count: 64), at: ""),
        value("i_nested_100000", String(repeating: "[", count: 100_000), at: ""),
        value("i_nested_objects", String(repeating: #"{"a":"#, count: 5_000), at: ""),
    ]

    private static let refusedBytes: [StrictJSONCase] = [
        bytes("n_utf8_lone_continuation", #"{"v":""#, [0x80], #""}"#),
        bytes("n_utf8_cut", #"{"v":""#, [0xE4, 0xBD], #""}"#),
        bytes("n_utf8_overlong_slash", #"{"v":""#, [0xC0, 0xAF], #""}"#),
        bytes("n_utf8_overlong_nul", #"{"v":""#, [0xC0, 0x80], #""}"#),
        bytes("n_utf8_surrogate", #"{"v":""#, [0xED, 0xA0, 0x80], #""}"#),
        bytes("n_utf8_beyond", #"{"v":""#, [0xF4, 0x90, 0x80, 0x80], #""}"#),
        bytes("n_latin1", #"{"v":""#, [0xE9], #""}"#), bytes("n_gb18030", #"{"v":""#, [0xD3, 0xE0], #""}"#),
        bytes("n_byte_outside_string", #"{"v":"#, [0xFF], "}"),
        bytes("n_no_break_space", #"{"v":"#, [0xC2, 0xA0], "1}"),
    ]

    private static let refusedDocuments: [StrictJSONCase] = [
        StrictJSONCase(name: "i_bom", body: [0xEF, 0xBB, 0xBF] + Array(#"{"v":1}"#.utf8), pointer: ""),
        StrictJSONCase(
            name: "i_utf16",
            body: [0xFF, 0xFE] + #"{"v":1}"#.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
            pointer: ""
        ),
        whole("n_trailing_bracket", #"{"v":1}]"#, at: ""), whole("n_two_documents", #"{"v":1}{"v":1}"#, at: ""),
        whole("n_trailing_nul", "{\"v\":1}\u{0}", at: ""), whole("n_blank", "  ", at: ""),
        whole("n_unclosed", #"{"v":1"#, at: ""), whole("n_text", "hello", at: ""), whole("n_comma", ",", at: ""),
        whole("n_array_instead", "[]", at: ""), whole("n_string_instead", #""v""#, at: ""),
        whole("n_null", "null", at: ""),
        whole("n_member_missing", "{}", at: "/v"), whole("n_member_unknown", #"{"v":1,"w":2}"#, at: "/w"),
        whole("n_member_unknown_slash", #"{"v":1,"a/b~c":2}"#, at: "/a~1b~0c"),
        whole("n_member_case", #"{"V":1}"#, at: "/v"), whole("n_duplicate", #"{"v":1,"v":2}"#, at: "/v"),
    ]
}
