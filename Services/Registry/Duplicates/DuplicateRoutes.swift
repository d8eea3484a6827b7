import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Routes of pairs that may be one: have them found, list them, look at one, decide.
struct DuplicateRoutes: Sendable {
    let desk: RecordDesk

    private static let id = Parameter(
        "id",
        .integer(1...Int.max),
        "Number of the pair",
        zh: "候选编号",
        isRequired: true
    )

    private static let filters = [
        Parameter("kind", .choice(LinkageMaker.kinds.map(\.rawValue)), "Only records of this kind", zh: "仅此类记录"),
        Parameter(
            "state",
            .choice(of: DuplicateCandidate.State.self),
            "Only those in this state",
            zh: "仅此状态"
        ),
        Parameter("region", .text, "Only those of which one lies in this region", zh: "仅其中一条位于该地区"),
        Parameter("record", .text, "Only those with this record", zh: "仅涉及该记录"),
        Parameter(
            "minimum",
            .integer(0...100),
            "Only those at least so likely, in percent",
            zh: "仅不低于此可能性（百分数）"
        ),
    ]

    private static let onDay = Parameter(
        "validAt",
        .day,
        "Only pairs of which both are kept on this day, called as they were then",
        zh: "仅两条记录在该日均有效者，名称按该日"
    )

    func mount(on api: APIRouter) {
        api.post(
            "/v1/duplicate-searches",
            summary: "Looks through all records of a kind for pairs that may be one; decisions stay",
            zh: "在一类记录中全面查找可能重复的记录对；已有判定不变",
            permission: .mergeRecords,
            body: .json(DuplicateSearchOrder.self),
            isLong: true,
            answers: [.json(DuplicateSearch.self, status: .created)],
            problems: [.recordInvalid]
        ) { request in
            guard request.principal.isEverywhere else {
                throw Problem.deniedOutsideRegions(.mergeRecords, to: request.principal)
            }
            let order = try await request.body(as: DuplicateSearchOrder.self)
            return try await search(order, request)
        }
        api.get(
            "/v1/duplicate-searches/{id}",
            summary: "What came of a search for duplicates",
            zh: "一次重复查找的结果",
            permission: .readRecords,
            parameters: [Self.id],
            answers: [.json(DuplicateSearch.self)],
            problems: [.notFound]
        ) { request in
            let id = try request.path("id", as: Int64.self)
            let found = try await desk.platform.read(request.principal) { try await DuplicateStore($0).search(id) }
            guard let found else { throw Problem.notFound("search for duplicates", zh: "重复查找", id) }
            return try .json(found)
        }
        api.get(
            "/v1/duplicates",
            summary: "Pairs of records that may be one, the likeliest first",
            zh: "可能重复的记录对，可能性最大者在前",
            permission: .readRecords,
            query: Self.filters + [.asOf, Self.onDay] + Parameter.paging(),
            answers: [.json(Page<DuplicateCandidate>.self)],
            problems: [],
            handler: list
        )
        api.get(
            "/v1/duplicates/{id}",
            summary: "Two records that may be one, side by side, with the reasons and what a merge would do",
            zh: "可能重复的两条记录并列对照，附理由与合并预演",
            permission: .readRecords,
            parameters: [Self.id],
            query: [.asOf, Self.onDay],
            answers: [.json(DuplicateComparison.self)],
            problems: [.notFound],
            handler: show
        )
        api.post(
            "/v1/duplicates/{id}/decide",
            summary: "Says whether two records are one: then they are merged",
            zh: "判定两条记录是否为同一对象；相同则合并",
            permission: .mergeRecords,
            parameters: [Self.id],
            body: .json(DuplicateOrder.self),
            answers: [.json(DuplicateCandidate.self)],
            problems: [.notFound, .recordEnded, .recordInvalid, .mergeUnlike, .mergeRefused]
        ) { request in
            let (id, order) = (try request.path("id", as: Int64.self), try await request.body(as: DuplicateOrder.self))
            return try await desk.write(request) { work in
                try MergeRoutes.requireReason(order.reason)
                return try await work.unit.answer(.json(DuplicateDesk(desk: desk).decide(id, order, work)))
            }
        }
    }

    private func search(_ order: DuplicateSearchOrder, _ request: APIRequest) async throws -> APIResponse {
        let minimum = order.minimum ?? DuplicateFinder.minimum
        var conflicts: [Conflict] = []
        if !LinkageMaker.kinds.contains(order.kind) {
            let kinds = LinkageMaker.kinds.map(\.rawValue).joined(separator: ", ")
            let expected = LocalizedText(zh: kinds, en: kinds)
            conflicts.append(
                Conflict(code: .fieldInvalid, field: "kind", given: order.kind.rawValue, expected: expected)
            )
        }
        if !(0.01...1).contains(minimum) {
            let expected = LocalizedText(zh: "0.01 到 1", en: "0.01 to 1")
            conflicts.append(
                Conflict(code: .fieldOutOfRange, field: "minimum", given: "\(minimum)", expected: expected)
            )
        }
        guard conflicts.isEmpty else { throw Problem.invalid(conflicts) }
        return try await desk.write(request) { work in
            let finder = DuplicateFinder(unit: work.unit, maker: try await work.maker, now: work.now)
            let found = try await finder.find(order.kind, minimum: minimum)
            work.unit.record(
                AuditEntry(
                    "duplicate.find",
                    of: order.kind.rawValue,
                    details: ["pairs": .count(found.pairs), "candidates": .count(found.candidates)]
                )
            )
            return try await work.unit.answer(
                .json(found, status: .created, headers: [.location: "/v1/duplicate-searches/\(found.id)"])
            )
        }
    }

    @Sendable private func list(_ request: APIRequest) async throws -> APIResponse {
        let filter = DuplicateStore.Filter(
            kind: try request.query("kind", as: RegistryKind.self),
            state: try request.query("state", as: DuplicateCandidate.State.self),
            region: try request.query("region"),
            record: try request.query("record"),
            minimum: try request.query("minimum", as: Int.self).map { Double($0) / 100 },
            asOf: try request.asOf,
            validAt: try request.query("validAt", as: CivilDate.self)
        )
        let page = try await desk.platform.read(request.principal) { connection in
            try await DuplicateStore(connection).list(filter, request.listQuestion)
        }
        return try .page(page, for: request)
    }

    @Sendable private func show(_ request: APIRequest) async throws -> APIResponse {
        let id = try request.path("id", as: Int64.self)
        let (asOf, day) = (try request.asOf, try request.query("validAt", as: CivilDate.self))
        let comparison = try await desk.platform.read(request.principal) { connection in
            try await DuplicateDesk(desk: desk).compare(id, asOf: asOf, validAt: day, on: connection)
        }
        return try .json(comparison)
    }
}
