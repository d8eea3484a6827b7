import PersonalData
import Testing

@Suite("Keys of records")
struct RecordKeyTests {
    private let record = "talent/T0000001"

    private func masters(_ names: String...) throws -> MasterKeys {
        let lines = names.map { name in
            // A key that is different for each name, and the same each time.
            let byte = String(name.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 10 })
            return "wrap \(name) \(String(repeating: "A", count: 41))\(byte)8="
        }
        return try MasterKeys(text: (lines + ["index 1 \(MasterKeysTests.key)"]).joined(separator: "\n"))
    }

    @Test(
        "a value comes back as it was, and no two sealings are alike",
        arguments: ["", "11010119900307123X", "杭州市余杭区"]
    )
    func roundTrip(_ value: String) throws {
        let masters = try masters("a")
        let key = RecordKey(newFor: record)
        let sealed = key.seal(value, field: "resident_number")
        #expect(sealed.count == value.utf8.count + 29)
        #expect(sealed != key.seal(value, field: "resident_number"))
        let again = try RecordKey(key.wrapped(by: masters), of: record, with: masters)
        #expect(try again.open(sealed, field: "resident_number") == value)
    }

    @Test("a value moved to another field or record, or changed in any byte, does not open")
    func binding() throws {
        let masters = try masters("a")
        let key = RecordKey(newFor: record)
        let sealed = key.seal("13800005678", field: "telephone")
        #expect(throws: RecordKey.Failure.notAuthentic) { try key.open(sealed, field: "mail") }
        #expect(throws: RecordKey.Failure.notAuthentic) {
            try RecordKey(key.wrapped(by: masters), of: "talent/T0000002", with: masters)
        }
        for place in sealed.indices {
            var changed = sealed
            changed[place] ^= 1
            let expected: RecordKey.Failure = place == 0 ? .unknownForm : .notAuthentic
            #expect(throws: expected) { try key.open(changed, field: "telephone") }
        }
        for count in 0..<29 {
            #expect(throws: RecordKey.Failure.unknownForm) {
                try key.open(Array(sealed.prefix(count)), field: "telephone")
            }
        }
    }

    @Test("after rotation the old master key may go, and nothing was sealed anew")
    func rotation() throws {
        let old = try masters("a")
        let both = try masters("b", "a")
        let new = try masters("b")
        let key = RecordKey(newFor: record)
        let sealed = key.seal("z@example.com", field: "mail")
        let wrapped = key.wrapped(by: old)
        #expect(throws: RecordKey.Failure.masterMissing("a")) { try RecordKey(wrapped, of: record, with: new) }
        let rewrapped = try #require(try RecordKey.rewrapped(wrapped, of: record, by: both))
        #expect(rewrapped.master == "b")
        #expect(try RecordKey(rewrapped, of: record, with: new).open(sealed, field: "mail") == "z@example.com")
        #expect(try RecordKey.rewrapped(rewrapped, of: record, by: both) == nil)
        // A wrapped key that is said to be of another master does not open.
        #expect(throws: RecordKey.Failure.notAuthentic) {
            try RecordKey(WrappedKey(master: "a", bytes: rewrapped.bytes), of: record, with: both)
        }
    }
}
