import DomainModel
import PostgresClient
import Storage
import TestSupport
import Testing

@Suite("records and statements in the database")
struct RegistryRecordStoreTests {
    @Test("a record comes back as it was made, with who made it and why")
    func create() async throws {
        try await withRegistry { registry in
            let key = try await registry.make(.talent, from: 2_020, ["name_zh": .text("林知远"), "region": .text("A")])
            let found = try await registry.record(key, on: 2_021)
            #expect(found?.key.hasPrefix("T-") == true)
            #expect(found?.attributes == ["name_zh": .text("林知远"), "region": .text("A")])
            #expect(found?.from == day(2_020) && found?.until == nil && found?.state == .active)
            #expect(found?.recorded.principal == "user:li" && found?.recorded.reason == "made")
            #expect(try await registry.record(key, on: 2_019) == nil)
            #expect(try await registry.records.firstDay(of: key, asOf: nil) == day(2_020))
        }
    }

    @Test("keys are unique over all kinds")
    func keys() async throws {
        try await withRegistry { registry in
            _ = try await registry.make(.talent, key: "x.1", ["name_zh": .text("甲")])
            let again = try await registry.write("again") { recording in
                try await registry.records.create(
                    .team,
                    key: "x.1",
                    .init(from: nil, attributes: ["name_zh": .text("乙")]),
                    recording: recording
                )
            }
            #expect(again == nil)
        }
    }

    @Test("a late correction does not erase what was believed")
    func correction() async throws {
        try await withRegistry { registry in
            let key = try await registry.make(.talent, from: 2_020, ["name_zh": .text("甲"), "major": .text("物理")])
            let before = try await registry.now()
            try await registry.change(key, "moved on") { try $0.change(["major": .text("化学")], from: day(2_022)) }
            let between = try await registry.now()
            try await registry.change(key, "typing error") { try $0.correct(["name_zh": .text("乙")], on: day(2_020)) }

            func read(_ year: Int, _ asOf: Instant?) async throws -> [String?] {
                let found = try await registry.record(key, on: year, asOf: asOf)
                return ["name_zh", "major"].map { found?.attributes[$0]?.text }
            }
            #expect(try await read(2_021, before) == ["甲", "物理"])
            #expect(try await read(2_023, before) == ["甲", "物理"])
            #expect(try await read(2_021, between) == ["甲", "物理"])
            #expect(try await read(2_023, between) == ["甲", "化学"])
            #expect(try await read(2_021, nil) == ["乙", "物理"])
            #expect(try await read(2_023, nil) == ["乙", "化学"])
            let earlier = try await registry.record(key, on: 2_021, asOf: between)
            #expect(earlier?.until == day(2_022))
            #expect(try await registry.record(key, on: 2_021, asOf: before)?.until == nil)
        }
    }

    @Test("history says of each field who, when, old, new and why")
    func history() async throws {
        try await withRegistry { registry in
            let key = try await registry.make(.talent, from: 2_020, ["name_zh": .text("甲")])
            try await registry.change(key, "moved") { try $0.change(["major": .text("化学")], from: day(2_022)) }
            try await registry.change(key, "error") { try $0.correct(["name_zh": .text("乙")], on: day(2_020)) }
            let steps = try await registry.records.history(of: key)
            let told = steps.map { step in
                "\(step.field) \(step.old?.spelling ?? "-") \(step.new?.spelling ?? "-") "
                    + "\(step.from?.isoText ?? "-") \(step.isCorrection) \(step.recorded.reason)"
            }
            #expect(
                told == [
                    "name_zh - 甲 2020-01-01 false made", "state - active 2020-01-01 false made",
                    "major - 化学 2022-01-01 false moved", "name_zh 甲 乙 2020-01-01 true error",
                    "name_zh 甲 乙 2022-01-01 true error",
                ]
            )
            let instants = steps.map(\.recorded.at)
            #expect(instants == instants.sorted())
            #expect(try await registry.records.history(of: key, field: "major").map(\.new) == [.text("化学")])
        }
    }

    @Test("history answers at an instant and of a day, singly and together")
    func historyThen() async throws {
        try await withRegistry { registry in
            let key = try await registry.make(.talent, from: 2_020, ["name_zh": .text("甲"), "major": .text("物理")])
            try await registry.change(key, "moved") { try $0.change(["major": .text("化学")], from: day(2_022)) }
            let between = try await registry.now()
            try await registry.change(key, "error") { try $0.correct(["major": .text("数学")], on: day(2_020)) }
            try await registry.change(key, "made by mistake") { $0 = RecordTimeline([]) }
            func told(_ asOf: Instant?, _ year: Int?) async throws -> [String] {
                try await registry.records.history(of: key, field: "major", asOf: asOf, validAt: year.map { day($0) })
                    .map {
                        "\($0.old?.spelling ?? "-") \($0.new?.spelling ?? "-") \($0.isCorrection) \($0.recorded.reason)"
                    }
            }
            let (made, moved) = ("- 物理 false made", "物理 化学 false moved")
            #expect(try await told(between, nil) == [made, moved])
            #expect(try await told(nil, 2_021) == [made, "物理 数学 true error", "数学 - true made by mistake"])
            #expect(try await told(nil, 2_023) == [made, moved, "化学 - true made by mistake"])
            #expect(try await told(between, 2_021) == [made])
            #expect(try await told(nil, 2_019) == [])
        }
    }

    @Test("what was withdrawn is still there as of before")
    func withdrawn() async throws {
        try await withRegistry { registry in
            let key = try await registry.make(.talent, from: 2_020, ["name_zh": .text("甲")])
            let before = try await registry.now()
            try await registry.change(key, "made by mistake") { $0 = RecordTimeline([]) }
            #expect(try await registry.record(key, on: 2_021) == nil)
            #expect(try await registry.record(key, on: 2_021, asOf: before)?.attributes["name_zh"] == .text("甲"))
            #expect(try await registry.records.related([key])[key]?.record.state == .withdrawn)
            #expect(try await registry.records.history(of: key).last?.new == nil)
        }
    }

    @Test("a list has one row a record, by kind, state, region and field")
    func list() async throws {
        try await withRegistry { registry in
            let one = try await registry.make(
                .talent,
                key: "a",
                from: 2_020,
                ["name_zh": .text("甲"), "region": .text("A"), "research_fields": .list([.text("光学"), .text("量子")])]
            )
            _ = try await registry.make(.talent, key: "b", from: 2_020, ["name_zh": .text("乙"), "region": .text("B")])
            _ = try await registry.make(.team, key: "c", from: 2_020, ["name_zh": .text("丙")])
            try await registry.change(one, "gone") { try $0.change([:], state: .closed, from: day(2_023)) }

            func keys(_ filter: RegistryRecordStore.Filter, _ year: Int = 2_024) async throws -> [String] {
                try await registry.records
                    .list(filter, at: RegistryMoment(validAt: day(year)), ListQuestion(limit: 10)).items.map(\.key)
            }
            #expect(try await keys(.init(kind: .talent)) == ["a", "b"])
            #expect(try await keys(.init(kind: .talent), 2_019) == [])
            #expect(try await keys(.init(kind: .talent, state: .closed)) == ["a"])
            #expect(try await keys(.init(kind: .talent, state: .closed), 2_022) == [])
            #expect(try await keys(.init(kind: .talent, region: "B")) == ["b"])
            try await registry.connection.execute("UPDATE registry.region SET parent_code = 'A' WHERE code = 'B'")
            #expect(try await keys(.init(kind: .talent, region: "A")) == ["a", "b"])
            #expect(try await keys(.init(kind: .talent, attributes: ["name_zh": .text("乙")])) == ["b"])
            #expect(try await keys(.init(kind: .talent, attributes: ["research_fields": .text("量子")])) == ["a"])
            let page = try await registry.records.list(
                .init(kind: .talent),
                at: RegistryMoment(validAt: day(2_024)),
                ListQuestion(after: "a", limit: 1, counts: true)
            )
            #expect(page.items.map(\.key) == ["b"] && page.total == 2 && page.next == nil)
        }
    }

    @Test(
        "the database itself refuses attributes that are not as declared",
        arguments: [
            ("x", AttributeValue.text("a"), "record_version_fields"),
            ("is_stem", .text("yes"), "record_version_fields"),
            ("degree", .text("dr"), "record_version_fields"), ("region", .text("Z"), "record_version_fields"),
            ("resident_id", .text("11010519491231002X"), "record_version_fields"),
            ("research_fields", .text("光学"), "record_version_fields"),
            ("nationality", .text("chn"), "record_version_fields"),
            ("birth_date", .text("1990-5-1"), "record_version_fields"),
            ("birth_date", .integer(1990), "record_version_fields"),
            ("name_pinyin", .text(""), "record_version_fields"),
            ("major", .list([.text("a")]), "record_version_fields"),
            ("research_fields", .list([.text("光学"), .text("")]), "record_version_fields"),
            ("research_fields", .list([.integer(1)]), "record_version_fields"),
            ("resident_id", .text("sealed:1:AAAA"), "record_version_fields"),
            ("telephone", .list([.text("13800005678")]), "record_version_fields"),
            (
                "telephone", .list([.text("sealed:1:" + String(repeating: "A", count: 44) + "*")]),
                "record_version_fields"
            ),
        ]
    )
    func fields(code: String, value: AttributeValue, constraint: String) async throws {
        try await withRegistry { registry in
            let error = await #expect(throws: PostgresError.self) {
                _ = try await registry.make(.talent, ["name_zh": .text("甲"), code: value])
            }
            #expect(error?.constraint == constraint)
        }
    }

    @Test("the database itself refuses a record without what its kind requires")
    func required() async throws {
        try await withRegistry { registry in
            let error = await #expect(throws: PostgresError.self) {
                _ = try await registry.make(.platform, ["name_zh": .text("甲")])
            }
            #expect(error?.constraint == "record_version_required")
        }
    }

    @Test("what was recorded is never changed nor removed, and has an instant")
    func forEver() async throws {
        try await withRegistry { registry in
            _ = try await registry.make(.talent, ["name_zh": .text("甲")])
            for sql in [
                "UPDATE registry.record_version SET attributes = '{}'",
                "UPDATE registry.record_version SET state = 'closed', superseded_by = recorded_by",
            ] {
                let error = await #expect(throws: PostgresError.self) {
                    _ = try await registry.connection.execute(PostgresQuery(sql: sql))
                }
                #expect(error?.constraint == "recorded_for_ever")
            }
            let error = await #expect(throws: PostgresError.self) {
                _ = try await RecordingStore(registry.connection).begin(principal: "p", activity: "a", reason: "")
            }
            #expect(error?.constraint == "recording_instant")
        }
    }

    @Test("added fields are typed and checked like the others")
    func custom() async throws {
        try await withRegistry { registry in
            let field = FieldDefinition(
                "x_room",
                "房间",
                "Room",
                .integer,
                range: (ExactDecimal(1), nil),
                source: "office"
            )
            #expect(try await registry.model.declare(field, of: .talent))
            #expect(try await !registry.model.declare(field, of: .talent))
            #expect(try await registry.model.load().field("x_room", of: .talent) == field)
            _ = try await registry.make(.talent, ["name_zh": .text("甲"), "x_room": .integer(1)])
            for value in [AttributeValue.integer(0), .text("1")] {
                let error = await #expect(throws: PostgresError.self) {
                    _ = try await registry.make(.talent, ["name_zh": .text("甲"), "x_room": value])
                }
                #expect(error?.constraint == "record_version_fields")
            }
            let rate = FieldDefinition(
                "x_rate",
                "比例",
                "Rate",
                .decimal,
                range: (ExactDecimal(0), ExactDecimal(1)),
                source: "office"
            )
            #expect(try await registry.model.declare(rate, of: .talent))
            _ = try await registry.make(.talent, ["name_zh": .text("甲"), "x_rate": .text("0.25")])
            for value in [AttributeValue.text("1.5"), .text("1e-1"), .integer(1)] {
                let error = await #expect(throws: PostgresError.self) {
                    _ = try await registry.make(.talent, ["name_zh": .text("甲"), "x_rate": value])
                }
                #expect(error?.constraint == "record_version_fields")
            }
            let long = await #expect(throws: PostgresError.self) {
                let text = String(repeating: "a", count: 100_000)
                _ = try await registry.make(.talent, ["name_zh": .text("甲"), "major": .text(text)])
            }
            #expect(long?.constraint == "record_version_fields")
            // The model that comes with the platform leaves what offices have added alone.
            #expect(try await registry.model.mirror() == 0)
            #expect(try await registry.model.load().field("x_room", of: .talent) == field)
        }
    }
}
