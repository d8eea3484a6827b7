import DomainModel
import PostgresClient
import RegistryRules
import ServiceKit
import Storage

/// Routes of derived facts: those that stand, and those of one record at any moment.
struct DerivedFactRoutes: Sendable {
    let desk: RecordDesk

    private var platform: Platform { desk.platform }

    static let sort = Parameter(
        "sort",
        .choice(of: DerivedFact.Sort.self),
        "Only conclusions of this sort",
        zh: "仅此类结论"
    )
    static let term = Parameter("term", .text, "Only this conclusion: relocation", zh: "仅此结论，例如 relocation")

    func mount(on api: APIRouter) {
        api.get(
            "/v1/derived-facts",
            summary: "Lists what the rules conclude, with the grounds: tiers, stages, titles, ends, early warnings",
            zh: "列出规则推导的结论及依据：层次、阶段、资质、到期与预警",
            permission: .readRecords,
            query: [
                Self.sort, Self.term,
                Parameter("rule", .text, "Only conclusions of this rule, by its code", zh: "仅此规则的结论，按规则代码"),
                Parameter("kind", .choice(of: RegistryKind.self), "Only of records of this kind", zh: "仅此类记录"),
                Parameter("region", .text, "Only of records in this region and below it", zh: "仅该地区及其下级的记录"),
                Parameter(
                    "run",
                    .integer(1...Int.max),
                    "The facts of this run; those that stand unless given",
                    zh: "此次运行的结论，默认现行结论"
                ),
                .asOf,
                Parameter(
                    "validAt",
                    .day,
                    "What stood on this day: after the last run that judged it or an earlier one",
                    zh: "该日的现行结论：以判定该日或此前最近一日的运行为准"
                ),
                .limit, .after, .total,
            ],
            answers: [.json(Page<ListedFact>.self)],
            problems: [.notFound],
            handler: list
        )
        api.get(
            "/v1/records/{key}/derived-facts",
            summary: "What the rules conclude of one record at a moment, with the statements and fields that say so",
            zh: "规则对单个记录在某一时点的结论，及所据陈述与字段",
            permission: .readRecords,
            query: [.asOf, .validAt],
            answers: [.json(DerivedFacts.self)],
            problems: [.notFound, .recordEnded, .recordMerged]
        ) { request in
            let moment = try desk.moment(request)
            let record = try await platform.read(request.principal) { connection in
                try await desk.find(request, of: nil, connection)
            }
            let facts = try await facts(of: record.key, at: moment)
            return try .json(DerivedFacts(record: record.key, day: moment.validAt, facts: facts))
        }
    }

    /// What the rules conclude of a record that the caller may see.
    ///
    /// It is read as the service: rules look at awards and investors whatever region they lie in, and say no more of
    /// them than their grounds.
    ///
    /// - Throws: `PostgresError`.
    func facts(of key: String, at moment: RegistryMoment) async throws -> [DerivedFact] {
        let rules = DerivationRule.standard
        let source = try platform.reader(for: .service("registry"), plansOnce: true)
        var reader = SituationReader(source, for: rules, day: moment.validAt, asOf: moment.asOf)
        guard let situation = try await reader.one(key)?.situation else { return [] }
        return DerivationRule.derive(rules, from: situation)
    }

    @Sendable private func list(_ request: APIRequest) async throws -> APIResponse {
        var filter = DerivedFactStore.Filter(
            sort: try request.query("sort", as: DerivedFact.Sort.self),
            term: try request.query("term"),
            rule: try request.query("rule"),
            region: try request.query("region"),
            kind: try request.query("kind", as: RegistryKind.self),
            asOf: try request.asOf,
            validAt: try request.query("validAt", as: CivilDate.self)
        )
        let (run, question) = (try request.query("run", as: Int.self), try Self.question(request))
        let page = try await platform.read(request.principal) { connection in
            if let run {
                let found = try await RuleRunStore(connection)
                    .find(Int64(run), asOf: filter.asOf, validAt: filter.validAt)
                guard let found else { throw Problem.notFound("run", zh: "运行", run) }
                filter.run = found
            }
            let found = try await DerivedFactStore(connection).list(filter, question)
            if found.items.isEmpty { try await CodeCheck(connection: connection).region(filter.region) }
            let records = Set(found.items.map(\.record)).sorted()
            let called = try await RegistryRecordStore(connection)
                .names(of: records, at: RegistryMoment(asOf: filter.asOf, validAt: filter.validAt ?? desk.today))
            let names = Dictionary(called.map { ($0.key, $0.name) }, uniquingKeysWith: { first, _ in first })
            return Page(
                items: found.items.map { ListedFact($0, name: names[$0.record] ?? nil) },
                next: found.next,
                total: found.total
            )
        }
        return try .page(page, for: request)
    }

    /// What is asked of a list in which `sort` names conclusions and not an order.
    static func question(_ request: APIRequest) throws -> ListQuestion {
        ListQuestion(after: try request.after, limit: try request.limit, counts: try request.wantsTotal)
    }
}
