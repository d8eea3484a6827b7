import DomainModel
import FoundationEssentials
import Testing

@testable import ceyuan

@Suite("JSON output")
struct JSONTextTests {
    @Test("members that this version does not know are passed on, and names are sorted")
    func unknownMembers() throws {
        let text = #"{"zh":"余杭区","en":"Yuhang/区","later":[1,-2.5,true,null,{"a":9007199254740993}]}"#
        let answer = try JSONDecoder().decode(Answer<LocalizedText>.self, from: Data(text.utf8))
        #expect(answer.value == LocalizedText(zh: "余杭区", en: "Yuhang/区"))
        #expect(
            try JSONText.document(answer.json) == """
                {
                  "en" : "Yuhang/区",
                  "later" : [
                    1,
                    -2.5,
                    true,
                    null,
                    {
                      "a" : 9007199254740993
                    }
                  ],
                  "zh" : "余杭区"
                }

                """
        )
    }
}
