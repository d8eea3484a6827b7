import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Routes of approvals: what one person asks for and another one approves or refuses.
struct ApprovalRoutes: Sendable {
    let platform: Platform

    static let number = Parameter(
        "number",
        .integer(1...Int.max),
        "Number of the approval",
        zh: "审批编号",
        isRequired: true
    )

    func mount(on api: APIRouter) {
        mountReading(on: api)
        for (verb, isGranted, summary, zh) in [
            ("approve", true, "Approves what somebody else has asked for", "批准他人的申请"),
            ("refuse", false, "Refuses what somebody else has asked for, and says why", "驳回他人的申请并说明理由"),
        ] {
            api.post(
                "/v1/approvals/{number}/\(verb)",
                summary: summary,
                zh: zh,
                permission: .decideApprovals,
                parameters: [Self.number],
                body: .json(ApprovalRemark.self),
                answers: [.json(Approval.self)],
                problems: [.notFound, .approvalState, .approvalOwn]
            ) { request in
                let number = try request.path("number", as: Int64.self)
                let remark = try await request.body(as: ApprovalRemark.self).remark
                if let remark { try BodyTexts.checkSaid(remark, "/remark", maximum: 2_000) }
                if !isGranted, remark == nil { throw Problem.body("/remark", en: "why", zh: "驳回理由") }
                return try await change(number, verb, request) { approval, store in
                    guard approval.requestedBy != request.principal.id else { throw Problem.ownApproval(approval) }
                    return try await store.decide(number, isGranted: isGranted, remark: remark)
                }
            }
        }
        api.post(
            "/v1/approvals/{number}/withdraw",
            summary: "Says that what was asked for is wanted no longer; who asked says it",
            zh: "撤回申请，仅限申请人",
            permission: .readApprovals,
            parameters: [Self.number],
            body: .none,
            answers: [.json(Approval.self)],
            problems: [.notFound, .approvalState, .approvalOfOthers]
        ) { request in
            let number = try request.path("number", as: Int64.self)
            return try await change(number, "withdraw", request) { approval, store in
                guard approval.requestedBy == request.principal.id else { throw Problem.approvalOfOthers(approval) }
                return try await store.withdraw(number)
            }
        }
    }

    private func mountReading(on api: APIRouter) {
        api.get(
            "/v1/approvals",
            summary: "What was asked for and what became of it, the newest first",
            zh: "申请及其审批结果，最新在前",
            permission: .readApprovals,
            query: [
                Parameter("action", .choice(of: Approval.Action.self), "Only those for this", zh: "仅此事项"),
                Parameter("state", .choice(of: Approval.State.self), "Only those in this state", zh: "仅此状态"), .asOf,
                .limit, .after,
            ],
            answers: [.json(Page<Approval>.self)],
            problems: []
        ) { request in
            let action = try request.query("action", as: Approval.Action.self)
            let state = try request.query("state", as: Approval.State.self)
            let (after, limit) = (try request.after.flatMap { Int64($0) }, try request.limit)
            let asOf = try request.asOf
            let page = try await platform.read(request.principal) { connection in
                try await ApprovalStore(connection).list(action, in: state, after: after, limit: limit, asOf: asOf)
            }
            return try .page(page, for: request)
        }
        api.get(
            "/v1/approvals/{number}",
            summary: "One approval",
            zh: "单个审批",
            permission: .readApprovals,
            parameters: [Self.number],
            query: [.asOf],
            answers: [.json(Approval.self)],
            problems: [.notFound]
        ) { request in
            let (number, asOf) = (try request.path("number", as: Int64.self), try request.asOf)
            return try .json(
                try await platform.read(request.principal) { connection in
                    try await Self.find(number, ApprovalStore(connection), asOf: asOf)
                }
            )
        }
    }

    /// Changes an approval, unless somebody was faster or it is too late.
    private func change(
        _ number: Int64,
        _ verb: String,
        _ request: APIRequest,
        _ body: (Approval, ApprovalStore) async throws -> Bool
    ) async throws -> APIResponse {
        try await platform.write(request.activity) { unit in
            let store = ApprovalStore(unit.connection)
            let seen = try await Self.find(number, store)
            let before = try await unit.states(of: .approval, keys: ["\(number)"])
            guard try await body(seen, store) else { throw Problem.approvalState(try await Self.find(number, store)) }
            try await unit.record(
                verb,
                after: before,
                key: "\(number)",
                details: ["action": .text(seen.action.rawValue), "records": .count(seen.records.count)]
            )
            return try await unit.answer(.json(Self.find(number, store)))
        }
    }

    /// Records that somebody has asked for something, and answers with it.
    static func answer(asking number: Int64, _ store: ApprovalStore, _ unit: UnitOfWork) async throws -> APIResponse {
        let approval = try await find(number, store)
        try await unit.record(
            "ask",
            .approval,
            number,
            details: ["action": .text(approval.action.rawValue), "records": .count(approval.records.count)]
        )
        return try await unit.answer(
            .json(approval, status: .created, headers: [.location: "/v1/approvals/\(number)"])
        )
    }

    /// An approval that is to be seen.
    ///
    /// - Throws: ``Problem`` `NOT_FOUND`.
    static func find(_ number: Int64, _ store: ApprovalStore, asOf: Instant? = nil) async throws -> Approval {
        guard let found = try await store.find(number, asOf: asOf) else {
            throw Problem.notFound("approval", zh: "审批", number)
        }
        return found
    }
}
