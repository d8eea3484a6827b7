import Collection
import DomainModel
import Testing

@Suite("receipts")
struct ReceiptTests {
    @Test("the digest of no conflict is the SHA-256 of nothing")
    func noConflict() {
        #expect(
            ConflictDigest().hexadecimal == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        )
    }

    @Test("the order and the words of conflicts count")
    func order() throws {
        let a = Conflict(code: .fieldMissing, line: 2, row: 2, column: 0, field: "code")
        let b = Conflict(code: .fieldInvalid, line: 3, row: 3, column: 1, field: "level", given: "x")
        func digest(_ conflicts: [Conflict]) throws -> String {
            var builder = ReceiptBuilder()
            for conflict in conflicts { try builder.add(conflict) }
            return builder.accepted(dataset: "d", sha256: "", mode: .partial).conflictsDigest
        }
        #expect(try digest([a, b]) == digest([a, b]))
        #expect(try digest([a, b]) != digest([b, a]))
        #expect(try digest([a]) != digest([a, a]))
    }

    @Test("warnings are counted and refuse nothing")
    func warnings() throws {
        var builder = ReceiptBuilder()
        builder.rows = 2
        builder.created = 1
        builder.duplicates = 1
        try builder.add(Conflict(code: .duplicateSame, line: 3))
        #expect(builder.errors == 0)
        let receipt = builder.accepted(dataset: "d", sha256: "", mode: .atomic)
        #expect(receipt.outcome == .accepted)
        #expect(receipt.conflicts == [Receipt.ConflictCount(code: .duplicateSame, count: 1)])
    }

    @Test("of a refused file every row is rejected")
    func refused() {
        var builder = ReceiptBuilder()
        builder.rows = 5
        builder.created = 3
        let receipt = builder.refused(dataset: "d", sha256: "", mode: .atomic)
        #expect((receipt.created, receipt.rejected, receipt.outcome) == (0, 5, .refused))
    }

    @Test("the digest of a receipt depends on all of it")
    func digest() throws {
        var builder = ReceiptBuilder()
        builder.rows = 1
        builder.created = 1
        let one = builder.accepted(dataset: "d", sha256: "", mode: .atomic)
        let two = builder.accepted(dataset: "d", sha256: "", mode: .partial)
        #expect(try ReceiptBuilder.digest(of: one) == ReceiptBuilder.digest(of: one))
        #expect(try ReceiptBuilder.digest(of: one) != ReceiptBuilder.digest(of: two))
    }
}
