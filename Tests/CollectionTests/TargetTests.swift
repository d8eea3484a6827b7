import Collection
import DomainModel
import PostgresClient
import Storage
import Testing

@Suite("targets")
struct TargetTests {
    private static let header =
        "code,name_zh,name_en,scope,domain,unit_zh,unit_ucum_or_en,kind,aggregation,direction,nature,baseline_year,"
        + "baseline_value,baseline_raw,target_year,target_value,target_comparator,target_raw,growth_raw,source_file,"
        + "source_locator,note\n"

    private static func line(
        scope: String = "yuhang",
        year: String = "2025",
        value: String = "3100",
        comparator: String = ">=",
        printed: String = "3100以上"
    ) -> String {
        "yuhang.economy.gdp,地区生产总值,GDP,\(scope),economy,亿元,1e8 CNY,flow,cumulative,higher,expected,2020,"
            + "2282.56,2282.56,\(year),\(value),\(comparator),\(printed),6.5以上,f,l,\n"
    }

    private func loadPlans(_ bench: Workbench) async throws {
        _ = try await bench.take(.regions, try Workbench.reference("regions"))
        _ = try await bench.take(.indicators, try Workbench.reference("indicators"))
        _ = try await bench.take(.plans, try Workbench.reference("plans"))
    }

    private func targets(_ bench: Workbench, asOf: Instant? = nil) async throws -> [Target] {
        try await bench.pool.withConnection {
            try await TargetStore($0).list(.init(plan: "yuhang.fyp14", asOf: asOf), ListQuestion(limit: 1_000)).items
        }
    }

    @Test("a corrected target is a second revision, and the instant before it answers the first")
    func revision() async throws {
        try await Workbench.run { bench in
            try await loadPlans(bench)
            let first = try await bench.take(.targets, Self.header + Self.line())
            let second = try await bench.take(.targets, Self.header + Self.line(value: "3200", printed: "3200以上"))
            #expect(second.receipt?.revised == 1)
            let recorded = try #require(first.recordedAt)
            let now = try #require(try await targets(bench).first)
            let then = try #require(try await targets(bench, asOf: recorded).first)
            #expect((now.revision, now.value, now.printed) == (2, ExactDecimal(3200), "3200以上"))
            #expect((then.revision, then.value, then.printed) == (1, ExactDecimal(3100), "3100以上"))
            #expect(then.recordedAt == recorded)
            #expect(now.lineage != then.lineage)
            let before = Instant(microsecondsSince1970: recorded.microsecondsSince1970 - 1)
            #expect(try await targets(bench, asOf: before).isEmpty)
            // The first file again is the first batch again, and takes nothing back.
            #expect(try await bench.take(.targets, Self.header + Self.line()).id == first.id)
            #expect(try await targets(bench).first?.revision == 2)
        }
    }

    @Test("files that arrive at the same time make one batch each, and one revision after the other")
    func atOnce() async throws {
        try await Workbench.run { bench in
            try await loadPlans(bench)
            _ = try await bench.take(.targets, Self.header + Self.line())
            let batches = try await withThrowingTaskGroup(of: Batch.self) { group in
                for value in [3_200, 3_300, 3_400, 3_200, 3_300, 3_400] {
                    let text = Self.header + Self.line(value: "\(value)", printed: "\(value)以上")
                    group.addTask { try await bench.take(.targets, text) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(batches.map(\.id)).count == 3)
            #expect(Set(batches.map(\.receiptDigest)).count == 3)
            #expect(try await targets(bench).map(\.revision) == [4])
        }
    }

    @Test("a line put in above the others corrects none of them")
    func insertion() async throws {
        try await Workbench.run { bench in
            try await loadPlans(bench)
            _ = try await bench.take(.targets, Self.header + Self.line())
            let batch = try await bench.take(.targets, Self.header + Self.line(year: "2024") + Self.line())
            let receipt = try #require(batch.receipt)
            #expect((receipt.created, receipt.revised, receipt.unchanged) == (1, 0, 1))
        }
    }

    @Test("targets are read from the printed notation")
    func notation() async throws {
        try await Workbench.run { bench in
            try await bench.loadReference()
            let items = try await bench.pool.withConnection {
                try await TargetStore($0).list(.init(plan: "yuhang_original.fyp13"), ListQuestion(limit: 1_000)).items
            }
            #expect(items.count == 35)
            #expect(items.map(\.ordinal) == items.map(\.ordinal).sorted())
            let gdp = try #require(items.first)
            #expect(gdp.indicator == "yuhang_original.economy.gdp")
            #expect(gdp.value == ExactDecimal(1800))
            #expect(gdp.comparator == .equal)
            #expect(gdp.baseline == ExactDecimal("1278.61"))
            #expect(gdp.baselineYear == 2015)
            let bracketed = items.filter { $0.printed.hasPrefix("[") }.map(\.ordinal)
            #expect(bracketed.count == 9)
            #expect(items.filter(\.isCumulative).map(\.ordinal) == bracketed)
            let open = items.filter { $0.value == nil }
            #expect(open.map(\.printed) == ["-"])
            #expect(open.map(\.comparator) == [nil])
        }
    }

    @Test("every printed number agrees with the value beside it")
    func agreement() async throws {
        try await Workbench.run { bench in
            try await loadPlans(bench)
            let batch = try await bench.take(.targets, try Workbench.reference("indicators"))
            #expect(batch.conflicts.isEmpty)
        }
    }

    @Test("a value that the printed figure does not say is a warning")
    func disagreement() async throws {
        try await Workbench.run { bench in
            try await loadPlans(bench)
            let batch = try await bench.take(.targets, Self.header + Self.line(value: "3001"))
            #expect(batch.state == .committed)
            let conflict = try #require(batch.conflicts.first)
            #expect(conflict.code == .valueDiffersFromPrinted)
            #expect(conflict.severity == .warning)
            #expect(conflict.cell == "P2")
            #expect(conflict.given == "3001")
            #expect(conflict.nearest == ["3100"])
        }
    }

    @Test("a target that no plan covers names the plans of its scope")
    func missingPlan() async throws {
        try await Workbench.run { bench in
            try await loadPlans(bench)
            let batch = try await bench.take(.targets, Self.header + Self.line(year: "2030"))
            let conflict = try #require(batch.conflicts.first)
            #expect(batch.state == .refused)
            #expect(conflict.code == .planMissing)
            #expect(conflict.cell == "O2")
            #expect(conflict.given == "2030")
            #expect(conflict.nearest == ["yuhang.fyp14 (2021–2025)"])
        }
    }

    @Test("value and comparator go together")
    func comparator() async throws {
        try await Workbench.run { bench in
            try await loadPlans(bench)
            let text =
                Self.header + Self.line(comparator: "none") + Self.line(year: "2024", value: "", printed: "-")
                + Self.line(year: "2023", comparator: "=>") + Self.line(year: "2022", comparator: "")
            let batch = try await bench.take(.targets, text)
            #expect(batch.conflicts.map(\.code) == [.fieldInvalid, .fieldMissing, .fieldInvalid, .fieldMissing])
            #expect(batch.conflicts.map(\.cell) == ["Q2", "P3", "Q4", "Q5"])
            #expect(batch.receipt?.rejected == 4)
        }
    }
}
