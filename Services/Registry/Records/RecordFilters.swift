import DomainModel
import PostgresClient
import ServiceKit
import Storage

/// The filters of a list of records: parameters made of the fields.
enum RecordFilters {
    /// Names that mean something else in every list.
    private static let reserved: Set<String> = [
        "region", "state", "field", "limit", "after", "total", "sort", "fields", "asOf", "validAt", "where",
        "format",
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
            Parameter("region", .text, "Only those that lie in this region or below it", zh: "仅位于该地区及其下级"),
            Parameter("state", .choice(["active", "closed"]), "Only those in this state", zh: "仅此状态"),
            Parameter(
                "field",
                .text,
                "Only those with this value, as code:value; for fields that an office has added",
                zh: "仅具有该值，写作 代码:值；用于自行增加的字段",
                isRepeatable: true
            ),
            Parameter(
                "where",
                .text,
                "Only those whose field compares so, as code:operator:value: founded_on:gte:2020-01-01, sex:empty. "
                    + "Operators: \(FieldComparison.Operator.allCases.map(\.rawValue).joined(separator: ", "))",
                zh: "仅字段符合比较者，写作 代码:运算符:值，例如 founded_on:gte:2020-01-01、sex:empty",
                isRepeatable: true
            ),
        ] + own
    }

    /// What a request asks for.
    ///
    /// - Throws: ``Problem`` `PARAMETER_INVALID` for fields that there are not, those about persons, operators that a
    ///   field does not have, and values that are not of its type.
    static func filter(
        _ request: APIRequest,
        of kind: RegistryKind,
        _ connection: PostgresConnection,
        today: CivilDate
    ) async throws -> (filter: RegistryRecordStore.Filter, model: RecordModel) {
        var question = try await RecordQuestion(of: kind, connection, today: today)
        for field in filterable(kind) {
            guard let given = try request.query(field.code) else { continue }
            question.filter.attributes[field.code] = value(given, of: field)
            question.filter.vocabularies[field.code] = field.vocabulary
        }
        question.filter.state = try request.query("state", as: RecordState.self)
        question.filter.region = try request.query("region")
        try await question.add(pairs: request.queryAll("field"), comparisons: request.queryAll("where"))
        return (question.filter, question.model)
    }

    /// What a saved list asks for.
    ///
    /// - Throws: As ``filter(_:of:_:today:)``.
    static func filter(
        _ asked: SavedListOrder.Question,
        _ connection: PostgresConnection,
        today: CivilDate
    ) async throws -> RegistryRecordStore.Filter {
        var question = try await RecordQuestion(of: asked.kind, connection, today: today)
        question.filter.state = asked.state
        question.filter.region = asked.region
        try await question.add(pairs: asked.fields ?? [], comparisons: asked.where ?? [])
        return question.filter
    }

    private static func value(_ text: String, of field: FieldDefinition) -> AttributeValue {
        switch field.type {
        case .boolean: .boolean(text == "true")
        case .integer, .year: Int64(text).map { .integer($0) } ?? .text(text)
        default: .text(text)
        }
    }
}
