import DomainModel
import PlatformClient

/// Who was counted for a figure: the counting that its row names, with the first of the counted records.
struct CountedTrace: Codable, Sendable {
    /// A counted record, as it was believed when it was counted.
    struct Member: Codable, Sendable {
        let key: String
        /// What it was called; absent for one that was erased since.
        let name: String?
        /// What is left of one that was erased since.
        let erased: Tombstone?
    }

    /// How many records are shown by name.
    static let shown = 10

    /// The lineage code of the figure.
    let code: String
    let tally: Tally
    /// What was counted for the figure's region; absent where the reader does not see it whole.
    let counted: RegionCount?
    /// The region of the figure.
    let region: String
    /// The first records, by key.
    let members: [Member]
    /// Whether there are others.
    let isPartial: Bool

    /// Asks the register who was counted for all figures of a trace that come from it.
    ///
    /// - Throws: `PlatformClientError`.
    static func all(of trace: LineageTrace, from client: PlatformClient) async throws -> [CountedTrace] {
        var found: [CountedTrace] = []
        if let count = trace.origin?.count, let observation = trace.observation {
            found.append(try await find(count, of: trace.code, in: observation.region, client))
        }
        for source in trace.sources { found += try await all(of: source, from: client) }
        return found
    }

    private static func find(
        _ count: Int64,
        of code: String,
        in region: String,
        _ client: PlatformClient
    ) async throws -> CountedTrace {
        let measure: CountedMeasure = try await client.get("/v1/counts/\(count)")
        let page: Page<String> = try await client.get(
            "/v1/counts/\(count)/records",
            query: ["region": region, "limit": String(shown)]
        )
        var members: [Member] = []
        for key in page.items { members.append(try await member(key, measure.tally, client)) }
        return CountedTrace(
            code: code,
            tally: measure.tally,
            counted: measure.values.first { $0.region == region },
            region: region,
            members: members,
            isPartial: page.next != nil
        )
    }

    private static func member(_ key: String, _ tally: Tally, _ client: PlatformClient) async throws -> Member {
        let query: Query = ["asOf": tally.asOf.description, "validAt": tally.lastDay?.isoText]
        do {
            let record: RegistryRecord = try await client.get(Registrar.path(key), query: query)
            return Member(key: key, name: record.name, erased: nil)
        } catch PlatformClientError.problem(let problem) where problem.status == 404 || problem.status == 410 {
            return Member(key: key, name: nil, erased: problem.member("tombstone"))
        }
    }
}

extension Tally {
    /// The last of the days that were looked at: stocks are counted on it.
    fileprivate var lastDay: CivilDate? { days.until.map { CivilDate(daysSince1970: $0.daysSince1970 - 1) } }
}

extension Tree {
    /// The counting, with those who were counted below it.
    init(_ trace: CountedTrace, _ console: Console) {
        let (tally, region) = (trace.tally, trace.region)
        let records = trace.counted.map { console("，\($0.records) 条记录", ", records \($0.records)") } ?? ""
        self.init(
            console("统计 \(tally.id)：", "count \(tally.id): ") + "\(tally.measure)  \(region)\(records)",
            style: .cyan
        )
        let days = [tally.days.from, tally.lastDay].map { $0?.isoText ?? "…" }.joined(separator: "–")
        add(
            console("规则第 \(tally.ruleVersion) 版，", "rule version \(tally.ruleVersion), ") + "\(days), "
                + console("数据截至 ", "as of ") + "\(tally.asOf.shortDescription), \(tally.principal)"
        )
        children = trace.members.map { member in
            guard let erased = member.erased else {
                return Tree([member.key, member.name ?? ""].joined(separator: "  "))
            }
            let said = console(
                "已于 \(erased.erasedAt.shortDescription) 由 \(erased.erasedBy) 依批准 \(erased.approval) 删除",
                "erased \(erased.erasedAt.shortDescription) by \(erased.erasedBy), on approval \(erased.approval)"
            )
            return Tree("\(member.key)  \(said)", style: .dim)
        }
        if trace.isPartial {
            children.append(
                Tree(console("更多：", "more: ") + "ceyuan count records \(tally.id) --region \(region)", style: .dim)
            )
        }
    }
}
