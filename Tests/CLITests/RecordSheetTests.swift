import DomainModel
import TestSeeds
import Testing

@testable import ceyuan

@Suite("the page of a record")
struct RecordSheetTests {
    private static let recording = Recording(
        at: Instant("2026-07-01T08:30:00Z")!,
        principal: "user:li.wei",
        reason: "introduced",
        source: Source(file: "list.pdf", locator: "p. 3")
    )

    private static let page = RecordPage(
        record: RegistryRecord(
            key: "T-1",
            kind: .talent,
            state: .active,
            version: 7,
            from: CivilDate(iso: "2020-01-01"),
            recorded: recording,
            attributes: [
                "name_zh": .text("林致远"), "name_pinyin": .text("Lin Zhiyuan"), "degree": .text("doctor"),
                "is_stem": .boolean(true), "region": .text("330110"), "orcid": .text("0000-0002-1825-0097"),
                "research_fields": .list([.text("量子计算"), .text("材料科学")]),
                "note": .text("从上海引进的青年科学家，在之江实验室从事量子计算研究。\n第二行"),
            ],
            masked: ["birth_date"]
        ),
        statements: [
            RegistryStatement(
                number: 11,
                type: "employment",
                subject: "T-1",
                object: "O-3",
                term: "full_time",
                share: ExactDecimal("0.5"),
                from: CivilDate(iso: "2024-01-01"),
                recorded: recording,
                attributes: ["position": .text("研究员")]
            ),
            RegistryStatement(
                number: 9,
                type: "employment",
                subject: "T-1",
                object: "E-9",
                term: "part_time",
                from: CivilDate(iso: "2021-01-01"),
                until: CivilDate(iso: "2024-01-01"),
                recorded: recording,
                attributes: [:]
            ),
        ],
        incoming: [
            RegistryStatement(
                number: 12,
                type: "unheard_of",
                subject: "J-2",
                object: "T-1",
                recorded: recording,
                attributes: [:]
            )
        ],
        related: [RelatedName(key: "O-3", kind: .organisation, name: "之江实验室")],
        isPartial: true,
        derived: [
            DerivedFact(
                record: "T-1",
                sort: .tier,
                term: "top",
                rule: "tier_by_honour@1",
                grounds: [Ground(statement: 9, "获得“X”", "has won “X”")]
            )
        ]
    )

    private static var words: RecordWords {
        RecordWords(
            terms: ["employment_mode": ["full_time": LocalizedText(zh: "全职", en: "full-time")]],
            regions: ["330110": LocalizedText(zh: "余杭区", en: "Yuhang")]
        )
    }

    private static func text(_ language: Language, width: Int?) -> String {
        let console = Console(language: language, width: width)
        return RecordSheet(page: page, model: .standard, words: words, console: console).text
    }

    @Test("fields stand in groups, statements in tables, what is kept back is said")
    func golden() {
        #expect(
            Self.text(.en, width: nil) == """
                林致远  Lin Zhiyuan
                talent T-1 · active · since 2020-01-01
                recorded 2026-07-01 08:30:00Z by user:li.wei: introduced [list.pdf p. 3]

                Names
                  Chinese name        林致远
                  Name in pinyin      Lin Zhiyuan

                Details
                  Date of birth       •••
                  Highest degree      Doctor
                  STEM                yes
                  Fields of research  量子计算; 材料科学
                  Region              330110 Yuhang

                Identifiers
                  ORCID iD            0000-0002-1825-0097

                Remarks
                  Note                从上海引进的青年科学家，在之江实验室从事量子计算研究。
                                      第二行

                By rule
                  sort  conclusion  grounds
                  ────  ──────────  ────────────────
                  tier  top         has won “X” [#9]

                Employment
                  from        until       with              as         share  details           no.
                  ──────────  ──────────  ────────────────  ─────────  ─────  ────────────────  ───
                  2024-01-01              之江实验室 (O-3)  full-time    0.5  Position: 研究员   11
                  2021-01-01  2024-01-01  E-9               part_time                             9

                ← unheard_of
                  of   no.
                  ───  ───
                  J-2   12

                What stands behind ••• and * is shown for a purpose: --purpose TEXT

                There is more: ceyuan statement list --subject T-1, or --object T-1

                """
        )
    }

    @Test("on a narrow terminal long texts are broken, and no line is wider than it", arguments: [40, 48, 60, 80])
    func narrow(width: Int) {
        let text = Self.text(.zh, width: width)
        #expect(text.contains("之江") && text.contains("第二行") && text.contains("联系") == false)
        for line in text.split(separator: "\n") where !line.contains("ceyuan") && !line.contains("──") {
            #expect(line.displayWidth <= max(width, 66), "\(line)")
        }
        let note = text.split(separator: "\n").filter { $0.contains("青年") || $0.contains("量子计算研究") }
        #expect(note.allSatisfy { $0.displayWidth <= width })
    }

    @Test("a field that the office has added makes the page ask for the model")
    func added() {
        func page(_ attributes: Attributes) -> RecordPage {
            RecordPage(
                record: RegistryRecord(
                    key: "T-1",
                    kind: .talent,
                    state: .active,
                    version: 1,
                    from: nil,
                    recorded: Self.recording,
                    attributes: attributes
                ),
                statements: [],
                incoming: [],
                related: [],
                isPartial: false,
                derived: []
            )
        }
        #expect(page(["x_room": .text("7")]).needsMore(than: .standard))
        #expect(!page(["major": .text("物理")]).needsMore(than: .standard))
    }
}

@Suite("texts in lines")
struct WrappingTests {
    @Test("lines are broken at blanks and between wide characters, not before closing punctuation")
    func cases() {
        #expect("one two three".wrapped(toWidth: 7) == ["one two", "three"])
        #expect("甲乙丙，丁".wrapped(toWidth: 6) == ["甲乙", "丙，丁"])
        #expect("abcdefgh".wrapped(toWidth: 3) == ["abc", "def", "gh"])
        #expect("short".wrapped(toWidth: 10) == ["short"])
        #expect("".wrapped(toWidth: 10) == [""])
    }

    @Test("nothing but blanks is lost, and no line is too wide")
    func laws() {
        var random = SeededGenerator.announced()
        let parts = ["a", "bc", " ", "林", "，", "。", "é"]
        for _ in 0..<500 {
            let text = (0..<40).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
            let width = Int.random(in: 4...20, using: &random)
            let lines = text.wrapped(toWidth: width)
            #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
            for line in lines { #expect(line.displayWidth <= width, "\(line)") }
        }
    }
}
