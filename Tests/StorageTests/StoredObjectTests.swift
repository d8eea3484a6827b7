import DomainModel
import PostgresClient
import TestSupport
import Testing

@testable import Storage

/// What jsonb prints is read and copied without a tree; the decoder and the encoder say what is right.
@Suite("attributes as jsonb prints them")
struct StoredObjectTests {
    private static let texts: [String] = {
        let plain = (1...0x7F).map { "a\(Character(UnicodeScalar(UInt8($0))))b" }
        return plain + [
            "", "\"", "\\", "\\\"", "a/b", "林知远", "𠮷野家", "\u{2028}", "e\u{301}", "], \"x\": 1}", "{", "[1, 2]",
        ]
    }()

    private static let objects: [Attributes] =
        texts.map { ["text": .text($0), "b": .list([.text($0), .text("x"), .text($0)])] } + [
            [:], ["n": .integer(0)], ["n": .integer(-7), "nn": .integer(999_999_999_999_999_999)],
            ["yes": .boolean(true), "no": .boolean(false), "none": .list([])],
            ["list": .list([.integer(1), .boolean(true), .text("z")]), "longer_name": .text("y"), "a": .text("x")],
        ]

    /// What the database prints of each text.
    private static func printed(_ texts: [String], _ pool: PostgresPool) async throws -> [String] {
        try await pool.query(
            "SELECT j::jsonb::text FROM unnest(\(texts)::text[]) WITH ORDINALITY AS t (j, n) ORDER BY n"
        ).map { try $0.decode(String.self) }
    }

    private static func canonical(_ printed: String, without hidden: [String] = []) -> String? {
        var (text, bytes) = (printed, [UInt8]())
        let isRead = text.withUTF8 { utf8 -> Bool in
            guard let object = StoredObject(UnsafeRawBufferPointer(utf8)) else { return false }
            object.append(to: &bytes, without: hidden.map { Array($0.utf8) })
            return true
        }
        return isRead ? String(decoding: bytes, as: UTF8.self) : nil
    }

    @Test("values come back, and the copy is the encoder's text")
    func copies() async throws {
        try await withTestDatabase { pool in
            let texts = try Self.objects.map { try CanonicalJSON.text($0) }
            let printed = try await Self.printed(texts, pool)
            for (place, object) in Self.objects.enumerated() {
                #expect(try Attributes.stored(printed[place]) == object, "\(printed[place])")
                #expect(Self.canonical(printed[place]) == texts[place], "\(printed[place])")
            }
            let hidden = Self.canonical(#"{"a": 1, "bb": "x", "ccc": [true, false]}"#, without: ["bb", "none"])
            #expect(hidden == #"{"a":1,"ccc":[true,false]}"#)
        }
    }

    @Test("what is no value of a field is left to the decoder, which says what is wrong with it")
    func strangers() async throws {
        let texts = [
            #"{"a": {"b": 1}}"#, #"{"a": null}"#, #"{"a": 1.5}"#, #"{"a": [[1.5]]}"#, #"{"a": [{}]}"#, "[]", "7",
            #"{"a": 12345678901234567890}"#,
        ]
        try await withTestDatabase { pool in
            for text in try await Self.printed(texts, pool) {
                #expect(Self.canonical(text) == nil, "\(text)")
                #expect(throws: DecodingError.self, "\(text)") { try Attributes.stored(text) }
            }
        }
        for text in ["", "{", #"{"a"#, #"{"a": "#, #"{"a": "x"#, #"{"a": "x\"#, #"{"a": [1, "#, #"{"a": 1, }"#] {
            #expect(Self.canonical(text) == nil, "\(text)")
        }
        // Escaped names are no fields of ours, yet right.
        #expect(Self.canonical(#"{"a\"b": 1}"#) == nil)
        #expect(try Attributes.stored(#"{"a\"b": 1}"#) == ["a\"b": .integer(1)])
    }
}
