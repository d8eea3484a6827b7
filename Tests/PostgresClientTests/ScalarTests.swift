import FoundationEssentials
import PostgresClient
import TestSeeds
import TestSupport
import Testing

@Suite("Scalars at random, against what the server makes of their texts")
struct ScalarTests {
    /// Sends values in binary and their texts as texts; the server says whether they are the same, and sends both back.
    private static func check<T: PostgresEncodable & PostgresDecodable & Equatable>(
        _ values: [T],
        as type: String,
        _ text: (T) -> String
    ) async throws {
        let texts = values.map(text)
        try await withTestDatabase(migrated: false) { pool in
            let rows = try await pool.query(
                """
                SELECT sent, given::\(unescaped: type), sent IS NOT DISTINCT FROM given::\(unescaped: type)
                FROM unnest(\(values)) WITH ORDINALITY AS a (sent, n) JOIN unnest(\(texts)) WITH ORDINALITY AS b (given, n)
                USING (n) ORDER BY n
                """
            )
            #expect(rows.count == values.count)
            for (row, (value, text)) in zip(rows, zip(values, texts)) {
                let (returned, read, isSame) = try row.decode((T, T, Bool).self)
                #expect(returned == value && read == value && isSame, "\(type) \(text)")
            }
        }
    }

    private static func make<T>(_ generator: inout SeededGenerator, _ value: (inout SeededGenerator) -> T) -> [T] {
        (0..<300).map { _ in value(&generator) }
    }

    @Test("integers and booleans")
    func integers() async throws {
        var generator = SeededGenerator.announced()
        let small = Self.make(&generator) { Int16.random(in: .min ... .max, using: &$0) }
        let medium = Self.make(&generator) { Int32.random(in: .min ... .max, using: &$0) }
        let large = Self.make(&generator) { Int64.random(in: .min ... .max, using: &$0) }
        let truths = Self.make(&generator) { Bool.random(using: &$0) }
        try await Self.check(small + [.min, 0, .max], as: "int2", \.description)
        try await Self.check(medium + [.min, 0, .max], as: "int4", \.description)
        try await Self.check(large + [.min, 0, .max], as: "int8", \.description)
        try await Self.check(truths, as: "boolean", \.description)
    }

    @Test("floating-point numbers, to the last bit")
    func floats() async throws {
        var generator = SeededGenerator.announced()
        // Any bits but those of NaN, of which there are many and which equal nothing.
        let doubles = Self.make(&generator) { Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &$0)) }
        let floats = Self.make(&generator) { Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &$0)) }
        let oddDoubles = [0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity, .ulpOfOne]
        let oddFloats: [Float] = [0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity, -.infinity]
        func text(_ value: some BinaryFloatingPoint & CustomStringConvertible) -> String {
            value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : value.description
        }
        try await Self.check(doubles.filter { !$0.isNaN } + oddDoubles, as: "float8") { text($0) }
        try await Self.check(floats.filter { !$0.isNaN } + oddFloats, as: "float4") { text($0) }
        try await withTestDatabase(migrated: false) { pool in
            let row = try #require(try await pool.queryOne("SELECT \(Double.nan), \(Double.nan)::text, \(-0.0)::text"))
            let (nan, text, zero) = try row.decode((Double, String, String).self)
            #expect(nan.isNaN && text == "NaN" && zero == "-0")
        }
    }

    @Test("texts of every plane, bytes, and UUIDs")
    func texts() async throws {
        var generator = SeededGenerator.announced()
        func scalar(_ generator: inout SeededGenerator) -> Unicode.Scalar {
            let ceiling: UInt32 = [0x7F, 0x7FF, 0xFFFF, 0x10FFFF].randomElement(using: &generator) ?? 0x7F
            return Unicode.Scalar(UInt32.random(in: 1...ceiling, using: &generator)) ?? "\u{FFFD}"
        }
        let texts = Self.make(&generator) { generator in
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...20, using: &generator) {
                text.append(scalar(&generator))
            }
            return String(text)
        }
        let blobs = Self.make(&generator) { generator in
            (0..<Int.random(in: 0...40, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
        let identifiers = Self.make(&generator) { _ in UUID() }
        try await Self.check(texts, as: "text") { $0 }
        try await Self.check(blobs, as: "bytea") { bytes in
            "\\x" + bytes.map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }.joined()
        }
        try await Self.check(identifiers, as: "uuid", \.uuidString)
        // Equality of Swift's texts is by canonical equivalence; the server's lengths tell the bytes.
        try await withTestDatabase(migrated: false) { pool in
            let rows = try await pool.query(
                "SELECT t, octet_length(t) FROM unnest(\(texts)) WITH ORDINALITY AS a (t, n) ORDER BY n"
            )
            for (row, text) in zip(rows, texts) {
                let (returned, length) = try row.decode((String, Int).self)
                #expect(Array(returned.utf8) == Array(text.utf8) && length == text.utf8.count)
            }
        }
    }
}
