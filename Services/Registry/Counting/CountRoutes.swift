import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Routes of counting: which measures can be counted, count one, read what was counted and who was.
struct CountRoutes: Sendable {
    let platform: Platform

    private static let id = Parameter(
        "id",
        .integer(1...Int.max),
        "Number of the counting",
        zh: "统计编号",
        isRequired: true
    )
    private static let region = Parameter(
        "region",
        .text,
        "Region, with those below it",
        zh: "地区及其下级",
        isRequired: true
    )

    func mount(on api: APIRouter) {
        api.get(
            "/v1/counting-rules",
            summary: "Lists the measures that the registry counts",
            zh: "列出登记库可统计的指标",
            permission: .readRecords,
            answers: [.json([CountableMeasure].self)],
            problems: []
        ) { _ in
            try .json(CountingRule.standard.sorted { $0.measure < $1.measure }.map(CountableMeasure.init))
        }
        api.post(
            "/v1/counts",
            summary: "Counts measures for all regions in one pass, and keeps the counted records with the values",
            zh: "一次统计多项指标的各地区数值，并保存所计记录",
            permission: .countRecords,
            body: .json(CountOrder.self),
            answers: [.json([CountedMeasure].self, status: .created)],
            problems: [.measureNotCounted]
        ) { request in
            guard request.principal.isEverywhere else {
                throw Problem.deniedOutsideRegions(.countRecords, to: request.principal)
            }
            let order = try await request.body(as: CountOrder.self)
            let rules = try Self.rules(order)
            return try await platform.write(request.activity) { unit in try await count(order, by: rules, unit) }
        }
        api.get(
            "/v1/counts/{id}",
            summary: "What was counted, for each region that the caller sees whole",
            zh: "统计结果，按可见地区列出",
            permission: .readRecords,
            parameters: [Self.id],
            answers: [.json(CountedMeasure.self)],
            problems: [.notFound, .measureNotCounted]
        ) { request in
            let id = Int64(try request.path("id", as: Int.self))
            let counted = try await platform.read(request.principal) { connection in
                let store = TallyStore(connection)
                guard let tally = try await store.find(id) else {
                    throw Problem.notFound("count", zh: "统计", String(id))
                }
                return CountedMeasure(
                    tally: tally,
                    values: try await store.values(of: tally, by: try Self.rule(tally.measure))
                )
            }
            return try .json(counted)
        }
        api.get(
            "/v1/counts/{id}/records",
            summary: "The records that were counted in a region and below it",
            zh: "某地区及其下级所计的记录",
            permission: .readRecords,
            parameters: [Self.id],
            query: [Self.region, .limit, .after],
            answers: [.json(Page<String>.self)],
            problems: [.notFound]
        ) { request in
            let id = Int64(try request.path("id", as: Int.self))
            let (region, limit, after) = (try request.requiredQuery("region"), try request.limit, try request.after)
            let keys = try await platform.read(request.principal) { connection in
                let store = TallyStore(connection)
                guard try await store.find(id) != nil else { throw Problem.notFound("count", zh: "统计", String(id)) }
                return try await store.records(of: id, in: region, after: after, limit: limit + 1)
            }
            let items = Array(keys.prefix(limit))
            return try .page(Page(items: items, next: keys.count > limit ? items.last : nil), for: request)
        }
    }

    private func count(_ order: CountOrder, by rules: [CountingRule], _ unit: UnitOfWork) async throws -> APIResponse {
        let newest = try await BatchStore(unit.connection).newestInstant()
        let store = TallyStore(unit.connection)
        let end = CivilDate(daysSince1970: order.period.end.daysSince1970 + 1)
        let tallies = try await store.count(
            rules,
            days: DateSpan(from: order.period.start, until: end),
            asOf: order.asOf ?? newest,
            isPresent: order.asOf == nil,
            now: platform.clock.now,
            principal: unit.activity.principal.id
        )
        for tally in tallies {
            unit.record(
                AuditEntry(
                    "tally.count",
                    of: String(tally.id),
                    details: ["measure": .text(tally.measure), "period": .text(order.period.description)]
                )
            )
        }
        let values = try await store.values(of: Array(zip(tallies, rules)))
        return try await unit.answer(.json(zip(tallies, values).map(CountedMeasure.init), status: .created))
    }

    /// The rules of an order, each once; all of them in the order of their measures where it names none.
    ///
    /// - Throws: ``Problem`` `MEASURE_NOT_COUNTED`.
    private static func rules(_ order: CountOrder) throws -> [CountingRule] {
        guard let measures = order.measures, !measures.isEmpty else {
            return CountingRule.standard.sorted { $0.measure < $1.measure }
        }
        var named: Set<String> = []
        return try measures.filter { named.insert($0).inserted }.map(rule)
    }

    /// The rule of a measure.
    ///
    /// - Throws: ``Problem`` `MEASURE_NOT_COUNTED` with the nearest ones.
    private static func rule(_ measure: String) throws -> CountingRule {
        if let rule = CountingRule.standard.first(where: { $0.measure == measure }) { return rule }
        let near = nearestNames(to: measure, among: CountingRule.standard.map(\.measure))
        let names = near.joined(separator: ", ")
        throw Problem(
            .measureNotCounted,
            near.isEmpty ? "No rule counts \(measure)." : "No rule counts \(measure); near it is \(names).",
            zh: near.isEmpty ? "没有 \(measure) 的统计规则。" : "没有 \(measure) 的统计规则；相近的有 \(names)。"
        )
    }
}
