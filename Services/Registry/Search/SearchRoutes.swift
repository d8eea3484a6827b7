import DomainModel
import NameForms
import ServiceKit
import Storage

/// The search box: one question over all names, in whatever way they are written.
struct SearchRoutes: Sendable {
    let platform: Platform

    func mount(on api: APIRouter) {
        api.get(
            "/v1/search",
            summary: "Finds records by names, former names, Pinyin, initials and public identifiers, best first",
            zh: "按名称、曾用名、拼音、首字母与公开标识符检索记录，最佳匹配在前",
            permission: .readRecords,
            query: [
                Parameter(
                    "q",
                    .text(maximum: SearchQuestion.limit),
                    "What is looked for, from one character on",
                    zh: "检索内容，一个字即可",
                    isRequired: true
                ),
                Parameter(
                    "kind",
                    .choice(of: RegistryKind.self),
                    "Only records of this kind",
                    zh: "仅此类记录",
                    isRepeatable: true
                ),
                .limit, .after,
            ],
            answers: [.json(Page<FoundRecord>.self)],
            problems: []
        ) { request in
            let kinds = try request.queryAll("kind").compactMap(RegistryKind.init)
            let (limit, after) = (try request.limit, try request.after)
            // Punctuation alone is in no name.
            guard let question = SearchQuestion(try request.requiredQuery("q")) else {
                return try .page(Page<FoundRecord>(items: []), for: request)
            }
            let page = try await platform.read(request.principal) { connection in
                try await SearchStore(connection).search(
                    question,
                    kinds: kinds.isEmpty ? RegistryKind.allCases : kinds,
                    after: after,
                    limit: limit
                )
            }
            return try .page(Page(items: page.items.map(\.found), next: page.next), for: request)
        }
    }
}
