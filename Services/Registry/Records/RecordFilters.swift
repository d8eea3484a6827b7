import DomainModel
import ServiceKit
import Storage

/// The filters of a list of records: parameters made of the fields.
enum RecordFilters {
    /// Names that mean something else in every list.
    private static let reserved: Set<String> = [
        "region", "state", "field", "limit", "after", "total", "sort", "fields", "asOf", "validAt",
    ]

    private static func filterable(_ kind: RegistryKind) -> [FieldDefinition] {
        RecordModel.standard.fields(of: kind).filter { field in
            !reserved.contains(field.code) && !field.privacy.isHidden
                && [.term, .choice, .boolean, .year, .identifier].contains(field.type)
        }
    }

    /// The parameters of a kind.
    static func parameters(of kind: RegistryKind) -> [Parameter] {
        let own = filterable(kind).map { field in
            let type: Parameter.Kind =
                switch field.type {
                case .choice: .choice(field.choices.map(\.code))
                case .boolean: .boolean
                case .year: .integer(1_000...9_999)
                default: .text
                }
            let isTerm = field.type == .term
            return Parameter(
                field.code,
                type,
                "Only those with this\(isTerm ? ", or what is below it" : ""): \(field.label.en)",
                zh: "仅此\(field.label.zh)\(isTerm ? "及其下级" : "")"
            )
        }
        return [
            Parameter("region", .text, "Only those that lie in this region", zh: "仅位于该地区"),
            Parameter("state", .choice(["active", "closed"]), "Only those in this state", zh: "仅此状态"),
            Parameter(
                "field",
                .text,
                "Only those with this value, as code:value; for fields that an office has added",
                zh: "仅具有该值，写作 代码:值；用于自行增加的字段",
                isRepeatable: true
            ),
        ] + own
    }

    /// What a request asks for.
    ///
    /// - Throws: ``Problem`` `PARAMETER_INVALID` for fields that there are not, and those about persons.
    static func filter(
        _ request: APIRequest,
        of kind: RegistryKind,
        by model: RecordModel
    ) throws -> RegistryRecordStore.Filter {
        var filter = RegistryRecordStore.Filter(
            kind: kind,
            state: try request.query("state", as: RecordState.self),
            region: try request.query("region")
        )
        for field in filterable(kind) {
            guard let given = try request.query(field.code) else { continue }
            add(given, of: field, to: &filter)
        }
        for pair in try request.queryAll("field") { try add(pair, to: &filter, by: model) }
        return filter
    }

    /// What a saved list asks for.
    ///
    /// - Throws: As ``filter(_:of:by:)``.
    static func filter(
        _ question: SavedListOrder.Question,
        by model: RecordModel
    ) throws -> RegistryRecordStore.Filter {
        var filter = RegistryRecordStore.Filter(
            kind: question.kind,
            state: question.state,
            region: question.region
        )
        for pair in question.fields ?? [] { try add(pair, to: &filter, by: model) }
        return filter
    }

    private static func add(
        _ pair: String,
        to filter: inout RegistryRecordStore.Filter,
        by model: RecordModel
    ) throws {
        let kind = filter.kind
        let parts = pair.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, let field = model.field(parts[0], of: kind), !field.privacy.isHidden else {
            let codes = model.fields(of: kind).filter { !$0.privacy.isHidden }.map(\.code)
            let nearest = nearestNames(to: parts.first ?? "", among: codes).joined(separator: ", ")
            let expected = LocalizedText(zh: "字段代码、冒号与值", en: "a field's code, a colon and a value")
            let near = LocalizedText(
                zh: "\(expected.zh)；相近的字段有 \(nearest)",
                en: "\(expected.en); near: \(nearest)"
            )
            throw Problem.parameter("field", given: pair, expected: nearest.isEmpty ? expected : near)
        }
        add(parts[1], of: field, to: &filter)
    }

    private static func add(_ text: String, of field: FieldDefinition, to filter: inout RegistryRecordStore.Filter) {
        filter.attributes[field.code] = value(text, of: field)
        filter.vocabularies[field.code] = field.vocabulary
    }

    private static func value(_ text: String, of field: FieldDefinition) -> AttributeValue {
        switch field.type {
        case .boolean: .boolean(text == "true")
        case .integer, .year: Int64(text).map { .integer($0) } ?? .text(text)
        default: .text(text)
        }
    }
}
