/// Ways through schemas.
enum SchemaWalk {
    /// The members of the objects that a schema describes, through references, arrays and “or null”.
    static func properties(of schema: JSONNode, in schemas: [String: JSONNode]) -> [JSONNode.Member] {
        if case .object(let members)? = schema["properties"] { return members }
        if case .string(let reference)? = schema["$ref"] {
            return schemas[name(reference)].map { properties(of: $0, in: schemas) } ?? []
        }
        if let items = schema["items"] { return properties(of: items, in: schemas) }
        if case .array(let choices)? = schema["anyOf"] {
            return choices.lazy.map { properties(of: $0, in: schemas) }.first { !$0.isEmpty } ?? []
        }
        return []
    }

    /// The name at the end of a reference.
    static func name(_ reference: String) -> String { String(reference.split(separator: "/").last ?? "") }
}

extension SchemaBook {
    /// The schema of a value of which members were left out on request: the same members, none of them required.
    func part(of schema: JSONNode) -> JSONNode {
        if case .string(let reference)? = schema["$ref"] {
            let whole = SchemaWalk.name(reference)
            guard let found = schemas[whole], found["properties"] != nil else { return schema }
            let name = whole + "Part"
            if schemas[name] == nil {
                add(name, true)
                add(name, part(ofObject: found))
            }
            return Self.reference(name)
        }
        guard case .object(let members) = schema else { return schema }
        return .object(
            members.map { member in
                switch (member.name, member.value) {
                case ("items", let items): JSONNode.Member(name: "items", value: part(of: items))
                case ("anyOf", .array(let choices)):
                    JSONNode.Member(name: "anyOf", value: .array(choices.map { part(of: $0) }))
                default: member
                }
            }
        )
    }

    private func part(ofObject schema: JSONNode) -> JSONNode {
        guard case .object(let members) = schema else { return schema }
        return .object(
            members.compactMap { member in
                guard member.name != "required" else { return nil }
                guard member.name == "properties", case .object(let properties) = member.value else { return member }
                let parts = properties.map { JSONNode.Member(name: $0.name, value: part(of: $0.value)) }
                return JSONNode.Member(name: "properties", value: .object(parts))
            }
        )
    }
}
