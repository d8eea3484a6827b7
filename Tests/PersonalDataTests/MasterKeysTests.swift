import PersonalData
import Testing

@Suite("Master keys")
struct MasterKeysTests {
    static let key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

    @Test("new keys can be read, and differ each time")
    func new() throws {
        let text = MasterKeys.newText(naming: "2026a")
        #expect(try MasterKeys(text: text).names == ["2026a"])
        #expect(text != MasterKeys.newText(naming: "2026a"))
    }

    @Test("the first wrapping key is the one in use; comments, blank lines and CR LF mean nothing")
    func order() throws {
        let text = "# keys\r\n\r\nwrap b \(Self.key)\r\n  wrap a \(Self.key)\r\nindex 1 \(Self.key)\r\n"
        #expect(try MasterKeys(text: text).names == ["b", "a"])
    }

    @Test(
        "what is wrong is said with its line, and never the key",
        arguments: [
            ("wrap a", 1, "“wrap NAME KEY” or “index NAME KEY”"),
            ("\nwrap a AAEC", 2, "a key of 32 bytes in Base64"),
            ("wrap a/b \(key)", 1, "a name of 1 to 32 letters, digits, “.”, “-” or “_”"),
            ("wrap a \(key)\nwrap a \(key)", 2, "each name once"),
            ("index a \(key)\nindex b \(key)", 2, "one index key"),
            ("key a \(key)", 1, "“wrap” or “index”"),
            ("wrap a \(key)", nil, "a line “index NAME KEY”"),
            ("", nil, "a line “wrap NAME KEY”"),
        ] as [(String, Int?, String)]
    )
    func faults(_ text: String, _ line: Int?, _ expected: String) {
        let failure = #expect(throws: MasterKeys.Failure.self) { try MasterKeys(text: text) }
        #expect(failure?.line == line)
        #expect(failure?.expected == expected)
        #expect(failure.map { !$0.description.contains("AAEC") } == true)
    }
}
