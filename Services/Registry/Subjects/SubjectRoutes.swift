import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Routes of what persons ask for: write it down, work on it, answer or refuse it, see what is overdue.
struct SubjectRoutes: Sendable {
    let desk: RecordDesk
    /// The days for an answer.
    let answerDays: Int

    static let number = Parameter(
        "number",
        .integer(1...Int.max),
        "Number of the request",
        zh: "请求编号",
        isRequired: true
    )

    private static let onDay = Parameter(
        "validAt",
        .day,
        "As it stood at the end of this day in China",
        zh: "按该日（中国时间）结束时的办理情况"
    )

    func mount(on api: APIRouter) {
        mountReading(on: api)
        SubjectCopyRoute(desk: desk).mount(on: api)
        api.post(
            "/v1/subject-requests",
            summary: "Writes down what a person asks about their data",
            zh: "登记个人信息主体的请求",
            permission: .writeSubjects,
            body: .json(SubjectOrder.self),
            answers: [.json(SubjectRequest.self, status: .created)],
            problems: [.notFound]
        ) { request in
            let order = try await request.body(as: SubjectOrder.self)
            try BodyTexts.check(order.subject, "/subject", maximum: 64)
            try BodyTexts.check(order.note, "/note", maximum: 2_000)
            let day = order.receivedOn ?? desk.today
            guard day <= desk.today, day.daysSince1970 >= desk.today.daysSince1970 - Self.longestAgo else {
                throw Problem.body("/receivedOn", en: "a day of the last year", zh: "最近一年内的日期")
            }
            return try await desk.write(request) { work in
                // Also those of whom nothing is believed any more may ask.
                guard let held = try await work.records.hold(order.subject) else {
                    throw Problem.notFound("record", zh: "记录", order.subject)
                }
                let store = SubjectRequestStore(work.unit.connection)
                let number = try await store.lodge(
                    order,
                    about: held.id,
                    receivedOn: day,
                    dueOn: CivilDate(daysSince1970: day.daysSince1970 + answerDays),
                    by: entry(request)
                )
                try await work.unit.record(
                    "lodge",
                    .subjectRequest,
                    number,
                    details: ["record": .text(held.key), "kind": .text(order.kind.rawValue)]
                )
                let lodged = try await find(number, store)
                return try await work.unit.answer(
                    .json(lodged, status: .created, headers: [.location: "/v1/subject-requests/\(number)"])
                )
            }
        }
        step(
            "take",
            .inWork,
            on: api,
            "Says that somebody works on it, and how it was made sure who asks",
            zh: "受理，并注明身份核验方式"
        )
        step("done", .done, on: api, "Says that it is done", zh: "办结")
        step("refuse", .refused, on: api, "Refuses it, with the reason that the person is told", zh: "拒绝，并注明告知本人的理由")
    }

    /// The most days ago that a request may have come.
    private static let longestAgo = 366

    private func step(
        _ verb: String,
        _ state: SubjectRequest.State,
        on api: APIRouter,
        _ summary: String,
        zh: String
    ) {
        api.post(
            "/v1/subject-requests/{number}/\(verb)",
            summary: summary,
            zh: zh,
            permission: .writeSubjects,
            parameters: [Self.number],
            body: .json(SubjectStepOrder.self),
            answers: [.json(SubjectRequest.self)],
            problems: [.notFound, .subjectRequestState]
        ) { request in
            let number = try request.path("number", as: Int64.self)
            let order = try await request.body(as: SubjectStepOrder.self)
            if let remark = order.remark { try BodyTexts.checkSaid(remark, "/remark", maximum: 2_000) }
            if state != .done, order.remark == nil {
                throw state == .inWork
                    ? Problem.body("/remark", en: "how it was made sure who asks", zh: "身份核验方式")
                    : Problem.body("/remark", en: "why", zh: "拒绝理由")
            }
            if state != .done, order.recording != nil {
                throw Problem.body("/recording", en: "nothing for this step", zh: "此步骤不填")
            }
            return try await desk.platform.write(request.activity) { unit in
                let store = SubjectRequestStore(unit.connection)
                guard try await store.hold(number) else { throw Problem.notFound("request", zh: "请求", number) }
                let seen = try await find(number, store)
                guard !seen.state.isFinal, state != .inWork || seen.state == .received,
                    state != .done || seen.state == .inWork
                else { throw Problem.subjectRequestState(seen) }
                if state == .done { try await requireProof(seen, order, unit.connection) }
                let before = try await unit.states(of: .subjectRequest, keys: ["\(number)"])
                try await store.add(state, to: number, order, by: entry(request))
                try await unit.record(verb, after: before, key: "\(number)", details: ["record": .text(seen.subject)])
                return try await unit.answer(.json(find(number, store)))
            }
        }
    }

    /// What is called done is done: a copy was given out, the record was mended or erased, or it is said what was done.
    private func requireProof(
        _ request: SubjectRequest,
        _ order: SubjectStepOrder,
        _ connection: PostgresConnection
    ) async throws {
        let (number, store) = (request.number, SubjectRequestStore(connection))
        if order.recording != nil, request.kind != .correct {
            throw Problem.body("/recording", en: "nothing for \(request.kind.rawValue)", zh: "此类请求不填")
        }
        switch request.kind {
        case .copy:
            if try await store.wasCopied(number) { return }
            throw Problem.subjectRequestState(request, en: "its copy was not given out", zh: "尚未提供副本")
        case .erase:
            guard let left = try await ErasureStore(connection).tombstone(of: request.subject) else {
                throw Problem.subjectRequestState(request, en: "the record is not erased", zh: "记录尚未删除")
            }
            if left.files.doneAt != nil { return }
            throw Problem.subjectRequestState(
                request,
                en: "rows of submitted files are still being blanked",
                zh: "所提交文件中的相关行尚未全部置空"
            )
        case .correct:
            if let recording = order.recording, try await store.mends(recording, number) { return }
            throw Problem.body(
                "/recording",
                en: "the version of the record that mended it since the request came",
                zh: "请求登记之后更正该记录的版本号"
            )
        case .restrict, .explain:
            if order.remark != nil { return }
            throw Problem.body("/remark", en: "what was done", zh: "办理情况")
        }
    }

    private func mountReading(on api: APIRouter) {
        api.get(
            "/v1/subject-requests",
            summary: "What persons have asked for, the newest first",
            zh: "个人信息主体的请求，最新在前",
            permission: .readSubjects,
            query: [
                Parameter("subject", .text, "Only those about this record", zh: "仅关于该记录"),
                Parameter("kind", .choice(of: SubjectRequest.Kind.self), "Only those for this", zh: "仅此类型"),
                Parameter("state", .choice(of: SubjectRequest.State.self), "Only those in this state", zh: "仅此状态"),
                Parameter("overdue", .boolean, "Only those whose last day is over", zh: "仅逾期未答复"), .asOf,
                Self.onDay, .limit, .after,
            ],
            answers: [.json(Page<SubjectRequest>.self)],
            problems: []
        ) { request in
            let filter = SubjectRequestStore.Filter(
                subject: try request.query("subject"),
                kind: try request.query("kind", as: SubjectRequest.Kind.self),
                state: try request.query("state", as: SubjectRequest.State.self),
                isOverdue: try request.query("overdue", as: Bool.self) ?? false,
                asOf: try request.asOf,
                validAt: try request.query("validAt", as: CivilDate.self)
            )
            let (after, limit) = (try request.after.flatMap { Int64($0) }, try request.limit)
            let page = try await desk.platform.read(request.principal) { connection in
                try await SubjectRequestStore(connection)
                    .list(filter, today: filter.validAt ?? desk.today, after: after, limit: limit)
            }
            return try .page(page, for: request)
        }
        api.get(
            "/v1/subject-requests/{number}",
            summary: "One request with its steps",
            zh: "单个请求及其办理过程",
            permission: .readSubjects,
            parameters: [Self.number],
            query: [.asOf, Self.onDay],
            answers: [.json(SubjectRequest.self)],
            problems: [.notFound]
        ) { request in
            let number = try request.path("number", as: Int64.self)
            let (asOf, day) = (try request.asOf, try request.query("validAt", as: CivilDate.self))
            return try .json(
                try await desk.platform.read(request.principal) { connection in
                    try await find(number, SubjectRequestStore(connection), asOf: asOf, validAt: day)
                }
            )
        }
    }

    private func find(
        _ number: Int64,
        _ store: SubjectRequestStore,
        asOf: Instant? = nil,
        validAt: CivilDate? = nil
    ) async throws -> SubjectRequest {
        guard
            let found = try await store.find(number, today: validAt ?? desk.today, asOf: asOf, validAt: validAt)
        else {
            throw Problem.notFound("request", zh: "请求", number)
        }
        return found
    }

    private func entry(_ request: APIRequest) -> ConsentStore.Entry {
        ConsentStore.Entry(principal: request.principal.id, activity: request.id, at: desk.platform.clock.now)
    }
}
