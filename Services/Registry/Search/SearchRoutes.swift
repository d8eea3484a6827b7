import DomainModel
import NameForms
import ServiceKit
import Storage

/// The search box: one question over all names, in whatever way they are written.
struct SearchRoutes: Sendable {
    let desk: RecordDesk

    private static let filters: [Parameter] = [
        Parameter(
            "kind",
            .choice(of: RegistryKind.self),
            "Only records of this kind",
            zh: "仅此类记录",
            isRepeatable: true
        ),
        Parameter("region", .text, "Only records in this region and below it", zh: "仅该地区及其下级的记录"),
        Parameter("state", .choice(["active", "closed"]), "Only those in this state", zh: "仅此状态"),
        Parameter("tier", .text, "Only those that have this tier or one below it on the day", zh: "仅当日具有该层次或其下级层次者"),
        Parameter("title", .text, "Only those that have this title or one below it on the day", zh: "仅当日具有该资质或其下级资质者"),
        Parameter("warning", .text, "Only those of which this warning stands", zh: "仅现有该预警者"),
        .asOf,
        Parameter(
            "validAt",
            .day,
            "Only by names that hold on this day, and with what holds on it; unless given by those of all days, and tiers and titles of today",
            zh: "仅按该日有效的名称检索，并按该日有效的数据筛选；未给出时按各日名称检索，层次与资质取今日"
        ),
    ]

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
                    "facet",
                    .choice(of: SearchFacet.Name.self),
                    "Say how the first thousand answers fall into parts",
                    zh: "统计前一千条结果的分布",
                    isRepeatable: true
                ),
            ] + Self.filters + [.limit, .after],
            answers: [.json(FoundRecords.self)],
            problems: [],
            handler: search
        )
    }

    @Sendable private func search(_ request: APIRequest) async throws -> APIResponse {
        let kinds = try request.queryAll("kind").compactMap(RegistryKind.init)
        let moment = SearchMoment(asOf: try request.asOf, validAt: try request.query("validAt", as: CivilDate.self))
        let filter = SearchFilter(
            kinds: kinds.isEmpty ? RegistryKind.allCases : kinds,
            state: try request.query("state", as: RecordState.self),
            tier: try request.query("tier"),
            title: try request.query("title"),
            warning: try request.query("warning"),
            day: moment.validAt ?? desk.today
        )
        let (limit, after, region) = (try request.limit, try request.after, try request.query("region"))
        let facets = try request.queryAll("facet").compactMap(SearchFacet.Name.init)
        // Punctuation alone is in no name.
        guard let question = SearchQuestion(try request.requiredQuery("q")) else {
            return try .json(FoundRecords(items: []))
        }
        // One statement needs no transaction around it: one round trip instead of four.
        if moment.isPresent, region == nil, facets.isEmpty, !filter.looks {
            let store = SearchStore(try desk.platform.reader(for: request.principal))
            let page = try await store.search(question, filter, after: after, limit: limit)
            return try .json(FoundRecords(items: page.items.map(\.found), next: page.next.map(request.cursor)))
        }
        let found = try await desk.platform.read(request.principal) { connection in
            let box = try await SearchBox(connection, at: moment, in: region)
            let page = try await box.search(question, filter, after: after, limit: limit)
            if page.items.isEmpty { try await Self.check(filter, region, by: CodeCheck(connection: connection)) }
            let counted = facets.isEmpty ? nil : try await box.facets(facets, question, filter)
            return FoundRecords(
                items: page.items.map(\.found),
                next: page.next.map(request.cursor),
                facets: counted?.facets,
                isMore: counted?.isMore
            )
        }
        return try .json(found)
    }

    /// Refuses filters by codes that there are not.
    private static func check(_ filter: SearchFilter, _ region: String?, by codes: CodeCheck) async throws {
        try await codes.region(region)
        try await codes.term(filter.tier, of: "talent_tier", as: "tier")
        try await codes.term(filter.title, of: "enterprise_title", as: "title")
        try await codes.term(filter.warning, of: "early_warning", as: "warning")
    }
}
