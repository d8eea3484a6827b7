/// What problem details look like.
enum ProblemSchema {
    /// Adds the schema that all of them share.
    static func add(to book: SchemaBook) {
        let text: JSONNode = ["type": "string"]
        var properties: [(String, JSONNode)] = [
            (
                "type",
                ["type": "string", "format": "uri-reference", "description": "Where this service explains the kind"]
            ),
            ("status", ["type": "integer", "minimum": 400, "maximum": 599]),
            (
                "code",
                ["type": "string", "pattern": "^[A-Z0-9_]+$", "description": "The kind of problem, for programs"]
            ),
            ("instance", ["type": "string", "description": "The path that was asked for"]),
            ("requestId", ["type": "string", "description": "Stands in the service's log"]),
        ]
        for name in ["title", "detail", "hint"] {
            properties += [(name, text), ("\(name)_en", text), ("\(name)_zh", text)]
        }
        properties.append(
            (
                "parameters",
                [
                    "type": "array", "description": "Each wrong parameter, with PARAMETER_INVALID",
                    "items": [
                        "type": "object", "required": ["name", "code", "expected"],
                        "properties": ["name": text, "given": text, "code": text, "expected": ["type": "object"]],
                    ],
                ]
            )
        )
        book.add(
            "Problem",
            [
                "type": "object",
                "description": "RFC 9457 problem details; title, detail and hint follow Accept-Language",
                "properties": .object(of: properties),
                "required": [
                    "type", "status", "code", "requestId", "title", "title_en", "title_zh", "detail",
                    "detail_en", "detail_zh",
                ],
            ]
        )
    }

    /// A problem of one of these kinds.
    static func node(_ codes: [ProblemCode]) -> JSONNode {
        [
            "allOf": [
                SchemaBook.reference("Problem"),
                ["properties": ["code": ["enum": .strings(codes.map(\.id).sorted())]]],
            ]
        ]
    }
}
