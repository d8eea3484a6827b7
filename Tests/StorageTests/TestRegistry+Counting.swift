import DomainModel
import Storage

/// Gives a registry with what is counted by, in a database of its own: region C lies in A, and every term that a rule
/// speaks of is there, a soul scientist as one of the top.
func withCountedRegistry(_ body: (TestRegistry) async throws -> Void) async throws {
    try await withRegistry { registry in
        let source = Source(file: "f", locator: "l")
        let child = Region(
            code: "C",
            name: LocalizedText(zh: "C", en: "C"),
            level: "town",
            parent: "A",
            areaSquareKilometres: nil,
            roles: "",
            focusIndustries: "",
            source: source
        )
        _ = try await RegionStore(registry.connection).merge([Located(child, line: 1, row: 1)], batch: 2)
        // Those above others come first.
        let terms = Set(
            CountingRule.standard.flatMap(\.terms) + [["talent_tier", "top"], ["talent_tier", "soul_scientist"]]
        )
        .map { (vocabulary: $0[0], code: $0[1], parent: $0[1] == "soul_scientist" ? "top" : nil) }
        .sorted { ($0.parent ?? "", $0.vocabulary, $0.code) < ($1.parent ?? "", $1.vocabulary, $1.code) }
        let classifications = terms.map { term in
            Classification(
                vocabulary: term.vocabulary,
                code: term.code,
                parent: term.parent,
                name: LocalizedText(zh: term.code, en: term.code),
                rank: nil,
                definition: "",
                source: source
            )
        }
        _ = try await ClassificationStore(registry.connection)
            .merge(classifications.map { Located($0, line: 1, row: 1) }, batch: 2)
        try await body(registry)
    }
}

extension CountingRule {
    /// The terms that the rule speaks of: vocabulary and code.
    fileprivate var terms: [[String]] {
        selection.conditions.flatMap { condition -> [[String]] in
            switch condition {
            case .field(let code, let values):
                guard let name = RecordModel.standard.field(code, of: selection.kind)?.vocabulary else { return [] }
                return values.map { [name, $0] }
            case .holds(let type, let values), .begins(let type, let values):
                guard let name = RecordModel.standard.statement(type)?.vocabulary else { return [] }
                return values.map { [name, $0] }
            case .isTrue, .dated: return []
            }
        }
    }
}
