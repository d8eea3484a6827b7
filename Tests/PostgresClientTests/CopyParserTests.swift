import TestSeeds
import Testing

@testable import PostgresClient

/// The bytes of a binary COPY, made here: the server's arrive in whole rows, but nothing promises it.
@Suite("Cutting a binary COPY into rows")
struct CopyParserTests {
    private static let rows: [(Int?, String?)] = [(1, "a"), (nil, ""), (3, nil), (.max, "中文")]

    private static var bytes: [UInt8] {
        var buffer = PostgresBinaryBuffer()
        buffer.startCopy()
        for (number, text) in rows {
            buffer.startRow(columns: 2)
            buffer.append(number)
            buffer.append(text)
        }
        buffer.endCopy()
        return buffer.bytes
    }

    private static func parser() throws -> CopyRowParser {
        CopyRowParser(
            template: try RowBuilder.template(
                [.init(name: "n", typeOID: PostgresType.int8.oid), .init(name: "t", typeOID: PostgresType.text.oid)],
                query: "COPY"
            )
        )
    }

    private static func parse(_ chunks: [[UInt8]]) throws -> [(Int?, String?)] {
        var parser = try parser()
        var rows: [(Int?, String?)] = []
        for chunk in chunks {
            for row in try parser.rows(of: chunk) {
                rows.append(try row.decode((Int?, String?).self))
            }
        }
        try parser.finish()
        return rows
    }

    private static func isSame(_ rows: [(Int?, String?)]) -> Bool {
        rows.count == self.rows.count && zip(rows, self.rows).allSatisfy { $0 == $1 }
    }

    @Test("rows are the same wherever the stream is cut")
    func cuts() throws {
        let bytes = Self.bytes
        for first in 0...bytes.count {
            for second in stride(from: first, through: bytes.count, by: 7) {
                let chunks = [bytes[..<first], bytes[first..<second], bytes[second...]].map(Array.init)
                #expect(Self.isSame(try Self.parse(chunks)), "cut at \(first) and \(second)")
            }
        }
        #expect(Self.isSame(try Self.parse(bytes.map { [$0] })))
    }

    @Test("a stream that ends early, goes on after its end, or is no binary COPY is an error")
    func malformed() throws {
        let bytes = Self.bytes
        for count in 0..<bytes.count {
            #expect(throws: PostgresError.self, "\(count) bytes") { try Self.parse([Array(bytes[..<count])]) }
        }
        #expect(throws: PostgresError.self) { try Self.parse([bytes + [0]]) }
        #expect(throws: PostgresError.self) { try Self.parse([bytes, bytes]) }
        #expect(throws: PostgresError.self) { try Self.parse([Array("1\ta\n2\t\\N\n0123456789".utf8)]) }
        for (index, byte) in [(11, 0x01), (15, 0x80), (20, 0x03), (21, 0x80)] as [(Int, UInt8)] {
            var wrong = bytes
            // A critical flag, a negative extension, a third column, a length below -1.
            wrong[index] = byte
            #expect(throws: PostgresError.self, "byte \(index)") { try Self.parse([wrong]) }
        }
    }

    @Test("flipped bits are errors or other rows, and nothing worse")
    func noise() throws {
        var generator = SeededGenerator.announced()
        let bytes = Self.bytes
        var refused = 0
        for _ in 0..<2000 {
            var wrong = bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                wrong[Int.random(in: 0..<wrong.count, using: &generator)] ^=
                    1 << UInt8.random(in: 0..<8, using: &generator)
            }
            do {
                _ = try Self.parse([wrong])
            } catch let error as PostgresError {
                #expect(error.code == .decoding)
                refused += 1
            }
        }
        #expect(refused > 500)
    }
}
