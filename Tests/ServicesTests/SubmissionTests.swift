import DomainModel
import Foundation
import PlatformClient
import Testing

@Suite("Submitting observations", .timeLimit(.minutes(10)))
struct SubmissionTests {
    @Test("the real observations load: 177 values, one revision, 57 figures without a period refused one by one")
    func realObservations() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let batch = try await platform.submit(ReferenceData.file("observations.csv"))
            #expect(batch.state == .committed)
            let receipt = try #require(batch.receipt)
            // 235 rows under the header; 57 print no date; one is the census revision of the 2015 GDP.
            #expect(receipt.rows == 235)
            #expect(receipt.created == 177)
            #expect(receipt.revised == 1)
            #expect(receipt.unchanged == 0)
            #expect(receipt.rejected == 57)
            #expect(receipt.outcome == .acceptedInPart)
            #expect(receipt.conflicts.first { $0.code == .periodMissing }?.count == 57)
            let first = try #require(batch.conflicts.first)
            #expect(first.code == .periodMissing)
            #expect(first.field == "period")
            #expect(first.line == 126)
            #expect(first.cell == "C126")
        }
    }

    @Test("the GDP of 2015 answers as printed and as revised by the economic census")
    func originalAndRevision() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            _ = try await platform.submit(ReferenceData.file("observations.csv"))
            let gdp = "yuhang_original.economy.gdp"
            let current: Page<Observation> = try await platform.client.get(
                "/v1/observations",
                query: ["indicator": gdp, "period": "2015"]
            )
            #expect(current.items.map(\.value) == [ExactDecimal("1480.15")])
            #expect(current.items.first?.printed == "1480.15亿元")
            let all: Page<Observation> = try await platform.client.get(
                "/v1/observations",
                query: ["indicator": gdp, "period": "2015", "history": "true"]
            )
            #expect(all.items.map(\.value) == [ExactDecimal("1278.61"), ExactDecimal("1480.15")])
            #expect(all.items.map(\.revision) == [1, 2])
            #expect(all.items.map(\.line) == [2, 5])
        }
    }

    @Test("the same file again has no effect and gets the same receipt")
    func sameFileAgain() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let first = try await platform.submit(ReferenceData.file("observations.csv"))
            let before = try await platform.rowCounts()
            let second = try await platform.submit(ReferenceData.file("observations.csv"))
            #expect(second == first)
            #expect(try await platform.rowCounts() == before)
        }
    }

    @Test("loaded bytes judged anew say nothing new, also for a value and its revision")
    func reevaluation() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let first = try await platform.submit(ReferenceData.file("observations.csv"))
            let second = try await platform.submit(
                ReferenceData.file("observations.csv"),
                options: ["reevaluate": "true"]
            )
            #expect(second.id != first.id)
            #expect(second.receipt?.created == 0)
            #expect(second.receipt?.revised == 0)
            #expect(second.receipt?.unchanged == 178)
        }
    }

    @Test("a rehearsal writes nothing and has the receipt of its commit", arguments: [Batch.Mode.partial, .atomic])
    func rehearsal(mode: Batch.Mode) async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let file = try platform.write("mixed.csv", Self.mixed)
            let before = try await platform.rowCounts()
            let rehearsal = try await platform.submit(file, mode: mode, options: ["rehearse": "true"])
            #expect(rehearsal.state == .rehearsed)
            #expect(rehearsal.id == 0)
            #expect(try await platform.rowCounts() == before)
            let kept = FileManager.default.enumerator(atPath: platform.home.appending(path: "data").path)?
                .compactMap { $0 as? String }.filter { $0.hasPrefix("incoming") }
            #expect(kept?.isEmpty == true)

            let digest = try #require(rehearsal.receiptDigest)
            let commit = try await platform.submit(file, mode: mode, options: ["expect": digest])
            #expect(commit.receipt == rehearsal.receipt)
            #expect(commit.receiptDigest == digest)
            #expect(commit.conflicts == Array(rehearsal.conflicts.prefix(commit.conflicts.count)))
            #expect(commit.state == (mode == .partial ? .committed : .refused))
        }
    }

    @Test("a commit whose receipt is not the rehearsed one is refused and loads nothing")
    func otherReceipt() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let file = try platform.write("one.csv", Self.header + "yuhang.economy.gdp,330110,2021,2500,,,,,,\n")
            let before = try await platform.rowCounts()["statistics.observation"]
            let digest = String(repeating: "0", count: 64)
            let batch = try await platform.submit(file, options: ["expect": digest])
            #expect(batch.state == .refused)
            #expect(batch.failure?.hasPrefix("RECEIPT_DIFFERS") == true)
            #expect(try await platform.rowCounts()["statistics.observation"] == before)
        }
    }

    @Test("atomic mode loads nothing when one row is wrong; partial mode loads the others")
    func atomicAndPartial() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let file = try platform.write("mixed.csv", Self.mixed)
            let atomic = try await platform.submit(file, mode: .atomic)
            #expect(atomic.state == .refused)
            #expect(atomic.receipt?.created == 0)
            #expect(try await platform.rowCounts()["statistics.observation"] == 0)
            let partial = try await platform.submit(file, mode: .partial)
            #expect(partial.state == .committed)
            #expect(partial.receipt?.created == 2)
            #expect(partial.receipt?.rejected == 2)
        }
    }

    @Test("a correction supersedes, and the old value answers as of before it")
    func asOf() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            let row = "yuhang.economy.gdp,330110,2021,"
            let first = try await platform.submit(
                try platform.write("first.csv", Self.header + row + "2500,,,,,,\n")
            )
            let second = try await platform.submit(
                try platform.write("second.csv", Self.header + row + "2510.5,,,,,,\n")
            )
            #expect(second.receipt?.revised == 1)
            let then = try #require(first.recordedAt)
            let now = try #require(second.recordedAt)
            for (instant, value) in [(then, "2500"), (now, "2510.5")] {
                let page: Page<Observation> = try await platform.client.get(
                    "/v1/observations",
                    query: ["indicator": "yuhang.economy.gdp", "asOf": instant.description]
                )
                #expect(page.items.map { $0.value?.description } == [value])
            }
        }
    }

    @Test("a code on a report leads to the row and cell of the file it came from")
    func lineage() async throws {
        try await LivePlatform.runWithReferenceData { platform in
            _ = try await platform.submit(ReferenceData.file("observations.csv"))
            let page: Page<Observation> = try await platform.client.get(
                "/v1/observations",
                query: ["indicator": "yuhang_original.ecology.energy_intensity_cut"]
            )
            let observation = try #require(page.items.first { $0.period == .year(2019) })
            #expect(observation.isCumulative)
            #expect(observation.printed == "[15.2]*")
            let trace: LineageTrace = try await platform.client.get("/v1/lineage/\(observation.lineage)")
            let origin = try #require(trace.origin)
            #expect(origin.fileName == "observations.csv")
            #expect(origin.line == observation.line)
            #expect(origin.cell == "E\(origin.row)")
            #expect(origin.cells.first { $0.field == "value_raw" }?.text == "[15.2]*")
            #expect(origin.cells.first { $0.field == "source_locator" }?.text == "表1 row 24 2020年完成")
        }
    }

    static let header = "indicator_code,region,period,value,value_raw,unit,basis,footnote,source_file,source_locator\n"
    private static let mixed =
        header + """
            yuhang.economy.gdp,330110,2021,2500,,,,,,
            yuhang.economy.gdq,330110,2021,2500,,,,,,
            yuhang.economy.gdp,330110,2022,2700.10,,亿元,,,,
            yuhang.economy.gdp,330110,2023,many,,,,,,

            """
}
