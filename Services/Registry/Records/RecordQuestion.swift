import DomainModel
import PostgresClient
import ServiceKit
import Storage

/// A filter on its way from texts: fields, operators and values are checked by the model.
struct RecordQuestion {
    let model: RecordModel
    var filter: RegistryRecordStore.Filter
    private let store: RecordModelStore
    private let today: CivilDate

    init(of kind: RegistryKind, _ connection: PostgresConnection, today: CivilDate) async throws {
        store = RecordModelStore(connection)
        model = try await store.load()
        filter = RegistryRecordStore.Filter(kind: kind)
        self.today = today
    }

    /// Adds `code:value` and `code:operator:value`.
    ///
    /// - Throws: ``Problem`` `PARAMETER_INVALID` with what was expected instead.
    mutating func add(pairs: [String], comparisons: [String]) async throws {
        if pairs.isEmpty, comparisons.isEmpty { return }
        let facts = try await store.facts(today: today)
        for pair in pairs {
            let parts = pair.split(separator: ":", maxSplits: 1).map(String.init)
            let field = try field(parts.first ?? "", "field", pair)
            guard parts.count == 2 else {
                let expected = LocalizedText(zh: "字段代码、冒号与值", en: "a field's code, a colon and a value")
                throw Problem.parameter("field", given: pair, expected: expected)
            }
            filter.comparisons.append(
                FieldCondition(field, .eq, [try read(parts[1], of: field, facts, "field", pair)])
            )
        }
        for text in comparisons {
            let code = String(text.prefix { $0 != ":" })
            let field = try field(code, "where", text)
            guard let asked = FieldComparison(text), field.operators.contains(asked.comparison) else {
                let forms = field.operators.map { $0.isAlone ? "\(code):\($0.rawValue)" : "\(code):\($0.rawValue):…" }
                let list = forms.joined(separator: ", ")
                throw Problem.parameter("where", given: text, expected: LocalizedText(zh: list, en: list))
            }
            let values = try asked.values.map { value in
                // A part of a text need not be a whole one.
                try asked.comparison == .contains ? .text(value) : read(value, of: field, facts, "where", text)
            }
            filter.comparisons.append(FieldCondition(field, asked.comparison, values))
        }
    }

    private func field(_ code: String, _ name: String, _ given: String) throws -> FieldDefinition {
        if let field = model.field(code, of: filter.kind), !field.privacy.isHidden { return field }
        let codes = model.fields(of: filter.kind).filter { !$0.privacy.isHidden }.map(\.code)
        let nearest = nearestNames(to: code, among: codes).joined(separator: ", ")
        let expected = LocalizedText(zh: "可公开字段的代码开头", en: "the code of an open field first")
        let near = LocalizedText(zh: "\(expected.zh)；相近的字段有 \(nearest)", en: "\(expected.en); near: \(nearest)")
        throw Problem.parameter(name, given: given, expected: nearest.isEmpty ? expected : near)
    }

    private func read(
        _ text: String,
        of field: FieldDefinition,
        _ facts: RecordFacts,
        _ name: String,
        _ given: String
    ) throws -> AttributeValue {
        do throws(Conflict.Found) {
            let value = try field.read(.text(text), facts)
            guard case .list(let values) = value else { return value }
            return values.first ?? value
        } catch {
            let expected = error.conflict.expected
            let nearest = error.conflict.nearest.joined(separator: ", ")
            let near = LocalizedText(zh: "\(expected.zh)；相近的有 \(nearest)", en: "\(expected.en); near: \(nearest)")
            throw Problem.parameter(name, given: given, expected: nearest.isEmpty ? expected : near)
        }
    }
}
