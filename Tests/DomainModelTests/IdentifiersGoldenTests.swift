import DomainModel
import Testing

@Suite("identifiers: published examples")
struct IdentifiersGoldenTests {
    static let today = CivilDate(year: 2026, month: 7, day: 1) ?? CivilDate(daysSince1970: 0)

    @Test(
        "examples of standards and registries are valid",
        arguments: [
            // GB 32100-2015 annex; two codes of companies that their registry publishes.
            (IdentifierKind.unifiedSocialCreditCode, "91350100M000100Y43", "91350100M000100Y43"),
            (.unifiedSocialCreditCode, "91110000600037341L", "91110000600037341L"),
            (.unifiedSocialCreditCode, "91330100799655058B", "91330100799655058B"),
            // GB 11643-1999 §4.
            (.residentIdentity, "11010519491231002X", "11010519491231002X"),
            (.residentIdentity, "440524188001010014", "440524188001010014"),
            // Announcement on electronic passports, 2017-04; ICAO Doc 9303-4 appendix A (a passport of Utopia).
            (.passport, "EA1234567", "EA1234567"), (.passport, "E12345678", "E12345678"),
            (.passport, "L898902C3", "L898902C3"),
            // Rules for the data of the card, version 2023: province 11, country 398 (Kazakhstan); card of 2017.
            (.foreignResidence, "911398199012310021", "911398199012310021"),
            (.foreignResidence, "KAZ110090123105", "KAZ110090123105"),
            // ORCID, "Structure of the ORCID Identifier".
            (.orcid, "0000-0002-1825-0097", "0000-0002-1825-0097"),
            (.orcid, "https://orcid.org/0000-0001-5109-3700", "0000-0001-5109-3700"),
            (.orcid, "0000-0002-1694-233X", "0000-0002-1694-233X"),
            (.orcid, "0009-0000-6890-8013", "0009-0000-6890-8013"),
            // isni.org, "How ISNI works"; ISO 27729 shows blanks between the groups.
            (.isni, "0000 0001 2103 2683", "0000000121032683"), (.isni, "ISNI 0000 0001 2103 2683", "0000000121032683"),
            (.isni, "https://isni.org/isni/0000000121032683", "0000000121032683"),
            (.isni, "000000012146438X", "000000012146438X"),
            // GLEIF, LEI of GLEIF itself and of Bloomberg Finance L.P.
            (.lei, "506700GE1G29325QX363", "506700GE1G29325QX363"),
            (.lei, "5493001KJTIIGC8Y1R12", "5493001KJTIIGC8Y1R12"),
            // DOI Handbook: its own name; names are the same in capitals.
            (.doi, "10.1000/182", "10.1000/182"), (.doi, "doi:10.1000/182", "10.1000/182"),
            (.doi, "https://doi.org/10.1038/S41586-020-2649-2", "10.1038/s41586-020-2649-2"),
            (
                .doi, "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
                "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"
            ),
            // Numbers in the patent gazette; ZC 0006-2003 §6 on blanks; the document numbers that ZC 0007 begins with.
            (.patent, "201710601862.3", "201710601862.3"), (.patent, "ZL 2017 1 0601862.3", "ZL201710601862.3"),
            (.patent, "ZL95115608.X", "ZL95115608.X"), (.patent, "97101765.4", "97101765.4"),
            (.patent, "88100001", "88100001"),
            (.patent, "CN1030001A", "CN1030001A"), (.patent, "CN2030001U", "CN2030001U"),
            (.patent, "CN3003001S", "CN3003001S"),
            (.patent, "CN101160000A", "CN101160000A"), (.patent, "CN85100001A", "CN85100001A"),
            (.division, "330110", "330110"), (.division, "330113", "330113"), (.division, "330000", "330000"),
            (.division, "330101", "330101"), (.division, "110100", "110100"), (.division, "460301", "460301"),
            (.industry, "I6513", "I6513"), (.industry, "6513", "I6513"), (.industry, "I", "I"),
            (.industry, "65", "I65"),
            (.industry, "C3741", "C3741"), (.industry, "T9700", "T9700"),
        ]
    )
    func valid(kind: IdentifierKind, text: String, canonical: String) {
        let verdict = kind.check(text, on: Self.today)
        #expect(verdict.isValid, "\(verdict.fault?.code ?? "")")
        #expect(verdict.identifier?.description == canonical)
        #expect(verdict.identifier?.parts.isEmpty == false)
        #expect(verdict.hint.en.isEmpty && verdict.candidates.isEmpty)
    }

    @Test(
        "what is wrong has its code",
        arguments: [
            (IdentifierKind.unifiedSocialCreditCode, "91350100M000100Y44", "CHECK_DIGIT"),
            (.unifiedSocialCreditCode, "91350100M000100Y4", "LENGTH"),
            (.unifiedSocialCreditCode, "91350100I000100Y43", "CHARACTER"),
            (.unifiedSocialCreditCode, "9135A100M000100Y43", "CHARACTER"),
            (.unifiedSocialCreditCode, "B1350100M000100Y43", "FORM"),
            (.unifiedSocialCreditCode, "91990100M000100Y43", "DIVISION_UNKNOWN"),
            (.unifiedSocialCreditCode, "", "EMPTY"),
            (.residentIdentity, "110105194912310021", "CHECK_DIGIT"),
            (.residentIdentity, "110105194902310021", "BIRTH_DATE"),
            (.residentIdentity, "110105202612310026", "BIRTH_DATE"),
            (.residentIdentity, "990105194912310021", "DIVISION_UNKNOWN"),
            (.residentIdentity, "110105491231002", "LENGTH"), (.residentIdentity, "1101051949123100 X", "CHARACTER"),
            (.passport, "E1234567890", "LENGTH"), (.passport, "PASSPORT", "FORM"),
            (.passport, "E1234-678", "CHARACTER"),
            (.foreignResidence, "911398199012310022", "CHECK_DIGIT"), (.foreignResidence, "811398199012310021", "FORM"),
            (.foreignResidence, "KAZ990090123105", "DIVISION_UNKNOWN"),
            (.foreignResidence, "KAZ110090133105", "BIRTH_DATE"),
            (.orcid, "0000-0002-1825-0098", "CHECK_DIGIT"), (.orcid, "0000-0002-1825-009", "LENGTH"),
            (.orcid, "0000/0002/1825/0097", "FORM"), (.isni, "0000000121032684", "CHECK_DIGIT"),
            (.lei, "5493001KJTIIGC8Y1R13", "CHECK_DIGIT"), (.lei, "5493001KJTIIGC8Y1R1", "LENGTH"),
            (.doi, "10.1000", "FORM"), (.doi, "11.1000/182", "FORM"), (.doi, "10.1000/1 82", "CHARACTER"),
            (.doi, "10.1/x", "FORM"),
            (.patent, "201710601862.4", "CHECK_DIGIT"), (.patent, "2017106018623", "FORM"),
            (.patent, "209910601862.3", "FORM"),
            (.patent, "201740601862.3", "FORM"), (.patent, "CN101160000U", "FORM"),
            (.division, "999999", "DIVISION_UNKNOWN"), (.division, "330103", "DIVISION_RETIRED"),
            (.division, "33011", "LENGTH"),
            (.industry, "I6518", "INDUSTRY_UNKNOWN"), (.industry, "C6513", "INDUSTRY_SECTION"),
            (.industry, "U", "INDUSTRY_UNKNOWN"),
            (.industry, "I65131", "LENGTH"),
        ]
    )
    func invalid(kind: IdentifierKind, text: String, code: String) throws {
        let verdict = kind.check(text, on: Self.today)
        let fault = try #require(verdict.fault)
        #expect(fault.code == code)
        #expect(!verdict.isValid && verdict.identifier == nil)
        #expect(!fault.message.zh.isEmpty && !fault.message.en.isEmpty)
    }

    @Test("a code whose organisation code is wrong within is refused though its last character is right")
    func organisation() throws {
        // 91350100M000100Y43 with place 17 changed from 4 to 5, and place 18 made right for it.
        let broken = "91350100M000100Y5"
        let whole = "0123456789ABCDEFGHJKLMNPQRTUWXY".map { broken + String($0) }
        let codes = whole.map { IdentifierKind.unifiedSocialCreditCode.check($0, on: Self.today) }
        #expect(codes.allSatisfy { $0.fault == .organisationCheckCharacter(expected: "4") })
    }

    @Test("the parts of an organisation's code are named")
    func parts() throws {
        let code = try #require(UnifiedSocialCreditCode("91350100M000100Y43", on: Self.today))
        #expect(code.parts.map(\.value.en) == ["market regulation", "enterprise", "350100 福建省福州市", "M000100Y-4"])
        let zone = try #require(PatentNumber("201710601862", on: Self.today))
        #expect(zone.subject == .application(checked: false))
        #expect(zone.parts.last?.value.en == "not given, it is 3")
    }
}
