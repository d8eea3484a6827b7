import DomainModel

/// One parameter as OpenAPI has it.
struct ParameterNode {
    let parameter: Parameter
    /// `path` or `query`.
    let place: String

    var node: JSONNode {
        var members: [(String, JSONNode)] = [
            ("name", .string(parameter.name)), ("in", .string(place)),
            ("required", .bool(place == "path" || parameter.isRequired)),
        ]
        if !parameter.summary.isEmpty {
            members.append(("description", .string(parameter.summary)))
            members.append(("x-description-zh", .string(parameter.summaryZh)))
        }
        members.append(("schema", parameter.isRepeatable ? ["type": "array", "items": schema] : schema))
        if parameter.isRepeatable { members.append(("explode", true)) }
        return .object(of: members)
    }

    private var schema: JSONNode {
        switch parameter.kind {
        case .text(let maximum):
            ["type": "string", "minLength": 1, "maxLength": .number(String(maximum)), "pattern": "^[^\\u0000]*$"]
        case .digest: ["type": "string", "pattern": "^[0-9a-f]{64}$"]
        case .integer(let range):
            [
                "type": "integer", "minimum": .number(String(range.lowerBound)),
                "maximum": .number(String(range.upperBound)),
            ]
        case .boolean: ["type": "boolean"]
        case .instant: Instant.schema.node
        case .period: Period.schema.node
        case .day: ["type": "string", "format": "date"]
        case .choice(let choices): ["type": "string", "enum": .strings(choices)]
        }
    }
}
