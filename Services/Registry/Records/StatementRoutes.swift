import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Routes of statements: say, list, end, change, correct, withdraw.
struct StatementRoutes: Sendable {
    let desk: RecordDesk

    /// What somebody says to change a statement from a day on.
    struct Change: Codable, Sendable {
        /// The first day on which it is otherwise.
        let from: CivilDate
        let term: String?
        let share: ExactDecimal?
        /// The first day on which the new one holds no longer; as before if absent.
        let until: CivilDate?
        /// New values; those that are not named stay.
        let attributes: Attributes?
        let reason: String?
        let source: Source?
    }

    private static let number = Parameter(
        "number",
        .integer(1...Int.max),
        "Number of the statement",
        zh: "陈述编号",
        isRequired: true
    )

    func mount(on api: APIRouter) {
        mountReading(on: api)
        api.post(
            "/v1/records/{key}/statements",
            summary: "Says something about a record: a dated fact, or a relation to another one",
            zh: "关于记录作出陈述：有日期的事实，或与另一记录的关系",
            permission: .writeRecords,
            body: .json(StatementOrder.self),
            answers: [.json(RegistryStatement.self, status: .created)],
            problems: [.notFound, .recordEnded, .recordInvalid]
        ) { request in
            let (key, order) = (try request.path("key"), try await request.body(as: StatementOrder.self))
            return try await desk.write(request) { work in
                let held = try await work.hold(key)
                let number = try await desk.say(
                    order.draft,
                    about: held,
                    reason: order.reason,
                    source: order.source,
                    work
                )
                return try await answer(number, work, status: .created)
            }
        }
        change(
            "end",
            StatementEnd.self,
            on: api,
            "Says on which day a statement ends",
            zh: "注明陈述的终止日期"
        ) { statement, held, order, work in
            var draft = statement.draft
            draft.until = order.until
            try await desk.restate(
                statement,
                as: draft,
                about: held,
                verb: "end-statement",
                reason: order.reason,
                work
            )
            return statement.number
        }
        change(
            "correct",
            StatementOrder.self,
            on: api,
            "Says what should have been said from the beginning",
            zh: "更正陈述：自始应为"
        ) { statement, held, order, work in
            var conflicts: [Conflict] = []
            if order.type != statement.type {
                let expected = LocalizedText(zh: statement.type, en: statement.type)
                conflicts.append(Conflict(code: .fieldInvalid, field: "type", given: order.type, expected: expected))
            }
            if (order.reason ?? "").isEmpty { conflicts.append(Conflict(code: .fieldMissing, field: "reason")) }
            guard conflicts.isEmpty else { throw Problem.invalid(conflicts) }
            try await desk.restate(
                statement,
                as: order.draft,
                about: held,
                verb: "correct-statement",
                reason: order.reason,
                source: order.source,
                work
            )
            return statement.number
        }
        change(
            "change",
            Change.self,
            on: api,
            "Says that it is otherwise from a day on: the statement ends and another begins",
            zh: "自某日起变更：原陈述终止，新陈述开始"
        ) { statement, held, order, work in
            var draft = statement.draft
            draft.from = order.from
            draft.term = order.term ?? draft.term
            draft.share = order.share ?? draft.share
            draft.until = order.until ?? draft.until
            draft.attributes = statement.attributes.merging(order.attributes ?? [:]) { $1 }
            return try await desk.follow(
                statement,
                by: draft,
                about: held,
                reason: order.reason,
                source: order.source,
                work
            )
        }
        api.delete(
            "/v1/statements/{number}",
            summary: "Withdraws a statement that should never have been made",
            zh: "撤回误作的陈述",
            permission: .writeRecords,
            parameters: [Self.number],
            query: [Parameter("reason", .text(maximum: 1_000), "Why", zh: "原因", isRequired: true)],
            answers: [.empty()],
            problems: [.notFound, .recordEnded]
        ) { request in
            let (number, reason) = (
                try request.path("number", as: Int64.self), try request.requiredQuery("reason")
            )
            try await desk.write(request) { work in
                let (statement, held) = try await hold(number, work)
                try await desk.unsay(statement, about: held, reason: reason, work)
            }
            return .empty()
        }
    }

    /// Declares a route that says something else under a statement's number.
    private func change<Order: Codable & Sendable>(
        _ verb: String,
        _ type: Order.Type,
        on api: APIRouter,
        _ summary: String,
        zh: String,
        _ body:
            @escaping @Sendable (
                RegistryStatement, RegistryRecordStore.Held, Order, RecordWork
            ) async throws -> Int64
    ) {
        api.post(
            "/v1/statements/{number}/\(verb)",
            summary: summary,
            zh: zh,
            permission: .writeRecords,
            parameters: [Self.number],
            body: .json(Order.self),
            answers: [.json(RegistryStatement.self)],
            problems: [.notFound, .recordEnded, .recordInvalid]
        ) { request in
            let number = try request.path("number", as: Int64.self)
            let order = try await request.body(as: Order.self)
            return try await desk.write(request) { work in
                let (statement, held) = try await hold(number, work)
                return try await answer(body(statement, held, order, work), work)
            }
        }
    }

    private func mountReading(on api: APIRouter) {
        api.get(
            "/v1/statements",
            summary:
                "Statements by number: about a record, leading to one, of a kind, on a day, as believed at an instant",
            zh: "陈述列表：按所述记录、所指记录、类型、有效日期与认知时刻",
            permission: .readRecords,
            query: [
                Parameter("subject", .text, "Only those about this record", zh: "仅关于该记录"),
                Parameter("object", .text, "Only those that lead to this record", zh: "仅指向该记录"),
                Parameter(
                    "type",
                    .choice(RecordModel.standard.statements.map(\.code)),
                    "Only those of this kind",
                    zh: "仅此类型"
                ), .asOf, .validAt,
                Parameter(
                    "purpose",
                    .text,
                    "With a subject: shows personal fields too: what for. The reading is recorded",
                    zh: "须与 subject 同用：同时显示个人信息字段，请注明目的，查阅将留痕"
                ),
            ] + Parameter.paging(),
            answers: [.json(Page<RegistryStatement>.self)],
            problems: [.notFound]
        ) { request in
            let filter = RegistryStatementStore.Filter(
                subject: try request.query("subject"),
                object: try request.query("object"),
                type: try request.query("type"),
                validAt: try request.query("validAt", as: CivilDate.self),
                asOf: try request.asOf
            )
            if let purpose = try request.query("purpose"), filter.subject == nil {
                let expected = LocalizedText(
                    zh: "同时给出 subject：目的只针对一条记录",
                    en: "a subject too: a purpose is about one record"
                )
                throw Problem.parameter("purpose", given: purpose, expected: expected)
            }
            let page = try await desk.look(request) { connection, sight in
                let found = try await RegistryStatementStore(connection).list(filter, request.listQuestion)
                if let subject = filter.subject, try request.query("purpose") != nil {
                    guard try await RegistryRecordStore(connection).ending(of: subject) != nil else {
                        throw Problem.notFound("record", zh: "记录", subject)
                    }
                    sight.note(subject)
                }
                return Page(
                    items: try await sight.show(found.items, connection),
                    next: found.next,
                    total: found.total
                )
            }
            var response = try APIResponse.page(page, for: request)
            response.headers.append(contentsOf: try RecordPageRoutes.unstored(request))
            return response
        }
        api.get(
            "/v1/statements/{number}/history",
            summary: "Everything that was ever said under a number, the oldest first",
            zh: "该编号下曾作的全部陈述，最早在前",
            permission: .readRecords,
            parameters: [Self.number],
            query: [.asOf, RecordPageRoutes.onDay, RecordPageRoutes.purpose],
            answers: [.json([RegistryStatement].self)],
            problems: [.notFound]
        ) { request in
            let number = try request.path("number", as: Int64.self)
            let (asOf, day) = (try request.asOf, try request.query("validAt", as: CivilDate.self))
            let said = try await desk.look(request) { connection, sight in
                let statements = RegistryStatementStore(connection)
                guard let last = try await statements.history(of: number).last else {
                    throw Problem.notFound("statement", zh: "陈述", number)
                }
                sight.note(last.subject)
                let said = try await statements.history(of: number, asOf: asOf, validAt: day)
                return try await sight.show(said, connection)
            }
            return try .json(said, headers: RecordPageRoutes.unstored(request))
        }
    }

    private static func masked(_ statement: RegistryStatement) -> RegistryStatement {
        statement.masking(RecordModel.standard.statement(statement.type)?.fields ?? [])
    }

    private func hold(
        _ number: Int64,
        _ work: RecordWork
    ) async throws -> (RegistryStatement, RegistryRecordStore.Held) {
        guard let seen = try await work.statements.find(number) else {
            throw Problem.notFound("statement", zh: "陈述", number)
        }
        let held = try await work.hold(seen.subject)
        // Somebody may have ended it before the record was ours.
        guard let statement = try await work.statements.find(number) else {
            throw Problem.notFound("statement", zh: "陈述", number)
        }
        return (try await work.sealing.open(statement, about: held), held)
    }

    private func answer(
        _ number: Int64,
        _ work: RecordWork,
        status: HTTPResponse.Status = .ok
    ) async throws -> APIResponse {
        guard let statement = try await work.statements.find(number) else {
            throw Problem.notFound("statement", zh: "陈述", number)
        }
        return try await work.unit.answer(
            .json(
                Self.masked(statement),
                status: status,
                headers: status == .created ? [.location: "/v1/statements/\(number)/history"] : [:]
            )
        )
    }
}
