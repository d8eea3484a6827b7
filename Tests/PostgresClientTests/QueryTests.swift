import Logging
import PostgresClient
import TestSupport
import Testing

@Suite("Queries")
struct QueryTests {
    @Test("binds and rows travel in binary, also NULL")
    func roundTrip() async throws {
        try await withTestDatabase(migrated: false) { pool in
            let number = 42
            let nothing: String? = nil
            let row = try await pool.queryOne("SELECT \(number), \("中文")::text, \(nothing)::text, \([1, 2, 3])")
            let (a, b, c, d) = try #require(try row?.decode((Int, String, String?, [Int]).self))
            #expect(a == 42)
            #expect(b == "中文")
            #expect(c == nil)
            #expect(d == [1, 2, 3])
        }
    }
}
