import Testing

@testable import DomainModel

@Suite("Rules that count indicators")
struct CountingRuleTests {
    private let model = RecordModel.standard

    @Test("a measure has one rule")
    func unique() {
        let measures = CountingRule.standard.map(\.measure)
        #expect(Set(measures).count == measures.count)
        #expect(measures.count > 30)
        #expect(CountingRule.measure(of: "corridor.enterprise.nhte") == "enterprise.nhte")
        #expect(CountingRule.measure(of: "enterprise") == nil)
    }

    @Test("rules name fields, statements and choices that the model has", arguments: CountingRule.standard)
    func named(_ rule: CountingRule) throws {
        var selections = [rule.selection]
        if case .share(let whole) = rule.result {
            selections.append(whole)
            #expect(Set(whole.conditions).isStrictSubset(of: rule.selection.conditions))
        }
        if case .sum(let field) = rule.result {
            #expect(model.field(field, of: rule.selection.kind)?.type == .decimal)
        }
        for selection in selections {
            for condition in selection.conditions { try check(condition, of: selection.kind) }
        }
    }

    private func check(_ condition: RecordSelection.Condition, of kind: RegistryKind) throws {
        switch condition {
        case .field(let code, let values):
            let field = try #require(model.field(code, of: kind))
            #expect(!values.isEmpty)
            if field.type == .choice { #expect(Set(values).isSubset(of: field.choices.map(\.code))) }
            #expect([.choice, .term].contains(field.type))
        case .isTrue(let code):
            #expect(model.field(code, of: kind)?.type == .boolean)
        case .dated(let code):
            #expect(model.field(code, of: kind)?.type == .date)
        case .holds(let type, let terms), .begins(let type, let terms):
            let definition = try #require(model.statement(type))
            #expect(definition.subjects.contains(kind))
            if !definition.choices.isEmpty { #expect(Set(terms).isSubset(of: definition.choices.map(\.code))) }
            #expect(terms.isEmpty || definition.hasTerm)
        }
    }
}
