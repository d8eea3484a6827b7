import PersonalData
import Testing

@Suite("Comparing and masking personal data")
struct PersonalKindTests {
    @Test(
        "ways of writing the same value have one hash",
        arguments: [
            (.residentNumber, "11010119900307123x", "１１０１０１１９９００３０７１２３Ｘ"),
            (.travelDocument, "E 1234-5678", "e12345678"),
            (.telephone, "+86 138-0000-5678", "13800005678"),
            (.telephone, "0086 13800005678", "(138) 0000 5678"),
            (.mail, "Zhang.San@Example.COM", "zhang.san@example.com "),
            (.address, "杭州市　余杭区 1号", "杭州市余杭区1号"),
            (.bankAccount, "6222 0000 0000 0000", "6222000000000000"),
        ] as [(PersonalKind, String, String)]
    )
    func comparison(_ kind: PersonalKind, _ one: String, _ other: String) throws {
        let index = BlindIndex(try MasterKeys(text: MasterKeys.newText(naming: "a")))
        #expect(index.hash(one, field: "f", kind: kind) == index.hash(other, field: "f", kind: kind))
        #expect(index.hash(one, field: "f", kind: kind).count == 16)
        #expect(index.hash(one, field: "f", kind: kind) != index.hash(one, field: "g", kind: kind))
        let elsewhere = BlindIndex(try MasterKeys(text: MasterKeys.newText(naming: "a")))
        #expect(index.hash(one, field: "f", kind: kind) != elsewhere.hash(one, field: "f", kind: kind))
    }

    /// RFC 4231 has HMAC itself; here the input is put together as documented. Made with Python's `hmac`.
    @Test("the hash is that of the documented input")
    func golden() throws {
        let text = "wrap a \(MasterKeysTests.key)\nindex 1 \(MasterKeysTests.key)"
        let hash = BlindIndex(try MasterKeys(text: text)).hash("+86 13800005678", field: "telephone", kind: .telephone)
        #expect(hash == [206, 113, 95, 113, 65, 5, 96, 178, 46, 52, 255, 84, 141, 129, 35, 191])
    }

    @Test(
        "what is shown tells people apart and no more; what is too short is hidden whole",
        arguments: [
            (.residentNumber, "11010119900307123x", "110101********123X"),
            (.residentNumber, "110101900307123", "110101*****7123"),
            (.residentNumber, "1101", "******"),
            (.travelDocument, "E12345678", "E******78"),
            (.telephone, "+86 138 0000 5678", "138****5678"),
            (.telephone, "12345", "******"),
            (.mail, "zhang.san@example.com", "z***@example.com"),
            (.mail, "@example.com", "******"),
            (.mail, "nobody", "******"),
            (.bankAccount, "6222000000001234", "************1234"),
            (.address, "杭州市余杭区", "******"),
            (.other, "x", "******"),
            (.other, "a secret of some length", "******"),
        ] as [(PersonalKind, String, String)]
    )
    func masks(_ kind: PersonalKind, _ value: String, _ expected: String) {
        #expect(kind.masked(value) == expected)
    }
}
