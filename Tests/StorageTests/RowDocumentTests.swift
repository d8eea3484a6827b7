import DomainModel
import PostgresClient
import Storage
import TestSupport
import Testing

@Suite("rows as JSON")
struct RowDocumentTests {
    private static let document = RowDocument([
        .text("code"),
        .object("name", [.text("zh", "name_zh"), .text("en", "name_en")]),
        .decimal("area"),
        .integer("rank"),
        .boolean("open"),
        .text("note"),
    ])

    private struct Sample: Codable {
        var code: String
        var name: LocalizedText
        var area: ExactDecimal?
        var rank: Int64?
        var open: Bool?
        var note: String?
    }

    @Test("every text comes out as the encoder writes it, whatever it holds")
    func texts() async throws {
        // All of ASCII but NUL, which PostgreSQL cannot hold; the separators of JavaScript; the planes beyond the first.
        let texts =
            (1...0x7F).map { "a\(Character(UnicodeScalar(UInt8($0))))b" }
            + ["", "余杭区", "\u{2028}\u{2029}", "𠮷野家", "e\u{301}", "a/b", "\"\\\"", "\u{FEFF}", "👩‍👩‍👧"]
        try await withTestDatabase { pool in
            for text in texts {
                let sample = Sample(code: text, name: LocalizedText(zh: text, en: text), note: text)
                let row = try await pool.queryOne(
                    """
                    SELECT \(unescaped: Self.document.columns) FROM (
                        SELECT \(text)::text AS code, \(text)::text AS name_zh, \(text)::text AS name_en,
                            NULL::numeric AS area, NULL::integer AS rank, NULL::boolean AS open, \(text)::text AS note
                    ) AS sample
                    """
                )
                let bytes = try Self.document.bytes(#require(row))
                #expect(try String(decoding: bytes, as: UTF8.self) == CanonicalJSON.text(sample))
            }
        }
    }

    @Test("numbers keep their decimal places, and what is NULL is left out")
    func numbers() async throws {
        try await withTestDatabase { pool in
            for (area, rank, open) in [("390.50", 7, true), ("-0.066", -1, false), ("0", 0, true)] {
                let sample = Sample(
                    code: "c",
                    name: LocalizedText(zh: "z", en: "e"),
                    area: ExactDecimal(area),
                    rank: Int64(rank),
                    open: open
                )
                let row = try await pool.queryOne(
                    """
                    SELECT \(unescaped: Self.document.columns) FROM (
                        SELECT 'c'::text AS code, 'z'::text AS name_zh, 'e'::text AS name_en,
                            \(area)::text::numeric AS area, \(rank)::bigint AS rank, \(open) AS open,
                            NULL::text AS note
                    ) AS sample
                    """
                )
                let bytes = try Self.document.bytes(#require(row))
                #expect(try String(decoding: bytes, as: UTF8.self) == CanonicalJSON.text(sample))
            }
        }
    }

    @Test("a column of another type than declared is an error that names it")
    func mismatch() async throws {
        try await withTestDatabase { pool in
            let row = try #require(try await pool.queryOne("SELECT 1 AS code"))
            let error = #expect(throws: PostgresError.self) { try RowDocument([.text("code")]).bytes(row) }
            #expect(error?.code == .decoding)
            #expect(error?.column == "code")
        }
    }
}
