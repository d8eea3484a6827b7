import DomainModel
import PersonalData
import PostgresClient
import Storage
import TestSupport
import Testing

@Suite("sealed values in the database")
struct RecordKeyStoreTests {
    static let plain: Attributes = [
        "name_zh": .text("林知远"), "region": .text("A"), "telephone": .list([.text("13800005678")]),
        "resident_id": .text("11010519491231002X"),
    ]

    private func sealer(_ name: String = "a") throws -> Sealer {
        Sealer(try MasterKeys(text: MasterKeys.newText(naming: name)), .standard)
    }

    /// Makes a talent of the key with the values above, and gives its row number.
    private func make(_ key: String, _ sealer: Sealer, _ registry: TestRegistry) async throws -> Int64 {
        let sealed = try #require(sealer.seal(Self.plain, ofNew: .talent, key))
        _ = try await registry.make(.talent, key: key, sealed.attributes)
        let id = try #require(try await registry.records.related([key])[key]?.id)
        try await RecordKeyStore(registry.connection).put([(id, sealed.key)])
        try await BlindIndexStore(registry.connection).add(sealed.entries.map { (id, $0) })
        return id
    }

    @Test("a record comes back with what it was sealed from, is found by its hash, and is gone with its key")
    func round() async throws {
        try await withRegistry { registry in
            let sealer = try sealer()
            let id = try await make("p", sealer, registry)
            let keys = RecordKeyStore(registry.connection)
            let index = BlindIndexStore(registry.connection)
            let wrapped = try #require(try await keys.keys(of: [id])[id])
            let named = try await keys.keys(named: ["p", "q"])
            #expect(named.keys.sorted() == ["p"] && named["p"]?.key == wrapped && named["p"]?.name == "talent/p")
            let record = try #require(try await registry.record("p", on: 2_020))
            let key = try RecordKey(wrapped, of: "talent/p", with: sealer.masters)
            #expect(sealer.open(record.attributes, .record(.talent), by: key) == Self.plain)

            let field = try #require(RecordModel.standard.field("telephone", of: .talent))
            let entry = sealer.entry(of: "+86 138 0000 5678", field, .record(.talent))
            #expect(try await index.find(entry).map(\.key) == ["p"])
            #expect(try await index.find(entry, kinds: [.enterprise]).isEmpty)
            #expect(try await index.believed(of: id).map(\.attributes) == [record.attributes])
            try await index.put([entry], of: id)
            let number = try #require(RecordModel.standard.field("resident_id", of: .talent))
            let other = sealer.entry(of: "11010519491231002X", number, .record(.talent))
            #expect(try await index.find(other).isEmpty)

            #expect(try await keys.destroy(id))
            #expect(try await !keys.destroy(id))
            #expect(try await index.find(entry).isEmpty)
        }
    }

    @Test(
        "a sealed field takes sealed texts and nothing else, of records and of statements",
        arguments: [
            .text("13800005678"), .list([.text("13800005678")]), .list([.text("sealed:1:short")]), .list([.integer(1)]),
            .text("sealed:1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8AAECAwQFBgcICQoLDA0O"),
        ] as [AttributeValue]
    )
    func clear(_ value: AttributeValue) async throws {
        try await withRegistry { registry in
            let refused = await #expect(throws: PostgresError.self) {
                _ = try await registry.make(.talent, ["name_zh": .text("甲"), "telephone": value])
            }
            #expect(refused?.constraint == "record_version_fields")
            let person = try await registry.make(.talent, ["name_zh": .text("甲")])
            let draft = StatementDraft("permit", term: "work", attributes: ["number": .text("A1234567")])
            let said = await #expect(throws: PostgresError.self) {
                _ = try await registry.say(draft, about: person, to: nil)
            }
            #expect(said?.constraint == "statement_fields")
        }
    }

    @Test("keys are wrapped anew in steps, and the values stay")
    func rotation() async throws {
        try await withRegistry { registry in
            let text = MasterKeys.newText(naming: "a")
            let old = Sealer(try MasterKeys(text: text), .standard)
            for key in ["p", "q", "r"] { _ = try await make(key, old, registry) }
            let masters = try MasterKeys(text: MasterKeys.newLine(naming: "b") + "\n" + text)
            let keys = RecordKeyStore(registry.connection)
            #expect(try await keys.usage() == ["a": 3])
            var last: Int64 = 0
            for expected in [2, 1, 0] {
                let held = try await keys.take(notBy: "b", after: last, limit: 2)
                #expect(held.count == expected)
                last = held.last?.record ?? last
                try await keys.replace(
                    try held.compactMap { one in
                        try RecordKey.rewrapped(one.key, of: one.name, by: masters).map { (one.record, $0) }
                    }
                )
            }
            #expect(try await keys.usage() == ["b": 3])
            let wrapped = try #require(try await keys.keys(named: ["q"])["q"]?.key)
            let record = try #require(try await registry.record("q", on: 2_020))
            let opened = Sealer(masters, .standard).open(
                record.attributes,
                .record(.talent),
                by: try RecordKey(wrapped, of: "talent/q", with: masters)
            )
            #expect(opened == Self.plain)
        }
    }

    @Test("the database knows keys by their proofs, and takes no second index key")
    func proofs() async throws {
        try await withTestDatabase { pool in
            try await pool.withConnection { connection in
                let store = MasterKeyStore(connection)
                let keys = try MasterKeys(text: MasterKeys.newText(naming: "a"))
                let known = try await store.introduce(keys.proofs)
                #expect(known == Dictionary(uniqueKeysWithValues: keys.proofs.map { ($0.name, $0.bytes) }))
                let others = try MasterKeys(text: MasterKeys.newText(naming: "b"))
                let more = try await store.introduce(others.proofs)
                #expect(more["index:1"] == known["index:1"] && more["b"] == others.proofs[0].bytes)
                #expect(try await store.inUse().isEmpty)
            }
        }
    }

    private func take(_ who: String, after seconds: Int64, _ connection: PostgresConnection) async throws -> Duration {
        let now = Instant(microsecondsSince1970: 1_000_000_000_000_000 + seconds * 1_000_000)
        return try await UnmaskPace(connection).take(who, at: now, perMinute: 2)
    }

    @Test("an identity reads so many records at once and then at its pace; others are not held up")
    func pace() async throws {
        try await withTestDatabase { pool in
            try await pool.withConnection { connection in
                var waits: [Duration] = []
                for (who, seconds) in [("li", 0), ("li", 0), ("li", 0), ("wang", 0), ("li", 1_000)] {
                    waits.append(try await take(who, after: Int64(seconds), connection))
                }
                #expect(waits == [.zero, .zero, .seconds(30), .zero, .zero])
            }
        }
    }
}
