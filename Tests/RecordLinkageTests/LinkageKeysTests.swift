import Testing

@testable import RecordLinkage

@Suite("Keys under which duplicates meet")
struct LinkageKeysTests {
    @Test("persons meet by any identifier, by name and year, by reading and birth, by name and employer")
    func persons() {
        let profile = LinkageProfile(
            id: 1,
            values: [.name: ["张三"], .birth: ["1990-03-07"], .employer: ["E1"], .mail: ["h"]],
            readings: ["zhangsan"]
        )
        #expect(LinkageKeys.person(profile) == ["mail:h", "ne:张三|E1", "ny:张三|1990", "rb:zhangsan|1990-03-07"])
        #expect(LinkageKeys.person(LinkageProfile(id: 1, values: [.name: ["张三"]])) == ["n:张三"])
    }

    @Test("organisations meet by code, organisation code, core of the name and its reading")
    func organisations() {
        let profile = LinkageProfile(
            id: 1,
            values: [.name: ["杭州策源科技有限公司"], .creditCode: ["91330110MA0000000X"]],
            readings: ["ceyuankeji"]
        )
        let keys = LinkageKeys.organisation(profile, cores: ["策源科技"])
        #expect(keys == ["c:策源科技", "creditCode:91330110MA0000000X", "oc:MA0000000", "r:ceyuankeji"])
    }

    @Test(
        "the core of a firm's name has neither place nor form; that of a body has its place",
        arguments: [
            ("杭州策源科技有限公司", "策源科技"), ("策源科技(杭州)有限公司", "策源科技"), ("浙江省杭州市策源科技股份有限公司", "策源科技"),
            ("策源", "策源"), ("杭州公司", "杭州公司"), ("策源科技集团", "策源科技"),
            ("杭州大学", "杭州大学"), ("杭州银行股份有限公司", "杭州银行"), ("杭州大学科技园有限公司", "大学科技园"),
        ]
    )
    func cores(_ name: String, _ expected: String) {
        #expect(OrganisationName.core(name, places: ["浙江省", "杭州市", "杭州"]) == expected)
    }

    @Test(
        "edits are counted up to the limit",
        arguments: [
            ("", "", 0, 0), ("abc", "abc", 0, 0), ("abc", "acb", 1, 1), ("abc", "abd", 1, 1), ("abc", "ab", 1, 1),
            ("abc", "xyz", 2, nil), ("kitten", "sitting", 3, 3), ("kitten", "sitting", 2, nil), ("a", "", 1, 1),
        ] as [(String, String, Int, Int?)]
    )
    func edits(_ one: String, _ other: String, _ limit: Int, _ expected: Int?) {
        #expect(NameDistance.edits(one, other, limit: limit) == expected)
        #expect(NameDistance.edits(other, one, limit: limit) == expected)
    }
}
