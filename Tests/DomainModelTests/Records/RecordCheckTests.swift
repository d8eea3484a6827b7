import DomainModel
import Testing

@Suite("checks of records")
struct RecordCheckTests {
    static let model = RecordModel.standard
    static let facts = RecordFacts(
        terms: [
            "platform_type": ["incubator", "makerspace"], "talent_tier": ["top", "leading", "youth", "reserve"],
            "employment_mode": ["full_time", "dual"], "achievement_right": ["ownership", "use"],
        ],
        regions: ["330110", "corridor"],
        today: CivilDate(year: 2_026, month: 7, day: 1)!
    )

    private static func read(
        _ value: AttributeValue,
        _ code: String,
        _ kind: RegistryKind
    ) -> (AttributeValue?, Conflict?) {
        let checked = model.check([code: value], of: kind, facts)
        return (checked.content[code], checked.conflicts.first)
    }

    @Test(
        "values are brought into one spelling",
        arguments: [
            ("introduced_on", RegistryKind.talent, AttributeValue.text("2021年6月3日"), AttributeValue.text("2021-06-03")),
            ("introduced_on", .talent, .text("20210603"), .text("2021-06-03")),
            ("is_stem", .talent, .text("是"), .boolean(true)),
            ("degree", .talent, .text("博士"), .text("doctor")),
            ("research_fields", .talent, .text(" 人工智能　"), .list([.text("人工智能")])),
            ("registered_capital", .enterprise, .integer(500), .text("500")),
            ("registered_capital", .enterprise, .text("500.50"), .text("500.50")),
            ("capacity", .platform, .text("12"), .integer(12)),
            // The example of the standard's publisher; source: support.orcid.org, structure of the ORCID identifier.
            ("orcid", .talent, .text("0000-0002-1825-0097"), .text("0000-0002-1825-0097")),
        ]
    )
    func spelling(code: String, kind: RegistryKind, given: AttributeValue, stored: AttributeValue) {
        let (value, conflict) = Self.read(given, code, kind)
        #expect(value == stored)
        #expect(conflict == nil)
    }

    @Test(
        "each fault has its code",
        arguments: [
            ("introduced_on", RegistryKind.talent, AttributeValue.text("2021-02-30"), ConflictCode.fieldType),
            ("degree", .talent, .text("dr"), .termUnknown), ("region", .talent, .text("330199"), .regionUnknown),
            ("type", .platform, .text("incubater"), .termUnknown),
            ("capacity", .platform, .integer(-1), .fieldOutOfRange),
            ("readiness", .achievement, .integer(10), .fieldOutOfRange),
            ("is_stem", .talent, .text("maybe"), .fieldType),
            ("nationality", .talent, .text("China"), .fieldOutOfRange),
            ("nationality", .talent, .text("chn"), .fieldType), ("homepage", .talent, .text("example.org"), .fieldType),
            ("orcid", .talent, .text("0000-0002-1825-0098"), .identifierCheckDigit),
            ("birth_date", .talent, .text("2027-01-01"), .birthDateImpossible),
            ("birth_date", .talent, .text("1799-12-31"), .birthDateImpossible),
            ("resident_id", .talent, .text("11010519491231002X"), .fieldSealed),
            ("major", .talent, .list([.text("a")]), .fieldType), ("majr", .talent, .text("a"), .fieldUnknown),
        ]
    )
    func faults(code: String, kind: RegistryKind, given: AttributeValue, expected: ConflictCode) {
        let (value, conflict) = Self.read(given, code, kind)
        #expect(value == nil)
        #expect(conflict?.code == expected)
        #expect(conflict?.field == code)
    }

    @Test("a retired division names its successor")
    func retiredDivision() throws {
        // 下城区 330103 became part of 拱墅区 330105 in 2021; source: 国函〔2021〕20号.
        let (_, conflict) = Self.read(.text("330103"), "division", .enterprise)
        #expect(conflict?.code == .divisionRetired)
        #expect(conflict?.nearest.contains("330105") == true)
    }

    @Test("what is wrong with personal fields does not repeat them")
    func personal() {
        let (_, birth) = Self.read(.text("2027-01-01"), "birth_date", .talent)
        #expect(birth?.given == nil)
        let (_, number) = Self.read(.text("11010519491231002X"), "resident_id", .talent)
        #expect(number?.given == nil && number?.nearest == [])
    }

    @Test("near misses are named")
    func nearest() {
        #expect(Self.read(.text("incubater"), "type", .platform).1?.nearest == ["incubator"])
        #expect(Self.read(.text("x"), "majr", .talent).1?.nearest.first == "major")
    }

    @Test("a record has a name, and what its kind requires")
    func missing() {
        #expect(Self.model.missing(in: ["name_foreign": .text("Ada")], of: .talent).isEmpty)
        #expect(Self.model.missing(in: ["degree": .text("doctor")], of: .talent).map(\.field) == ["name_zh"])
        #expect(Self.model.missing(in: ["name_zh": .text("之江")], of: .platform).map(\.field) == ["type"])
    }

    @Test(
        "a key is short, plain, and no word of the paths",
        arguments: [
            ("T-7", true), ("0", true), ("a.b_c-d", true), ("imports", true), ("export", false), ("import", false),
            ("", false),
            ("-a", false), ("a b", false), ("甲", false), (String(repeating: "a", count: 65), false),
        ]
    )
    func keys(text: String, isKey: Bool) {
        #expect(RegistryRecord.isKey(text) == isKey)
        #expect((RegistryRecord.fault(ofKey: text) == nil) == isKey)
    }
}
