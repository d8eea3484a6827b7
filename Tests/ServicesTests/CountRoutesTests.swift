import DomainModel
import Foundation
import PlatformClient
import PostgresClient
import Testing

/// Counting through the live service, and the way of its figures into the statistics.
@Suite("Counting for indicators", .timeLimit(.minutes(5)))
struct CountRoutesTests {
    private struct Firm: Encodable {
        var key: String
        var attributes: Attributes
    }

    private struct Saying: Encodable {
        var type: String
        var term: String
        var from: String
        var until: String?
    }

    private func make(_ key: String, in region: String, titled until: String?, _ client: PlatformClient) async throws {
        let firm = Firm(key: key, attributes: ["name_zh": .text("策源\(key)有限公司"), "region": .text(region)])
        _ = try await client.post("/v1/enterprises", body: firm, as: RegistryRecord.self)
        _ = try await client.post(
            "/v1/records/\(key)/statements",
            body: Saying(type: "title", term: "nhte", from: "2022-01-01", until: until),
            as: RegistryStatement.self
        )
    }

    @Test("a measure is counted with who was counted, and its figures become observations with a receipt")
    func count() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let client = try platform.client
            // The title of the third ends before the last day of the period.
            try await make("e1", in: "330110", titled: nil, client)
            try await make("e2", in: "corridor", titled: "2025-01-01", client)
            try await make("e3", in: "330110", titled: "2024-12-31", client)
            let order = CountOrder(measures: ["enterprise.nhte"], period: .year(2_024))
            let counted = try #require(
                try await client.post("/v1/counts", body: order, as: [CountedMeasure].self).first
            )
            let values = Dictionary(uniqueKeysWithValues: counted.values.map { ($0.region, $0.records) })
            #expect(values["330110"] == 1)
            #expect(values["CN"] == 2)
            #expect(try await client.get("/v1/counts/\(counted.tally.id)", as: CountedMeasure.self) == counted)
            let records = client.pages(
                "/v1/counts/\(counted.tally.id)/records",
                query: ["region": "CN", "limit": "1"],
                of: String.self
            )
            #expect(try await records.items() == ["e1", "e2"])

            let unknown = await #expect(throws: PlatformClientError.self) {
                let order = CountOrder(measures: ["lab.national", "enterprise.nthe"], period: .year(2_024))
                _ = try await client.post("/v1/counts", body: order, as: [CountedMeasure].self)
            }
            #expect(problem(unknown)?.code == "MEASURE_NOT_COUNTED")

            let all = try await client.post(
                "/v1/counts",
                body: CountOrder(period: .year(2_024)),
                as: [CountedMeasure].self
            )
            #expect(all.map(\.tally.measure) == CountingRule.standard.map(\.measure).sorted())
            #expect(all.first { $0.tally.measure == "enterprise.nhte" }?.values == counted.values)

            let submitted = try await Program.ceyuan(
                [
                    "count", "submit", "enterprise.nhte", "--period", "2024", "--dataset",
                    "corridor.planning_documents",
                    "--scope", "yuhang=330110", "--format", "json",
                ],
                on: platform
            )
            #expect(submitted.status == 0, "\(submitted.error)")
            let figures = try await platform.pool.query(
                """
                SELECT i.code || ' ' || o.value FROM statistics.observation o
                JOIN statistics.series s ON s.id = o.series_id JOIN statistics.indicator i ON i.id = s.indicator_id
                JOIN collection.batch b ON b.id = o.batch_id WHERE b.file_name = 'registry-2024.csv' ORDER BY 1
                """
            ).map { try $0.decode(String.self) }
            #expect(figures.contains("yuhang.enterprise.nhte 1"), "\(figures)")
        }
    }

    @Test("a figure leads to the counting, to who was counted, and to what is left of who was erased since")
    func lineage() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let people = try await TwoPeople(platform)
            for (key, name) in [("p", "林知远"), ("q", "王小明")] {
                try await people.talent(key, ["name_zh": .text(name)])
                _ = try await platform.client.post(
                    "/v1/records/\(key)/statements",
                    body: Presence(),
                    as: RegistryStatement.self
                )
            }
            // A dataset without a column for notes.
            let line = "count submit talent.total --period 2024 --dataset monthly.indicators --scope yuhang=330110"
            let submitted = try await Program.ceyuan(line.split(separator: " ").map(String.init), on: platform)
            #expect(submitted.status == 0, "\(submitted.error)")
            let page: Page<Observation> = try await platform.client.get(
                "/v1/observations",
                query: ["indicator": "yuhang.talent.total"]
            )
            let figure = try #require(page.items.first)
            let trace: LineageTrace = try await platform.client.get("/v1/lineage/\(figure.lineage)")
            let count = try #require(trace.origin?.count)
            let counted: CountedMeasure = try await platform.client.get("/v1/counts/\(count)")
            #expect(counted.tally.measure == "talent.total")
            #expect(counted.values.first { $0.region == "330110" }?.value == figure.value)

            let whole = try await Program.ceyuan(["trace", figure.lineage], on: platform)
            #expect(whole.output.contains("p  林知远") && whole.output.contains("q  王小明"), "\(whole)")
            let approval = try await people.approvedErasure(of: "p")
            let order = ApprovedOrder(approval: approval.number)
            _ = try await people.officer.post("/v1/records/p/erasure", body: order, as: Tombstone.self)
            let left = try await Program.ceyuan(["trace", figure.lineage], on: platform)
            #expect(left.output.contains("p  erased "), "\(left)")
            #expect(left.output.contains("on approval \(approval.number)"))
            #expect(left.output.contains("q  王小明") && !left.output.contains("林知远"))
        }
    }

    private struct Presence: Encodable {
        let type = "presence"
        let from = "2020-01-01"
    }
}
