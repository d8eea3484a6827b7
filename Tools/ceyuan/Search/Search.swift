import ArgumentParser
import DomainModel
import PlatformClient

/// `ceyuan search TEXT`
struct Search: PlatformCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "search",
            abstract: "Find records by name, Pinyin, initials or identifier.",
            discussion:
                "Traditional and simplified characters, full and half width are the same; former names answer too."
        )
    }

    @Argument(help: "What is looked for, from one character on.")
    var text: [String]

    @Option(help: "Only records of this kind. May be repeated.")
    var kind: [RegistryKind] = []

    @Option(help: ArgumentHelp("Only records in this region and below it.", valueName: "code"), completion: .regions)
    var region: String?

    @Option(help: "Only those in this state: active or closed.", completion: .list(["active", "closed"]))
    var state: RecordState?

    @Option(help: "Only those that have this tier on the day, by default today.")
    var tier: String?

    @Option(help: "Only those that have this title on the day, by default today.")
    var title: String?

    @Option(help: "Only those of which this early warning stands.")
    var warning: String?

    @Option(
        help: ArgumentHelp(
            "By the names, and with what was true, as it was believed at this instant (2026-06-30T08:00:00Z), or at the end of this day (2026-06-30, UTC).",
            valueName: "instant"
        )
    )
    var asOf: Instant?

    @Option(help: ArgumentHelp("Only by names that hold on this day; by default on any.", valueName: "day"))
    var validAt: CivilDate?

    @Option(
        help: "Print how the first thousand answers fall into kinds, regions, … and not the answers. May be repeated."
    )
    var facet: [SearchFacet.Name] = []

    @Option(help: "At most so many.")
    var limit: Int = 20

    @OptionGroup(title: "Everywhere")
    var global: GlobalOptions

    func run(in session: Session) async throws {
        var query: Query = [
            "q": text.joined(separator: " "), "limit": String(limit), "region": region, "state": state?.rawValue,
            "tier": tier, "title": title, "warning": warning, "asOf": asOf?.description, "validAt": validAt?.isoText,
        ]
        for kind in kind { query.append("kind", kind.rawValue) }
        for facet in facet { query.append("facet", facet.rawValue) }
        if !facet.isEmpty { return try await printFacets(query, in: session) }
        let (items, isMore) = try await answers(query, in: session)
        try await session.list(answers: items)
        if isMore, items.count < limit {
            session.console.remark(
                session.console("只查看了前面的部分记录，请缩小检索范围。", "Only the first part was looked at: ask more narrowly.")
            )
        } else if isMore {
            session.console.remark(session.console("还有更多结果，可用 --limit 增加。", "There are more: raise --limit."))
        }
    }
}

extension Search {
    /// The most pages that are asked for: with filters or of another time each may be short.
    private static let pageLimit = 10

    /// As many answers as are wanted, and whether there are more.
    private func answers(
        _ query: Query,
        in session: Session
    ) async throws -> (items: [Answer<FoundRow>], isMore: Bool) {
        var (query, items, asked) = (query, [Answer<FoundRow>](), 0)
        while true {
            query.set("limit", String(limit - items.count))
            let page = try await session.client(of: .registry)
                .get("/v1/search", query: query, as: Page<Answer<FoundRow>>.self)
            items += page.items
            asked += 1
            guard let next = page.next, items.count < limit, asked < Self.pageLimit else {
                return (items, page.next != nil)
            }
            query.set("after", next)
        }
    }

    private func printFacets(_ query: Query, in session: Session) async throws {
        let found: FoundRecords = try await session.client(of: .registry).get("/v1/search", query: query)
        let facets = found.facets ?? []
        let words = try await Registrar(session).words(
            of: Set(facets.compactMap(\.name.vocabulary)),
            andRegions: facets.contains { $0.name == .region }
        )
        let language = session.console.language
        try session.console.list(
            facets.flatMap { facet in
                facet.parts.map { part in
                    let title = words.title(of: part.code, facet.name)?[language]
                    return FacetRow(facet: facet.name, code: part.code, name: title, count: part.count)
                }
            }
        )
        if found.isMore == true {
            session.console.remark(
                session.console("仅统计前一千条结果，实际更多。", "Only the first thousand answers are counted: there are more.")
            )
        }
    }
}
