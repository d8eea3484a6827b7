/// Schemas of types whose members are known as data only.
extension ValueSchema {
    /// An object with these members, none of them required; others begin with `x_`.
    ///
    /// - Parameters:
    ///   - meaning: What it says, in one line.
    ///   - members: Names and schemas.
    /// - Returns: The schema.
    public static func object(_ meaning: String, _ members: [(name: String, schema: ValueSchema)]) -> ValueSchema {
        ValueSchema(
            node: [
                "type": "object", "description": .string(meaning),
                "properties": .object(of: members.map { ($0.name, SchemaBook.nullable($0.schema.node)) }),
                "patternProperties": ["^x_": [:]], "additionalProperties": false,
            ]
        )
    }

    /// True or false.
    public static func boolean(_ meaning: String) -> ValueSchema {
        ValueSchema(node: ["type": "boolean", "description": .string(meaning)])
    }

    /// A whole number.
    public static func integer(_ meaning: String) -> ValueSchema {
        ValueSchema(node: ["type": "integer", "format": "int64", "description": .string(meaning)])
    }

    /// One of these texts.
    public static func choice(_ meaning: String, _ codes: [String]) -> ValueSchema {
        ValueSchema(node: ["type": "string", "enum": .strings(codes), "description": .string(meaning)])
    }

    /// An array.
    public static func list(of item: ValueSchema) -> ValueSchema {
        ValueSchema(node: ["type": "array", "items": item.node])
    }
}
