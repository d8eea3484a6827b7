import PostgresClient
import TestSeeds
import TestSupport
import Testing

@Suite("COPY")
struct CopyTests {
    private struct GivenUp: Error {}

    @Test("binary rows arrive as they were written, numerics with their scale")
    func binary() async throws {
        var generator = SeededGenerator.announced()
        var numbers: [(mantissa: Int128, scale: Int)] = [
            (0, 0), (0, 5), (550, 1), (1, 4), (10_000, 4), (-1, 8), (Int128(Int64.max), 0), (Int128(Int64.max), 19),
            (Int128(UInt64.max), 3), (Int128.max, 7), (Int128.min + 1, 38), (100_000_000, 0), (100_000_000, 8),
        ]
        for _ in 0..<2000 {
            let bits = Int.random(in: 0...126, using: &generator)
            let magnitude = Int128(Int64.random(in: 0...Int64.max, using: &generator)) << Int128(max(0, bits - 63))
            numbers.append(
                (Bool.random(using: &generator) ? magnitude : -magnitude, Int.random(in: 0...30, using: &generator))
            )
        }
        let rows = numbers
        try await withTestDatabase(migrated: false) { pool in
            try await pool.execute(
                "CREATE TABLE t (id int8, day date, n int4, v numeric, b bool, s text, at timestamptz, f float8)"
            )
            let count = try await pool.withConnection { connection in
                try await connection.copyIn("COPY t FROM STDIN (FORMAT binary)") { writer in
                    var buffer = PostgresBinaryBuffer()
                    buffer.startCopy()
                    for (index, number) in rows.enumerated() {
                        buffer.startRow(columns: 8)
                        buffer.append(Int64(index))
                        buffer.appendDate(daysSince1970: index)
                        buffer.append(Int32(index))
                        buffer.appendNumeric(mantissa: number.mantissa, scale: number.scale)
                        buffer.append(index.isMultiple(of: 2))
                        if index.isMultiple(of: 3) {
                            buffer.appendNull()
                        } else {
                            buffer.append(text: "第\(index)行")
                        }
                        buffer.appendTimestamp(microsecondsSince1970: Int64(index) * 1_000_001)
                        buffer.append(Double(index) / 8)
                        // Cut anywhere, also inside a field.
                        if buffer.count > 1000 {
                            try await writer.write(buffer)
                            buffer.removeAll(keepingCapacity: true)
                        }
                    }
                    buffer.endCopy()
                    try await writer.write(buffer)
                }
            }
            #expect(count == rows.count)
            let received = try await pool.query(
                "SELECT v::text, v, day - '1970-01-01'::date, s, (extract(epoch FROM at) * 1000000)::int8, f, b FROM t ORDER BY id"
            )
            for (index, (row, number)) in zip(received, rows).enumerated() {
                let (text, value, day, s, at, f, b) = try row.decode(
                    (String, PostgresNumeric, Int, String?, Int, Double, Bool).self
                )
                let expected = PostgresNumeric(mantissa: number.mantissa, scale: number.scale)
                #expect(text == expected.description)
                #expect(value == expected)
                #expect(
                    day == index && at == index * 1_000_001 && f == Double(index) / 8 && b == index.isMultiple(of: 2)
                )
                #expect(s == (index.isMultiple(of: 3) ? nil : "第\(index)行"))
            }
        }
    }

    @Test("a body that throws aborts the COPY: no row stays, the connection is usable")
    func abort() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            try await pool.execute("CREATE TABLE t (a int)")
            for _ in 0..<20 {
                try await pool.withConnection { connection in
                    await #expect(throws: GivenUp.self) {
                        try await connection.copyIn("COPY t FROM STDIN") { writer in
                            for _ in 0..<40 {
                                try await writer.write(Array(repeatElement(Array("1\n".utf8), count: 10_000).joined()))
                            }
                            throw GivenUp()
                        }
                    }
                    let count = try await connection.queryOne("SELECT count(*) FROM t")?.decode(Int.self)
                    #expect(count == 0)
                    #expect(await connection.transactionStatus == .idle)
                }
            }
        }
    }

    @Test("bad rows fail with the server's words, and the connection is usable")
    func badRows() async throws {
        try await withTestDatabase(migrated: false) { pool in
            try await pool.execute("CREATE TABLE t (a int)")
            try await pool.withConnection { connection in
                let error = try await #require(throws: PostgresError.self) {
                    try await connection.copyIn("COPY t FROM STDIN") { try await $0.write(Array("1\nx\n".utf8)) }
                }
                #expect(error.sqlState == .invalidTextRepresentation)
                #expect(
                    try await connection.copyIn("COPY t FROM STDIN") { try await $0.write(Array("1\n2\n".utf8)) } == 2
                )
            }
        }
    }

    @Test("a cancelled task aborts its COPY")
    func cancelled() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            try await pool.execute("CREATE TABLE t (a int)")
            let (begun, begin) = AsyncStream.makeStream(of: Void.self)
            let task = Task {
                try await pool.withConnection { connection in
                    try await connection.copyIn("COPY t FROM STDIN") { writer in
                        while true {
                            try await writer.write(Array(repeatElement(Array("1\n".utf8), count: 10_000).joined()))
                            begin.yield()
                        }
                    }
                }
            }
            for await _ in begun { break }
            task.cancel()
            let error = try await #require(throws: PostgresError.self) { try await task.value }
            #expect(error.code == .cancelled)
            #expect(try await pool.queryOne("SELECT count(*) FROM t")?.decode(Int.self) == 0)
        }
    }

    @Test("COPY out gives whole rows in chunks, and may be left early in and out of a transaction")
    func out() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            try await pool.withConnection { connection in
                var text: [UInt8] = []
                for try await chunk in try await connection.copyOut(
                    "COPY (SELECT generate_series(1, 100000)) TO STDOUT"
                ) {
                    #expect(chunk.last == UInt8(ascii: "\n"))
                    text += chunk
                }
                #expect(text.split(separator: UInt8(ascii: "\n")).count == 100_000)
                for try await _ in try await connection.copyOut("COPY (SELECT generate_series(1, 5000000)) TO STDOUT") {
                    break
                }
                #expect(try await connection.queryOne("SELECT 1")?.decode(Int.self) == 1)
                try await connection.withTransaction { connection in
                    for try await _ in try await connection.copyOut(
                        "COPY (SELECT generate_series(1, 500000)) TO STDOUT"
                    ) {
                        break
                    }
                    #expect(try await connection.queryOne("SELECT 2")?.decode(Int.self) == 2)
                }
            }
        }
    }

    @Test("COPY given to query or stream is refused and leaves the connection usable")
    func misplaced() async throws {
        try await withTestDatabase(migrated: false, connections: 1) { pool in
            try await pool.execute("CREATE TABLE t (a int)")
            try await pool.withConnection { connection in
                for sql in ["COPY t FROM STDIN", "COPY t TO STDOUT"] {
                    let error = try await #require(throws: PostgresError.self) {
                        try await connection.query(PostgresQuery(sql: sql))
                    }
                    #expect(error.code == .protocolState)
                    _ = try await connection.stream(PostgresQuery(sql: sql))
                }
                await #expect(throws: PostgresError.self) { try await connection.copyIn("SELECT 1") { _ in } }
                await #expect(throws: PostgresError.self) { _ = try await connection.copyOut("COPY t FROM STDIN") }
                #expect(try await connection.queryOne("SELECT 1")?.decode(Int.self) == 1)
            }
        }
    }
}
