import DomainModel
import PostgresClient
import Storage
import TestSupport
import Testing

@Suite("The page of a record in the database")
struct RecordPageStoreTests {
    private static let texts = ["研究员", "a\"b\\c", "line\nbreak\ttab", "\u{1}\u{7F}", "a/b"]

    private func page(_ registry: TestRegistry, _ key: String) async throws -> RecordPageStore.Parts {
        let found = try await RecordPageStore(registry.connection)
            .page(key, at: RegistryMoment(validAt: day(2_024)), statementsOn: nil, limit: 100)
        return try #require(found)
    }

    /// Posts with shares and texts, appraisals with amounts, a list, and a permit whose number is sealed.
    private func populate(_ registry: TestRegistry) async throws {
        _ = try await registry.make(.talent, key: "p", from: 2_020, ["name_zh": .text("甲")])
        _ = try await registry.make(.enterprise, key: "e", ["name_zh": .text("公司\"一\"")])
        for (place, text) in Self.texts.enumerated() {
            let post = StatementDraft(
                "employment",
                term: "dual",
                share: ExactDecimal(["1", "0.50", "0.000001", "0.125", "0.9"][place]),
                from: place == 0 ? nil : day(2_000 + place),
                until: day(2_001 + place),
                attributes: ["position": .text(text), "grade": .text("\(place)")]
            )
            _ = try await registry.say(post, about: "p", to: "e")
            let worth: Attributes = ["amount": .text("12.5"), "method": .text(text)]
            _ = try await registry.say(StatementDraft("valuation", attributes: worth), about: "p", to: nil)
        }
        let fields: Attributes = ["fields": .list(Self.texts.map { .text($0) })]
        _ = try await registry.say(StatementDraft("expert", attributes: fields), about: "p", to: nil)
    }

    @Test("statements are the encoder's JSON byte for byte, with what is about persons kept back")
    func bytes() async throws {
        try await withRegistry { registry in
            try await populate(registry)
            let (person, firm) = (try await page(registry, "p"), try await page(registry, "e"))
            #expect(person.statements.count == 11 && firm.incoming.count == 5 && firm.statements.isEmpty)
            for statement in person.statements + firm.incoming {
                let value = try statement.value()
                #expect(try await registry.statements.find(value.number) == value)
                let fields = RecordModel.standard.statement(value.type)?.fields ?? []
                var bytes: [UInt8] = []
                #expect(try statement.appendMasked(to: &bytes))
                #expect(String(decoding: bytes, as: UTF8.self) == (try CanonicalJSON.text(value.masking(fields))))
            }
            #expect(try person.statements.map { try $0.value().number } == (1...11).map { Int64($0) })
            let names = try CanonicalJSON.decode(
                [RelatedName].self,
                from: String(decoding: person.related, as: UTF8.self)
            )
            #expect(names == [RelatedName(key: "e", kind: .enterprise, name: "公司\"一\"")])
            #expect(String(decoding: person.related, as: UTF8.self) == (try CanonicalJSON.text(names)))
            #expect(person.record == (try await registry.record("p", on: 2_024)))
        }
    }

    @Test("a statement with a sealed value is left to those who can say more of it")
    func sealed() async throws {
        try await withRegistry { registry in
            _ = try await registry.make(.talent, key: "p", ["name_zh": .text("甲")])
            let plain = StatementDraft("permit", term: "work", until: day(2_010), attributes: ["issuer": .text("局")])
            _ = try await registry.say(plain, about: "p", to: nil)
            let sealed = StatementDraft(
                "permit",
                term: "residence",
                attributes: ["issuer": .text("局"), "number": .text("sealed:1:\(String(repeating: "A", count: 40))")]
            )
            _ = try await registry.say(sealed, about: "p", to: nil)
            var bytes: [UInt8] = []
            let written = try await page(registry, "p").statements.map { try $0.appendMasked(to: &bytes) }
            #expect(written == [true, false])
            #expect(!String(decoding: bytes, as: UTF8.self).contains("AAAA"))
        }
    }

    @Test("what led to a merged record is on the page of its successor, as of before it is not")
    func merged() async throws {
        try await withRegistry { registry in
            try await populate(registry)
            _ = try await registry.make(.enterprise, key: "e2", ["name_zh": .text("公司二")])
            let before = try await registry.now()
            try await registry.write("merge") { recording in
                let merges = MergeStore(registry.connection)
                let records = registry.records
                let (absorbed, survivor) = (try await records.hold("e"), try await records.hold("e2"))
                try await merges.merge(try #require(absorbed).id, into: try #require(survivor).id, recording: recording)
            }
            #expect(
                try await page(registry, "e2").incoming.map { try $0.value().object }
                    == Array(repeating: "e2", count: 5)
            )
            let past = try await RecordPageStore(registry.connection)
                .page("e2", at: RegistryMoment(asOf: before, validAt: day(2_024)), statementsOn: nil, limit: 100)
            #expect(past?.incoming.isEmpty == true)
        }
    }
}
