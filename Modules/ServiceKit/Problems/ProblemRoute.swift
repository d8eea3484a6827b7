import DomainModel

/// `/v1/problems/{code}`: what a code means. The `type` of every problem leads here.
enum ProblemRoute {
    /// What is said of a code.
    struct Explanation: Codable, Sendable {
        let code: String
        let status: Int
        let title: LocalizedText
        let cause: LocalizedText
        let hint: LocalizedText
        let example: LocalizedText

        init(_ code: ProblemCode) {
            self.code = code.id
            status = code.status
            title = code.title
            cause = code.cause
            hint = code.hint
            example = code.example
        }
    }

    /// Declares the routes, for the codes of all routes before them.
    static func mount(on api: APIRouter) {
        let shared = ProblemCode.catalogue.map { Explanation($0) }
        let explanations = Dictionary(
            api.routes.flatMap(\.allProblems).map { ($0.id, Explanation($0)) } + shared.map { ($0.code, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let own = Set(explanations.keys).subtracting(shared.map(\.code)).sorted().compactMap { explanations[$0] }
        let all = Page(items: shared + own)
        api.get(
            "/v1/problems",
            summary: "What the codes of problems mean",
            zh: "全部问题代码及其含义",
            permission: .public,
            answers: [.json(Page<Explanation>.self)],
            problems: []
        ) { request in try .page(all, for: request) }
        api.get(
            "/v1/problems/{code}",
            summary: "What the code of a problem means",
            zh: "问题代码的含义",
            permission: .public,
            answers: [.json(Explanation.self)],
            problems: [.notFound]
        ) { request in
            let code = try request.path("code")
            guard let explanation = explanations[code] else {
                throw Problem.notFound("code of a problem", zh: "问题代码", code)
            }
            return try .json(explanation)
        }
    }
}
