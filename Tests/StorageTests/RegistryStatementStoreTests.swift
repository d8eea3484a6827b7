import DomainModel
import PostgresClient
import Storage
import TestSupport
import Testing

@Suite("statements in the database")
struct RegistryStatementStoreTests {
    private static func post(_ share: String, _ from: Int?, _ until: Int? = nil) -> StatementDraft {
        StatementDraft(
            "employment",
            term: "dual",
            share: ExactDecimal(share),
            from: from.map { day($0) },
            until: until.map { day($0) },
            attributes: ["position": .text("研究员")]
        )
    }

    @Test("a statement comes back as it was made; ended and said anew it keeps its number")
    func roundTrip() async throws {
        try await withRegistry { registry in
            let person = try await registry.make(.talent, key: "p", ["name_zh": .text("甲")])
            _ = try await registry.make(.enterprise, key: "e", ["name_zh": .text("公司")])
            let number = try await registry.say(Self.post("0.5", 2_020), about: "p", to: "e")
            let before = try await registry.now()
            let found = try await registry.statements.find(number)
            #expect(found?.subject == person && found?.object == "e" && found?.term == "dual")
            #expect(found?.share == ExactDecimal("0.5") && found?.from == day(2_020) && found?.until == nil)
            #expect(found?.attributes == ["position": .text("研究员")])

            try await registry.write("left") { recording in
                #expect(try await registry.statements.end(number, recording: recording))
                let entry = try await registry.entry(
                    Self.post("0.5", 2_020, 2_022),
                    about: "p",
                    to: "e",
                    number: number
                )
                #expect(try await registry.statements.add(entry, recording: recording) == number)
            }
            func untils(_ filter: RegistryStatementStore.Filter) async throws -> [CivilDate?] {
                try await registry.statements.list(filter, ListQuestion(limit: 10)).items.map(\.until)
            }
            #expect(try await untils(.init(subject: "p")) == [day(2_022)])
            #expect(try await untils(.init(object: "e")) == [day(2_022)])
            #expect(try await untils(.init(subject: "p", asOf: before)) == [nil])
            #expect(try await untils(.init(subject: "p", validAt: day(2_023))) == [])
            #expect(try await untils(.init(subject: "p", validAt: day(2_023), asOf: before)) == [nil])
            let said = try await registry.statements.history(of: number)
            #expect(said.map(\.until) == [nil, day(2_022)])
            #expect(said.map(\.ended?.reason) == ["left", nil])
            let then = try await registry.statements.history(of: number, asOf: before)
            #expect(then.map(\.until) == [nil] && then.first?.ended == nil)
            #expect(try await registry.statements.history(of: number, validAt: day(2_023)).map(\.until) == [nil])
            #expect(try await registry.statements.history(of: number, asOf: before, validAt: day(2_019)) == [])
        }
    }

    @Test("the database itself keeps slots apart and shares at one at most")
    func constraints() async throws {
        try await withRegistry { registry in
            _ = try await registry.make(.talent, key: "p", ["name_zh": .text("甲")])
            for key in ["e", "f"] { _ = try await registry.make(.enterprise, key: key, ["name_zh": .text("公司")]) }
            _ = try await registry.say(Self.post("0.6", 2_020, 2_022), about: "p", to: "e")
            func refusal(_ draft: StatementDraft, to object: String?) async throws -> String? {
                await #expect(throws: PostgresError.self) {
                    _ = try await registry.say(draft, about: "p", to: object)
                }?.constraint
            }
            #expect(try await refusal(Self.post("0.1", 2_021), to: "e") == "statement_overlap")
            #expect(try await refusal(Self.post("0.5", 2_021), to: "f") == "statement_shares")
            #expect(try await refusal(Self.post("0.5", nil), to: "f") == "statement_shares")
            #expect(try await refusal(Self.post("0.5", 2_022), to: nil) == "statement_declaration")
            var other = Self.post("0.5", 2_022)
            other.term = "triple"
            #expect(try await refusal(other, to: "f") == "statement_declaration")
            other = Self.post("0.5", 2_022)
            other.attributes = ["grade": .integer(1)]
            #expect(try await refusal(other, to: "f") == "statement_fields")
            #expect(try await refusal(StatementDraft("milestone", attributes: [:]), to: nil) == "statement_declaration")
            _ = try await registry.say(Self.post("0.4", 2_021), about: "p", to: "f")
            _ = try await registry.say(Self.post("0.6", 2_022), about: "p", to: "e")
        }
    }

    @Test("a relation does not lead to what was withdrawn")
    func ended() async throws {
        try await withRegistry { registry in
            _ = try await registry.make(.talent, key: "p", ["name_zh": .text("甲")])
            _ = try await registry.make(.enterprise, key: "e", ["name_zh": .text("公司")])
            try await registry.change("e", "mistake") { $0 = RecordTimeline([]) }
            let error = await #expect(throws: PostgresError.self) {
                _ = try await registry.say(Self.post("1", nil), about: "p", to: "e")
            }
            #expect(error?.constraint == "statement_declaration")
        }
    }

    @Test("two writers of halves do not pass each other")
    func race() async throws {
        try await withTestDatabase { pool in
            try await pool.withConnection { connection in
                let registry = try await TestRegistry(connection)
                _ = try await registry.make(.talent, key: "p", ["name_zh": .text("甲")])
                for key in ["e", "f"] { _ = try await registry.make(.enterprise, key: key, ["name_zh": .text("公司")]) }
            }
            let outcomes = await withTaskGroup(of: String.self) { group in
                for key in ["e", "f"] {
                    group.addTask {
                        do {
                            return try await pool.withConnection { connection in
                                let registry = TestRegistry(over: connection)
                                _ = try await registry.say(Self.post("0.6", 2_020), about: "p", to: key)
                                return "said"
                            }
                        } catch let error as PostgresError {
                            return error.constraint ?? "\(error)"
                        } catch {
                            return "\(error)"
                        }
                    }
                }
                return await group.reduce(into: [String]()) { $0.append($1) }
            }
            #expect(outcomes.sorted() == ["said", "statement_shares"])
        }
    }
}
