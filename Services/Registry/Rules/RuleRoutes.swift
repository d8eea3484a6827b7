import DomainModel
import HTTPTypes
import PostgresClient
import RegistryRules
import ServiceKit
import Storage

/// Routes of rules: which there are, run them, read the runs, compare two of them.
struct RuleRoutes: Sendable {
    let desk: RecordDesk

    private var platform: Platform { desk.platform }

    private static let id = Parameter("id", .integer(1...Int.max), "Number of the run", zh: "运行编号", isRequired: true)
    private static let before = Parameter(
        "before",
        .integer(1...Int.max),
        "The run to compare with; the last one that stood before unless given",
        zh: "用以比较的运行编号，默认此前最近一次生效的运行"
    )

    func mount(on api: APIRouter) {
        api.get(
            "/v1/derivation-rules",
            summary: "Lists the rules that derive facts from records",
            zh: "列出由记录推导结论的规则",
            permission: .readRecords,
            answers: [.json([RuleDescription].self)],
            problems: []
        ) { _ in try .json(DerivationRule.standard.map(RuleDescription.init)) }
        api.post(
            "/v1/rule-runs",
            summary: "Runs the rules over all records or one; what they conclude stands, or is kept as a trial",
            zh: "对全部或单个记录运行规则；结论生效，或仅作试算保存",
            permission: .deriveFacts,
            body: .json(RuleRunOrder.self),
            isLong: true,
            answers: [.json(RuleRun.self, status: .created)],
            problems: [.ruleUnknown, .notFound]
        ) { request in
            guard request.principal.isEverywhere else {
                throw Problem.deniedOutsideRegions(.deriveFacts, to: request.principal)
            }
            let order = try await request.body(as: RuleRunOrder.self)
            let runner = try await RuleRunner(desk)
            return try await platform.write(request.activity) { unit in
                let run = try await runner.run(order, in: unit) { done, total in
                    try await unit.activity.report(done: done, of: total)
                }
                return try await unit.answer(
                    .json(run, status: .created, headers: [.location: "/v1/rule-runs/\(run.id)"])
                )
            }
        }
        api.get(
            "/v1/rule-runs",
            summary: "Lists the runs of the rules, newest first",
            zh: "列出规则的历次运行，最新在前",
            permission: .readRecords,
            query: [
                Parameter(
                    "purpose",
                    .choice(of: RuleRun.Purpose.self),
                    "Only those that stand, or only trials",
                    zh: "仅生效的运行，或仅试算"
                ), .asOf,
                Parameter(
                    "validAt",
                    .day,
                    "Only those that judged this day or an earlier one",
                    zh: "仅判定该日或此前日期的运行"
                ),
            ] + Parameter.paging(),
            answers: [.json(Page<RuleRun>.self)],
            problems: []
        ) { request in
            let purpose = try request.query("purpose", as: RuleRun.Purpose.self)
            let (asOf, day) = (try request.asOf, try request.query("validAt", as: CivilDate.self))
            let question = try request.listQuestion
            let page = try await platform.read(request.principal) {
                try await RuleRunStore($0).list(purpose: purpose, asOf: asOf, validAt: day, question)
            }
            return try .page(page, for: request)
        }
        api.get(
            "/v1/rule-runs/{id}",
            summary: "One run of the rules",
            zh: "规则的一次运行",
            permission: .readRecords,
            parameters: [Self.id],
            answers: [.json(RuleRun.self)],
            problems: [.notFound]
        ) { request in
            try .json(try await platform.read(request.principal) { try await Self.run(request, RuleRunStore($0)) })
        }
        api.get(
            "/v1/rule-runs/{id}/difference",
            summary: "How a run differs from an earlier one: how many records gain and lose each conclusion",
            zh: "一次运行与此前运行之差：各结论得失记录数",
            permission: .readRecords,
            parameters: [Self.id],
            query: [Self.before],
            answers: [.json(RuleDifference.self)],
            problems: [.notFound]
        ) { request in
            let difference = try await platform.read(request.principal) { connection in
                try await Self.comparison(request, connection).difference()
            }
            return try .json(difference)
        }
        api.get(
            "/v1/rule-runs/{id}/changes",
            summary: "Who gains, who loses, and who stays on other grounds, each with what either run says and why",
            zh: "何者新得、何者失去、何者依据有变，并列出两次运行的结论与依据",
            permission: .readRecords,
            parameters: [Self.id],
            query: [
                Self.before,
                Parameter("change", .choice(of: RuleChange.Change.self), "Only such differences", zh: "仅此类差异"),
                DerivedFactRoutes.sort, DerivedFactRoutes.term, .limit, .after, .total,
            ],
            answers: [.json(Page<RuleChange>.self)],
            problems: [.notFound]
        ) { request in
            let change = try request.query("change", as: RuleChange.Change.self)
            let sort = try request.query("sort", as: DerivedFact.Sort.self)
            let question = try DerivedFactRoutes.question(request)
            let page = try await platform.read(request.principal) { connection in
                try await Self.comparison(request, connection)
                    .changes(change, sort: sort, term: try request.query("term"), question)
            }
            return try .page(page, for: request)
        }
    }

    private static func run(_ request: APIRequest, _ store: RuleRunStore) async throws -> RuleRun {
        let id = Int64(try request.path("id", as: Int.self))
        guard let run = try await store.find(id) else { throw Problem.notFound("run", zh: "运行", id) }
        return run
    }

    private static func comparison(
        _ request: APIRequest,
        _ connection: PostgresConnection
    ) async throws -> RuleComparisonStore {
        let store = RuleRunStore(connection)
        let after = try await run(request, store)
        let asked = try request.query("before", as: Int.self).map { Int64($0) }
        let before = if let asked { try await store.find(asked) } else { try await store.standing(before: after.id) }
        guard let before else {
            throw Problem.notFound("earlier run", zh: "此前的运行", asked.map { String($0) } ?? "< \(after.id)")
        }
        return RuleComparisonStore(connection, before: before, after: after)
    }
}

extension RuleDescription {
    /// Tells of a rule.
    init(_ rule: DerivationRule) {
        self.init(code: rule.code, version: rule.version, label: rule.label, kinds: rule.kinds, source: rule.source)
    }
}
