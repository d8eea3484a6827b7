import Collection
import DomainModel
import PostgresClient
import Storage
import Testing

/// The facts of `deploy/reference`, all of which must load.
@Suite("reference files")
struct ReferenceFilesTests {
    /// Rows, created, duplicates of each file. Counted with Python's csv module.
    private static let expected: [(String, rows: Int64, created: Int64, duplicates: Int64)] = [
        ("reference.regions", 125, 125, 0),
        ("reference.classifications", 334, 334, 0),
        ("reference.indicators", 419, 410, 9),
        ("reference.plans", 9, 9, 0),
        ("reference.targets", 256, 256, 0),
        ("reference.datasets", 2, 2, 0),
    ]

    @Test("every record of every file is loaded and counted")
    func load() async throws {
        try await Workbench.run { bench in
            let batches = try await bench.loadReference()
            for (batch, expected) in zip(batches, Self.expected) {
                let receipt = try #require(batch.receipt)
                #expect(batch.state == .committed)
                #expect(batch.dataset == expected.0)
                #expect(receipt.rows == expected.rows)
                #expect(receipt.created == expected.created)
                #expect(receipt.duplicates == expected.duplicates)
                #expect(receipt.revised == 0)
                #expect(receipt.unchanged == 0)
                #expect(receipt.rejected == 0)
                #expect(receipt.conflicts.isEmpty, "\(batch.conflicts.map { "\($0.line ?? 0) \($0.given ?? "")" })")
                #expect(batch.recordedAt != nil)
            }
            let counts = try await bench.rowCounts()
            #expect(counts["registry.region"] == 125)
            #expect(counts["registry.classification"] == 334)
            #expect(counts["statistics.indicator"] == 410)
            #expect(counts["statistics.plan"] == 9)
            #expect(counts["statistics.target"] == 256)
            #expect(counts["statistics.dataset"] == 2)
            // indicators.csv is kept once, though two kinds of records came of it.
            #expect(try bench.files().count == 5)
        }
    }

    @Test("the same files again have no effect and the same receipts")
    func repetition() async throws {
        try await Workbench.run { bench in
            let first = try await bench.loadReference()
            let counts = try await bench.rowCounts()
            let second = try await bench.loadReference()
            #expect(first.map(\.id) == second.map(\.id))
            #expect(first.map(\.receiptDigest) == second.map(\.receiptDigest))
            #expect(first.map(\.recordedAt) == second.map(\.recordedAt))
            #expect(try await bench.rowCounts() == counts)
            #expect(try await bench.loadReference(rehearses: true).map(\.id) == first.map(\.id))
        }
    }

    @Test("the same records in other bytes are unchanged")
    func unchanged() async throws {
        try await Workbench.run { bench in
            try await bench.loadReference()
            let counts = try await bench.rowCounts()
            let regions = try await bench.take(.regions, try Workbench.reference("regions") + "\r\n")
            #expect(regions.receipt?.unchanged == 125)
            let targets = try await bench.take(.targets, try Workbench.reference("indicators") + "\r\n")
            #expect(targets.receipt?.unchanged == 256)
            #expect(targets.receipt?.created == 0)
            var expected = counts
            expected["collection.batch", default: 0] += 2
            // Each batch tells of its end.
            expected["outbox.pending", default: 0] += 2
            expected["outbox.subject", default: 0] += 2
            var found = try await bench.rowCounts()
            // One event for each batch, in whichever of the partitions; none for the records, which did not change.
            #expect(found["audit.event"] == (expected["audit.event"] ?? 0) + 2)
            for name in found.keys where name.hasPrefix("audit.event") { found[name] = expected[name] }
            #expect(found == expected)
        }
    }

    @Test("a rehearsal writes nothing and has the receipt of its commit")
    func rehearsal() async throws {
        try await Workbench.run { bench in
            let before = try await bench.rowCounts()
            let text = try Workbench.reference("regions")
            let rehearsed = try await bench.take(.regions, text, rehearses: true)
            #expect(rehearsed.state == .rehearsed)
            #expect(rehearsed.id == 0)
            #expect(rehearsed.recordedAt == nil)
            #expect(try await bench.rowCounts() == before)
            #expect(try bench.files().isEmpty)
            let committed = try await bench.take(.regions, text)
            #expect(committed.receipt == rehearsed.receipt)
            #expect(committed.receiptDigest == rehearsed.receiptDigest)
        }
    }

    @Test("a refused rehearsal lists every conflict and has the receipt of the refusal")
    func refusedRehearsal() async throws {
        try await Workbench.run { bench in
            let before = try await bench.rowCounts()
            var text =
                "code,name_zh,name_en,level,parent_code,area_km2,roles,focus_industries,source_file,source_locator\n"
            for index in 1...50 { text += "r\(index),名,name,city,nowhere,,,,f,l\n" }
            let rehearsed = try await bench.take(.regions, text, rehearses: true)
            #expect(rehearsed.receipt?.outcome == .refused)
            #expect(rehearsed.conflicts.count == 50)
            #expect(try await bench.rowCounts() == before)
            let refused = try await bench.take(.regions, text)
            #expect(refused.state == .refused)
            #expect(refused.receipt == rehearsed.receipt)
            let cells = rehearsed.conflicts.map(\.cell)
            #expect(refused.conflicts.map(\.cell) == Array(cells.prefix(BatchStore.embeddedConflicts)))
            let stored = try await bench.pool.withConnection {
                try await BatchStore($0).conflicts(of: refused.id, after: 0, limit: 100).map(\.1)
            }
            #expect(stored.map(\.cell) == cells)
            #expect(try await bench.rowCounts()["registry.region"] == 0)
        }
    }

    @Test("a file that was refused may come again when what it refers to is there")
    func secondTry() async throws {
        try await Workbench.run { bench in
            let plans = try Workbench.reference("plans")
            let refused = try await bench.take(.plans, plans)
            #expect(refused.state == .refused)
            #expect(refused.receipt?.rejected == 9)
            _ = try await bench.take(.regions, try Workbench.reference("regions"))
            let taken = try await bench.take(.plans, plans)
            #expect(taken.state == .committed)
            #expect(taken.receipt?.created == 9)
        }
    }

    @Test("changed records are revised, new ones created, others left to the batch that brought them")
    func revision() async throws {
        try await Workbench.run { bench in
            let first = try await bench.take(.regions, try Workbench.reference("regions"))
            let text = try Workbench.reference("regions").replacing("CN,中国,China,", with: "CN,中华人民共和国,China,")
            let second = try await bench.take(
                .regions,
                text + "new,新区,New area,cluster,CN,1.5,,,file,place\n"
            )
            let receipt = try #require(second.receipt)
            #expect((receipt.created, receipt.revised, receipt.unchanged) == (1, 1, 124))
            let batches = try await bench.pool.query(
                "SELECT batch_id, count(*) FROM registry.region GROUP BY 1 ORDER BY 1"
            ).map { try $0.decode((Int64, Int64).self) }
            #expect(batches.map(\.0) == [first.id, second.id])
            #expect(batches.map(\.1) == [124, 2])
        }
    }
}
