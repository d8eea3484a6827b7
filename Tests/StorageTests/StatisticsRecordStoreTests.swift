import DomainModel
import PostgresClient
import Storage
import TestSupport
import Testing

@Suite("repositories of indicators, plans, targets and datasets")
struct StatisticsRecordStoreTests {
    private static let indicator = Indicator(
        code: "x.gdp",
        name: LocalizedText(zh: "生产总值", en: "GDP"),
        scope: "x",
        domain: "economy",
        unit: "亿元",
        unitCode: "1e8 CNY",
        kind: .flow,
        aggregation: .cumulative,
        direction: .targetBand,
        nature: nil
    )

    private static let plan = Plan(
        code: "x.fyp14",
        name: LocalizedText(zh: "规划", en: "Plan"),
        region: "r",
        scope: "x",
        baselineYear: 2020,
        startYear: 2021,
        endYear: 2025
    )

    private static func target(
        _ value: String?,
        comparator: Comparator? = .atLeast,
        year: Int = 2025,
        ordinal: Int = 1
    ) -> Located<Target> {
        Located(
            Target(
                lineage: nil,
                plan: "x.fyp14",
                indicator: "x.gdp",
                baselineYear: 2020,
                baseline: ExactDecimal("646.80"),
                baselinePrinted: "646.80",
                year: year,
                value: value.flatMap { ExactDecimal($0) },
                comparator: comparator,
                isCumulative: false,
                printed: value ?? "-",
                growthPrinted: "",
                ordinal: ordinal,
                source: Source(file: "f", locator: "l"),
                note: "",
                revision: 1,
                recordedAt: nil
            ),
            line: 7,
            row: 7
        )
    }

    /// Merges targets as one committed batch and answers with its instant.
    private func merge(
        _ targets: [Located<Target>],
        _ connection: PostgresConnection
    ) async throws -> (MergeCounts, Instant) {
        let count = try await connection.query("SELECT id FROM collection.batch").count
        let digits = String(count)
        let sha256 = String(repeating: "0", count: 64 - digits.count) + digits
        let row = try await connection.queryOne(
            """
            INSERT INTO collection.batch
                (dataset, file_name, sha256, bytes, media_type, mode, submitter, state, recorded_at, receipt)
            VALUES ('reference.targets', 'f', \(sha256), 1, 'text/csv', 'atomic', '', 'committed', clock_timestamp(), '{}')
            RETURNING id, recorded_at
            """
        )
        let (id, recordedAt) = try #require(row).decode((Int64, PostgresTimestamp).self)
        return (try await TargetStore(connection).merge(targets, batch: id), Instant(recordedAt))
    }

    private func prepare(_ connection: PostgresConnection) async throws {
        _ = try await RegionStore(connection).merge([RegistryStoreTests.region("r")], batch: 1)
        _ = try await IndicatorStore(connection).merge([Located(Self.indicator, line: 2, row: 2)], batch: 1)
        _ = try await PlanStore(connection).merge([Located(Self.plan, line: 2, row: 2)], batch: 1)
    }

    @Test("indicators and plans come back as they were written")
    func roundTrip() async throws {
        try await withTestDatabase { pool in
            try await pool.withConnection { connection in
                try await prepare(connection)
                #expect(try await IndicatorStore(connection).find("x.gdp")?.record() == Self.indicator)
                #expect(
                    try await IndicatorStore(connection).list(
                        .init(scope: "x", domain: "economy"),
                        ListQuestion(limit: 5)
                    )
                    .records().items == [Self.indicator]
                )
                #expect(
                    try await IndicatorStore(connection).list(.init(scope: "y"), ListQuestion(limit: 5)).records().items
                        == []
                )
                #expect(try await PlanStore(connection).find("x.fyp14")?.record() == Self.plan)
                #expect(
                    try await PlanStore(connection).list(.init(region: "r", scope: "x"), ListQuestion(limit: 5))
                        .records().items
                        == [Self.plan]
                )
                #expect(
                    try await PlanStore(connection).list(.init(scope: "y"), ListQuestion(limit: 5)).records().items
                        == []
                )
            }
        }
    }

    @Test("datasets keep the names of their columns and their revision mark")
    func datasets() async throws {
        try await withTestDatabase { pool in
            try await pool.withConnection { connection in
                let dataset = Dataset(
                    code: "d",
                    name: LocalizedText(zh: "数据", en: "Data"),
                    provider: "统计局",
                    allowsPartial: true,
                    columns: .init(
                        indicator: "指标",
                        region: "region",
                        period: "period",
                        value: "value",
                        basis: "basis",
                        kept: ["file"]
                    ),
                    revisionMark: ", revised"
                )
                let store = DatasetStore(connection)
                let counts = try await store.merge([Located(dataset, line: 2, row: 2)], batch: 1)
                #expect(counts == MergeCounts(created: 1, revised: 0))
                #expect(
                    try await store.merge([Located(dataset, line: 9, row: 9)], batch: 2)
                        == MergeCounts(created: 0, revised: 0)
                )
                #expect(try await store.find("d") == dataset)
                #expect(try await store.list(provider: "统计局", ListQuestion(limit: 5)).items == [dataset])
                #expect(try await store.list(provider: "else", ListQuestion(limit: 5)).items == [])
            }
        }
    }

    @Test("a corrected target is a new revision, and each instant answers what was known then")
    func revisions() async throws {
        try await withTestDatabase { pool in
            try await pool.withTransaction { connection in
                try await prepare(connection)
                let (first, then) = try await merge([Self.target("3100")], connection)
                #expect(first == MergeCounts(created: 1, revised: 0))
                #expect(try await merge([Self.target("3100.0", ordinal: 5)], connection).0.revised == 1)
                #expect(
                    try await merge([Self.target("3100.0", ordinal: 9)], connection).0
                        == MergeCounts(created: 0, revised: 0)
                )
                #expect(try await merge([Self.target(nil, comparator: nil)], connection).0.revised == 1)

                let store = TargetStore(connection)
                let now = try #require(try await store.list(.init(plan: "x.fyp14"), ListQuestion(limit: 5)).items.first)
                #expect((now.revision, now.value, now.comparator) == (3, nil, nil))
                let known = try await store.list(.init(indicator: "x.gdp", asOf: then), ListQuestion(limit: 5)).items
                #expect(known.map(\.revision) == [1])
                #expect(known.first?.value == ExactDecimal(3100))
                #expect(known.first?.comparator == .atLeast)
                #expect(known.first?.baseline?.description == "646.80")
                #expect(known.first?.recordedAt == then)

                let code = try #require(known.first?.lineage.flatMap { LineageCode($0) })
                guard case .target(let id) = code else {
                    Issue.record("\(code) is no target")
                    return
                }
                let entry = try #require(try await store.find(id))
                #expect(entry.target == known.first)
                #expect(entry.line == 7)
            }
        }
    }

    @Test("targets are listed in the order of their plan, page by page")
    func pages() async throws {
        try await withTestDatabase { pool in
            try await pool.withTransaction { connection in
                try await prepare(connection)
                let targets = (1...5).map { Self.target("1", year: 2020 + $0, ordinal: 6 - $0) }
                _ = try await merge(targets, connection)
                let store = TargetStore(connection)
                var years: [Int] = []
                var after: String?
                repeat {
                    let page = try await store.list(.init(), ListQuestion(after: after, limit: 2))
                    years += page.items.map(\.year)
                    after = page.next
                } while after != nil
                #expect(years == [2025, 2024, 2023, 2022, 2021])
            }
        }
    }
}
