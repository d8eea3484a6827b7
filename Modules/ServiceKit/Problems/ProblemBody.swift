import DomainModel

/// A problem as it is written: RFC 9457 §3.1 members, then the platform's own.
struct ProblemBody: Encodable {
    static let mediaType = "application/problem+json"

    /// Names that ``Problem/with(_:_:)`` may not use.
    static let reserved: Set<String> = [
        "type", "title", "status", "detail", "instance", "code", "title_en", "title_zh", "detail_en", "detail_zh",
        "hint", "hint_en", "hint_zh", "requestId",
    ]

    let problem: Problem
    let language: Language
    /// The path that was asked for, where one could be read.
    let instance: String?
    let requestID: String

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        try container.encode(problem.code.type, forKey: Name("type"))
        try container.encode(problem.code.status, forKey: Name("status"))
        try container.encode(problem.code.id, forKey: Name("code"))
        try container.encodeIfPresent(instance, forKey: Name("instance"))
        try container.encode(requestID, forKey: Name("requestId"))
        for (name, text) in [("title", problem.code.title), ("detail", problem.detail), ("hint", problem.hint)]
        where !text.en.isEmpty || !text.zh.isEmpty {
            try container.encode(text[language], forKey: Name(name))
            try container.encode(text.en, forKey: Name("\(name)_en"))
            try container.encode(text.zh, forKey: Name("\(name)_zh"))
        }
        for (name, value) in problem.members {
            try value.encode(to: container.superEncoder(forKey: Name(name)))
        }
    }
}
