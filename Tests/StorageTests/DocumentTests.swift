import DomainModel
import PostgresClient
import Storage
import TestSupport
import Testing

/// What is served is written from rows; what is promised is the encoder's JSON of the record.
@Suite("records as bytes")
struct DocumentTests {
    /// All of ASCII but NUL, which PostgreSQL cannot hold; escapes at each place of a word of eight bytes; the separators
    /// of JavaScript; the planes beyond the first.
    private static let texts: [String] = {
        var texts = (1...0x7F).map { "a\(Character(UnicodeScalar(UInt8($0))))b" }
        for place in 0...16 {
            let before = String(repeating: "策", count: place / 3) + String(repeating: "x", count: place % 3)
            texts += ["\"", "\\", "\u{1F}", "\n", "\u{7F}", " ", "!", "#", "[", "]"].map { before + $0 + "地区 tail" }
            texts += ["\"", "\\", "\u{1}"].map { String(repeating: "y", count: place) + $0 }
        }
        return texts + ["", "余杭区", "\u{2028}\u{2029}", "𠮷野家", "e\u{301}", "a/b", "\"\\\"", "\u{FEFF}", "👩‍👩‍👧"]
    }()

    private static func regions() -> [Region] {
        texts.enumerated().map { place, text in
            Region(
                code: "r\(1_000 + place)",
                name: LocalizedText(zh: text, en: "\(text)/\(text)"),
                level: text,
                parent: place.isMultiple(of: 2) ? nil : "r1000",
                areaSquareKilometres: ["390.50", "0.000000000001", "7", nil][place % 4].flatMap { ExactDecimal($0) },
                roles: String(repeating: text, count: 20),
                focusIndustries: "",
                source: Source(file: text, locator: "§1")
            )
        }
    }

    private static func located<Record: Sendable>(_ records: [Record]) -> [Located<Record>] {
        records.map { Located($0, line: 2, row: 2) }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("a region is the encoder's JSON byte for byte, whatever its texts hold; so is a page of them")
    func regions() async throws {
        let regions = Self.regions()
        try await withTestDatabase { pool in
            _ = try await pool.withTransaction { try await RegionStore($0).merge(Self.located(regions), batch: 1) }
            let store = RegionStore(try pool.reader.scoped(to: [:]))
            for region in regions {
                let document = try #require(try await store.find(region.code))
                #expect(Self.text(document.bytes) == (try CanonicalJSON.text(region)))
                #expect(try document.record() == region)
            }
            let page = try await store.list(.init(), ListQuestion(limit: 50))
            #expect(Self.text(page.items) == (try CanonicalJSON.text(Array(regions[..<50]))))
            #expect(page.next == regions[49].code)
            let last = try await store.list(.init(), ListQuestion(after: regions[49].code, limit: 1_000))
            #expect(Self.text(last.items) == (try CanonicalJSON.text(Array(regions[50...]))))
            #expect(last.next == nil)
            let none = try await store.list(.init(level: "none"), ListQuestion(limit: 5))
            #expect(Self.text(none.items) == "[]")
        }
    }

    @Test("each other kind of record is the encoder's JSON too, with and without what may be absent")
    func others() async throws {
        let name = LocalizedText(zh: "名\"称", en: "na\\me")
        let source = Source(file: "f", locator: "l")
        let terms = [(nil, nil), ("t0", "2.1")].enumerated().map { place, optional in
            Classification(
                vocabulary: "v",
                code: "t\(place)",
                parent: optional.0,
                name: name,
                rank: optional.1,
                definition: "d",
                source: source
            )
        }
        let indicators = [nil, Indicator.Nature.binding].enumerated().map { place, nature in
            Indicator(
                code: "x\(place)",
                name: name,
                scope: "s",
                domain: "d",
                unit: "亿元",
                unitCode: "1e8 CNY",
                kind: .flow,
                aggregation: .latest,
                direction: .targetBand,
                nature: nature
            )
        }
        let plan = Plan(
            code: "x.fyp14",
            name: name,
            region: "r1000",
            scope: "s",
            baselineYear: 2020,
            startYear: 2021,
            endYear: 2025
        )
        try await withTestDatabase { pool in
            try await pool.withConnection { connection in
                _ = try await RegionStore(connection).merge(Self.located([Self.regions()[0]]), batch: 1)
                _ = try await ClassificationStore(connection).merge(Self.located(terms), batch: 1)
                _ = try await IndicatorStore(connection).merge(Self.located(indicators), batch: 1)
                _ = try await PlanStore(connection).merge(Self.located([plan]), batch: 1)

                let question = ListQuestion(limit: 9)
                let pages = [
                    try await ClassificationStore(connection).list(.init(), question).items,
                    try await IndicatorStore(connection).list(.init(), question).items,
                    try await PlanStore(connection).list(.init(), question).items,
                ]
                #expect(
                    try pages.map(Self.text) == [
                        CanonicalJSON.text(terms), CanonicalJSON.text(indicators), CanonicalJSON.text([plan]),
                    ]
                )
            }
        }
    }
}
