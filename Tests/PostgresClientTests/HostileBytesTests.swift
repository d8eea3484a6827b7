import FoundationEssentials
import TestSeeds
import Testing

@testable import PostgresClient

/// What no server sends: a decoder must answer with an error, and read nothing beyond the value.
@Suite("Hostile bytes")
struct HostileBytesTests {
    private static func row(_ type: UInt32, _ bytes: [UInt8]) throws -> PostgresRow {
        let template = try RowBuilder.template(
            [.init(name: "given", typeOID: type)],
            query: "/* test.hostile */ SELECT"
        )
        var builder = try RowBuilder(like: template)
        builder.startRow()
        // A byte more, so that there is an address even for no bytes.
        try (bytes + [0]).withUnsafeBytes {
            try builder.set(0, to: UnsafeRawBufferPointer(rebasing: $0[..<bytes.count]))
        }
        return try #require(builder.finish().first)
    }

    private static func bytes(of value: some PostgresEncodable) -> [UInt8] {
        var buffer = PostgresBinaryBuffer()
        value.encode(into: &buffer)
        return buffer.bytes
    }

    /// A type, the bytes of a value of it, and how it is read.
    private struct Subject: Sendable {
        let type: PostgresType
        let bytes: [UInt8]
        let decode: @Sendable (PostgresRow) throws -> Void

        init<T: PostgresEncodable & PostgresDecodable>(_ value: T) {
            type = T.postgresType
            bytes = HostileBytesTests.bytes(of: value)
            decode = { _ = try $0.decode(T.self) }
        }
    }

    private static var subjects: [Subject] {
        let day = PostgresDate(daysSince2000: 3)
        return [
            Subject(true), Subject(Int16(3)), Subject(Int32(3)), Subject(3), Subject(Float(3)), Subject(3.5),
            Subject(PostgresNumeric(mantissa: 1234_5678, scale: 3)), Subject(UUID()), Subject(day),
            Subject(PostgresTimestamp(microsecondsSince1970: 3)), Subject(PostgresInterval(days: 3)),
            Subject(PostgresLSN(position: 3)), Subject(PostgresJSONB(Array("{}".utf8))),
            Subject(PostgresRange(from: day, upTo: nil)), Subject(PostgresRange(from: 1, through: 2)),
            Subject([PostgresRange(from: 1, upTo: 2), PostgresRange(from: 3, upTo: 4)] as PostgresMultirange),
            Subject([1, nil, 3] as [Int?]), Subject(["a", nil] as [String?]), Subject([[1], [2]] as [[UInt8]]),
            Subject([PostgresRange(from: 1, upTo: 2)]),
        ]
    }

    @Test("a whole value is read; cut short or with bytes behind it, it is refused")
    func cut() throws {
        for subject in Self.subjects {
            try subject.decode(try Self.row(subject.type.oid, subject.bytes))
            for count in 0..<subject.bytes.count where !(subject.type == .jsonb && count > 0) {
                let row = try Self.row(subject.type.oid, Array(subject.bytes[..<count]))
                let error = try #require(throws: PostgresError.self) { try subject.decode(row) }
                #expect(error.code == .decoding && error.column == "given" && error.marker == "test.hostile")
            }
            guard subject.type != .jsonb else {
                continue
            }
            let longer = try Self.row(subject.type.oid, subject.bytes + [0, 0])
            #expect(throws: PostgresError.self) { try subject.decode(longer) }
        }
    }

    @Test("a value under the OID of another type is refused")
    func otherType() throws {
        for subject in Self.subjects {
            for other in Self.subjects where other.type.oid != subject.type.oid {
                let row = try Self.row(other.type.oid, subject.bytes)
                let integers: Set<UInt32> = [PostgresType.int2.oid, PostgresType.int4.oid, PostgresType.int8.oid]
                // Integers may be read wider; their sizes then tell them apart.
                guard !integers.contains(other.type.oid) else {
                    continue
                }
                #expect(throws: PostgresError.self, "\(subject.type) as \(other.type)") { try subject.decode(row) }
            }
        }
    }

    @Test("headers that lie about counts, dimensions, flags and lengths are refused without taking memory for them")
    func lies() throws {
        func word(_ value: Int32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
        let array = PostgresType.int8.arrayOID
        let int8 = word(20)
        let headers: [[UInt8]] = [
            word(1) + word(0) + int8 + word(.max) + word(1), word(1) + word(0) + int8 + word(-1) + word(1),
            word(1) + word(0) + int8 + word(.min) + word(1), word(-1) + word(0) + int8, word(7) + word(0) + int8,
            word(1) + word(2) + int8 + word(0) + word(1), word(1) + word(0) + word(25) + word(0) + word(1),
            word(1) + word(0) + int8 + word(1) + word(1) + word(-2),
            word(1) + word(0) + int8 + word(1) + word(1) + word(9),
        ]
        for header in headers {
            let row = try Self.row(array, header)
            #expect(throws: PostgresError.self) { try row.decode([Int?].self) }
        }
        for bytes in [word(.max), word(-1), word(1) + word(-1), word(1) + word(.max)] {
            let row = try Self.row(PostgresType.dateMultirange.oid, bytes)
            #expect(throws: PostgresError.self) { try row.decode(PostgresMultirange<PostgresDate>.self) }
            let record = try Self.row(TypeOID.record, bytes)
            #expect(throws: PostgresError.self) { try record.decode(PostgresRecord<Int?>.self) }
        }
        for flags in UInt8.min...UInt8.max {
            let row = try Self.row(PostgresType.dateRange.oid, [flags])
            let range = try? row.decode(PostgresRange<PostgresDate>.self)
            let hasNoBounds = flags & 0xE0 == 0 && (flags & 1 != 0 || flags & 0x18 == 0x18)
            #expect((range != nil) == hasNoBounds, "flags \(flags)")
        }
    }

    @Test("random bytes and values with a flipped bit never do worse than an error")
    func noise() throws {
        var generator = SeededGenerator.announced()
        var refused = 0
        for subject in Self.subjects {
            for _ in 0..<500 {
                var bytes = subject.bytes
                if Bool.random(using: &generator) {
                    bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                        UInt8.random(in: 0...255, using: &generator)
                    }
                } else if let index = bytes.indices.randomElement(using: &generator) {
                    bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                }
                let row = try Self.row(subject.type.oid, bytes)
                do {
                    try subject.decode(row)
                } catch let error as PostgresError {
                    #expect(error.code == .decoding)
                    refused += 1
                }
                if subject.type == .numeric, let value = try? row.decode(PostgresNumeric.self) {
                    // Whatever was read can be printed and sent.
                    #expect(!value.description.isEmpty && !Self.bytes(of: value).isEmpty)
                }
            }
        }
        #expect(refused > 1000)
    }
}
