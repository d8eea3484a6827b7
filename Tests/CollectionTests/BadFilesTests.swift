import Collection
import DomainModel
import PostgresClient
import Testing

/// Each kind of fault has its code, its cell, what was given and what was expected.
@Suite("bad files of records")
struct BadFilesTests {
    private static let header =
        "code,name_zh,name_en,level,parent_code,area_km2,roles,focus_industries,source_file,source_locator\n"
    private static let good = "a,甲,A,city,,,,,f,l\n"

    private func refuse(_ text: String) async throws -> [Conflict] {
        try await refuse(Array(text.utf8))
    }

    private func refuse(_ bytes: [UInt8]) async throws -> [Conflict] {
        try await Workbench.run { bench in
            let before = try await bench.rowCounts()
            let batch = try await bench.take(.regions, bytes)
            #expect(batch.state == .refused)
            #expect(batch.receipt?.rejected == batch.receipt?.rows)
            #expect(try await bench.rowCounts()["registry.region"] == before["registry.region"])
            return batch.conflicts
        }
    }

    @Test("a missing column is named, with the column that is probably meant")
    func missingColumn() async throws {
        let conflicts = try await refuse(Self.header.replacing("level", with: "levle") + Self.good)
        #expect(conflicts.map(\.code) == [.columnMissing, .columnUnknown])
        let missing = try #require(conflicts.first)
        #expect(missing.field == "level")
        #expect(missing.line == 1)
        #expect(missing.nearest == ["levle"])
        #expect(conflicts.last?.cell == "D1")
        #expect(conflicts.last?.given == "levle")
        #expect(conflicts.last?.nearest == ["level"])
    }

    @Test("an extra column is refused")
    func extraColumn() async throws {
        let conflicts = try await refuse(
            "code,population," + Self.header.dropFirst(5) + "a,12,甲,A,city,,,,,f,l\n"
        )
        #expect(conflicts.map(\.code) == [.columnUnknown])
        #expect(conflicts.first?.cell == "B1")
        #expect(conflicts.first?.given == "population")
    }

    @Test("a key that stands twice with other content is refused at its cell")
    func duplicateOther() async throws {
        let conflicts = try await refuse(Self.header + Self.good + "a,甲,B,city,,,,,f,l\n")
        #expect(conflicts.map(\.code) == [.recordDuplicate])
        let conflict = try #require(conflicts.first)
        #expect(conflict.line == 3)
        #expect(conflict.cell == "A3")
        #expect(conflict.given == "a")
        #expect(conflict.expected.en.contains("line 2"))
    }

    @Test("a row that stands twice is a warning and a duplicate")
    func duplicateSame() async throws {
        try await Workbench.run { bench in
            let batch = try await bench.take(.regions, Self.header + Self.good + Self.good)
            let receipt = try #require(batch.receipt)
            #expect(batch.state == .committed)
            #expect((receipt.rows, receipt.created, receipt.duplicates) == (2, 1, 1))
            #expect(batch.conflicts.map(\.code) == [.duplicateSame])
            #expect(batch.conflicts.first?.cell == "A3")
        }
    }

    @Test("an unknown reference has the nearest codes")
    func unknownReference() async throws {
        try await Workbench.run { bench in
            _ = try await bench.take(.regions, try Workbench.reference("regions"))
            let batch = try await bench.take(.regions, Self.header + "x,甲,X,city,corridor.futrue,,,,f,l\n")
            #expect(batch.state == .refused)
            let conflict = try #require(batch.conflicts.first)
            #expect(conflict.code == .referenceUnknown)
            #expect(conflict.cell == "E2")
            #expect(conflict.field == "parent_code")
            #expect(conflict.given == "corridor.futrue")
            #expect(conflict.nearest.first == "corridor.future")
        }
    }

    @Test("a row that cannot be read is not held against those that refer to it")
    func noFollowUp() async throws {
        let conflicts = try await refuse(
            Self.header + "a,甲,A,city,,many,,,f,l\n" + "b,乙,B,city,a,,,,f,l\n"
        )
        #expect(conflicts.map(\.code) == [.valueNotNumber])
    }

    @Test("records that are above themselves are refused")
    func circle() async throws {
        let conflicts = try await refuse(
            Self.header + "a,甲,A,city,b,,,,f,l\n" + "b,乙,B,city,a,,,,f,l\n" + "c,丙,C,city,a,,,,f,l\n"
        )
        #expect(conflicts.map(\.code) == [.fieldInvalid, .fieldInvalid])
        #expect(conflicts.map(\.cell) == ["E2", "E3"])
        #expect(conflicts.first?.expected.en.contains("a → b → a") == true)
    }

    @Test("a value outside of an enumeration has the allowed ones")
    func wrongChoice() async throws {
        try await Workbench.run { bench in
            let batch = try await bench.take(
                .indicators,
                """
                code,name_zh,name_en,scope,domain,unit_zh,unit_ucum_or_en,kind,aggregation,direction,nature
                x.gdp,生产总值,GDP,x,economy,亿元,1e8 CNY,flwo,cumulative,up,
                """
            )
            #expect(batch.conflicts.map(\.code) == [.fieldInvalid, .fieldInvalid])
            #expect(batch.conflicts.map(\.cell) == ["H2", "J2"])
            #expect(batch.conflicts.first?.given == "flwo")
            #expect(batch.conflicts.first?.expected.en == "one of flow, stock, ratio, index")
            #expect(batch.conflicts.first?.nearest == ["flow"])
        }
    }

    @Test("rows with one code must define it alike")
    func contradiction() async throws {
        try await Workbench.run { bench in
            let batch = try await bench.take(
                .indicators,
                """
                code,name_zh,name_en,scope,domain,unit_zh,unit_ucum_or_en,kind,aggregation,direction,nature
                x.gdp,生产总值,GDP,x,economy,亿元,1e8 CNY,flow,cumulative,higher,
                x.gdp,生产总值,GDP,x,economy,万元,1e8 CNY,flow,cumulative,higher,
                """
            )
            let conflict = try #require(batch.conflicts.first)
            #expect(batch.state == .refused)
            #expect(conflict.code == .definitionContradicts)
            #expect(conflict.cell == "F3")
            #expect(conflict.given == "万元")
            #expect(conflict.expected.en == "as in line 2: “亿元”")
        }
    }

    @Test(
        "what is no number, or has too many digits, is refused",
        arguments: [
            ("3,4l", ConflictCode.valueNotNumber), ("12345678901234567890123456", .valueOutOfRange),
            ("0.1234567890123", .valueOutOfRange), ("-3", .fieldInvalid), ("1e5", .valueNotNumber),
        ]
    )
    func badNumber(_ text: String, _ code: ConflictCode) async throws {
        let conflicts = try await refuse(Self.header + "a,甲,A,city,,\"\(text)\",,,f,l\n")
        #expect(conflicts.map(\.code) == [code])
        #expect(conflicts.first?.cell == "F2")
        #expect(conflicts.first?.given == text)
    }

    @Test("an empty required cell is refused")
    func missingField() async throws {
        let conflicts = try await refuse(Self.header + "a,甲,,city,,,,,f,l\n")
        #expect(conflicts.map(\.code) == [.fieldMissing])
        #expect(conflicts.first?.cell == "C2")
    }

    @Test("an empty file, and a file with a header only")
    func empty() async throws {
        #expect(try await refuse("").map(\.code) == [.fileEmpty])
        #expect(try await refuse(Self.header).map(\.code) == [.fileNoRows])
    }

    @Test("bytes that are no text")
    func encoding() async throws {
        let bytes = Array((Self.header + "a,").utf8) + [0xFF, 0xFE, 0x80] + Array(",A,city,,,,,f,l\n".utf8)
        let conflicts = try await refuse(bytes)
        #expect(conflicts.map(\.code).contains(.fileEncodingInvalid))
    }

    @Test("a file in GB18030 is read")
    func gb18030() async throws {
        try await Workbench.run { bench in
            // 甲 is BC D7 in GB18030.
            let bytes = Array((Self.header + "a,").utf8) + [0xBC, 0xD7] + Array(",A,city,,,,,f,l\n".utf8)
            let batch = try await bench.take(.regions, bytes, type: "text/csv; charset=gb18030")
            #expect(batch.state == .committed)
            let name = try await bench.pool.queryOne("SELECT name_zh FROM registry.region")?.decode(String.self)
            #expect(name == "甲")
        }
    }

    @Test("a quote that is never closed")
    func unclosedQuote() async throws {
        let conflicts = try await refuse(Self.header + Self.good + "b,\"乙,B,city,,,,,f,l\n")
        #expect(conflicts.first?.code == .csvQuoteUnclosed)
        #expect(conflicts.first?.line == 3)
    }

    @Test("a row with too few and one with too many cells")
    func cells() async throws {
        let conflicts = try await refuse(Self.header + "a,甲\n" + "b,乙,B,city,,,,,f,l,more\n")
        #expect(conflicts.map(\.code) == [.rowCellMissing, .rowCellExtra])
        #expect(conflicts.map(\.line) == [2, 3])
    }

    @Test("plans of a scope that share a year")
    func overlappingPlans() async throws {
        try await Workbench.run { bench in
            _ = try await bench.take(.regions, try Workbench.reference("regions"))
            _ = try await bench.take(.plans, try Workbench.reference("plans"))
            let batch = try await bench.take(
                .plans,
                """
                code,name_zh,name_en,region_code,scope,baseline_year,start_year,end_year
                x,计划,Plan,330110,yuhang,2019,2024,2030
                y,计划,Plan,330110,other,2025,2024,2023
                """
            )
            #expect(batch.conflicts.map(\.code) == [.fieldInvalid, .fieldInvalid, .fieldInvalid])
            #expect(batch.conflicts.map(\.cell) == ["G2", "F3", "H3"])
            #expect(batch.conflicts.first?.expected.en.contains("yuhang.fyp14 (2021–2025)") == true)
        }
    }

    @Test("a dataset that reads one column as two things")
    func repeatedColumn() async throws {
        try await Workbench.run { bench in
            let text = try Workbench.reference("datasets").replacing(
                "indicator,region,period,value,",
                with: "indicator,region,value,value,"
            )
            let batch = try await bench.take(.datasets, text)
            #expect(batch.conflicts.map(\.code) == [.fieldInvalid])
            #expect(batch.conflicts.first?.field == "column_value")
        }
    }
}
