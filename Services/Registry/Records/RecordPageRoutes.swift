import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Routes of records of any kind: read, the page of everything around one, history, close, reopen, withdraw.
struct RecordPageRoutes: Sendable {
    let desk: RecordDesk

    /// Personal fields are shown to whoever says what for; the reading is recorded.
    static let purpose = Parameter(
        "purpose",
        .text,
        "Shows personal fields too: what for. The reading is recorded",
        zh: "同时显示个人信息字段：请注明目的，查阅将留痕"
    )

    /// Histories are of all days unless one is named.
    static let onDay = Parameter("validAt", .day, "Only what was said of this day", zh: "仅关于该日的内容")

    /// Statements of each direction on one page; more of them are listed by /v1/statements.
    private static let pageLimit = 1_000

    func mount(on api: APIRouter) {
        api.get(
            "/v1/records/{key}",
            summary: "One record, whatever its kind",
            zh: "任意类型的单个记录",
            permission: .readRecords,
            query: [.asOf, .validAt, Self.purpose],
            answers: [.json(RegistryRecord.self)],
            problems: [.notFound, .recordEnded, .recordMerged]
        ) { request in
            let record = try await desk.look(request) { connection, sight in
                try await sight.show(desk.find(request, of: nil, connection), connection)
            }
            let headers: HTTPFields =
                if try request.query("purpose") != nil { [.cacheControl: "no-store"] } else if try request.asOf != nil {
                    [:]
                } else { [.eTag: RecordDesk.tag(record).description] }
            return try .json(record, headers: headers)
        }
        api.get(
            "/v1/records/{key}/page",
            summary:
                "Everything around one record: what is said about it, what leads to it, and the names at the other ends",
            zh: "记录全貌：关于它的陈述、指向它的陈述及相关记录名称",
            permission: .readRecords,
            query: [.asOf, .validAt, Self.purpose],
            answers: [.json(RecordPage.self)],
            problems: [.notFound, .recordEnded, .recordMerged],
            handler: page
        )
        api.get(
            "/v1/records/{key}/history",
            summary: "The history of its fields: who, when, old, new, why, and from what",
            zh: "字段历史：何人、何时、旧值、新值、原因与来源",
            permission: .readRecords,
            query: [Parameter("field", .text, "Only this field", zh: "仅该字段"), .asOf, Self.onDay, Self.purpose],
            answers: [.json([FieldChange].self)],
            problems: [.notFound, .recordEnded]
        ) { request in
            let (key, field) = (try request.path("key"), try request.query("field"))
            let (asOf, day) = (try request.asOf, try request.query("validAt", as: CivilDate.self))
            let steps = try await desk.look(request) { connection, sight in
                let records = RegistryRecordStore(connection)
                guard let ending = try await records.ending(of: key) else {
                    throw Problem.notFound("record", zh: "记录", key)
                }
                if ending.state == .erased { throw Problem.ended(key, .erased) }
                if let field { try sight.requireField(field, of: ending.kind) }
                let steps = try await records.history(of: key, field: field, asOf: asOf, validAt: day)
                return try await sight.show(steps, of: key, ending.kind, connection)
            }
            return try .json(steps, headers: Self.unstored(request))
        }
        for (verb, state, summary, zh) in [
            ("close", RecordState.closed, "Says that what it is about has ended", "注明记录对象已终止"),
            ("reopen", .active, "Says that what it is about goes on", "注明记录对象恢复"),
        ] {
            api.post(
                "/v1/records/{key}/\(verb)",
                summary: summary,
                zh: zh,
                permission: .writeRecords,
                body: .json(StateOrder.self),
                answers: [.json(RegistryRecord.self)],
                problems: [.notFound, .recordEnded, .recordInvalid, .preconditionRequired],
                matching: .byHandler
            ) { request in
                let (key, order) = (try request.path("key"), try await request.body(as: StateOrder.self))
                return try await desk.write(request) { work in
                    let held = try await work.hold(key)
                    try await desk.requireSeen(request, key, work)
                    _ = try await desk.turn(held, state, order, work)
                    guard let record = try await desk.present(key, work.records) else {
                        throw Problem.notFound("record", zh: "记录", key)
                    }
                    let masked = record.masking(work.model.fields(of: record.kind))
                    let headers: HTTPFields = [.eTag: RecordDesk.tag(record).description]
                    return try await work.unit.answer(.json(masked, headers: headers))
                }
            }
        }
        api.delete(
            "/v1/records/{key}",
            summary: "Withdraws a record that should never have been; what was believed stays known",
            zh: "撤回误建的记录；此前的认知仍可查",
            permission: .writeRecords,
            query: [Parameter("reason", .text(maximum: 1_000), "Why", zh: "原因", isRequired: true)],
            answers: [.empty()],
            problems: [.notFound, .recordEnded, .preconditionRequired],
            matching: .byHandler
        ) { request in
            let (key, reason) = (try request.path("key"), try request.requiredQuery("reason"))
            try await desk.write(request) { work in
                let held = try await work.hold(key)
                try await desk.requireSeen(request, key, work)
                try await desk.withdraw(held, reason: reason, work)
            }
            return .empty()
        }
    }

    /// What is shown for a purpose is stored nowhere on its way.
    static func unstored(_ request: APIRequest) throws -> HTTPFields {
        try request.query("purpose") == nil ? [:] : [.cacheControl: "no-store"]
    }

    @Sendable private func page(_ request: APIRequest) async throws -> APIResponse {
        let (asOf, day) = (try request.asOf, try request.query("validAt", as: CivilDate.self))
        let moment = RegistryMoment(asOf: asOf, validAt: day ?? desk.today)
        // Read beside the rest; told to nobody who does not see the record.
        async let derived = DerivedFactRoutes(desk: desk).facts(of: try request.path("key"), at: moment)
        var writer: RecordPageWriter
        if try request.query("purpose") == nil, let found = try await self.page(request, at: moment, day) {
            writer = found
        } else {
            // In the clear, or a record that there is at another moment or not at all.
            writer = try await desk.look(request) { connection, sight in
                let record = try await desk.find(request, of: nil, connection)
                let shown = record.from.map { max($0, moment.validAt) } ?? moment.validAt
                let parts = try await RecordPageStore(connection).page(
                    record.key,
                    at: RegistryMoment(asOf: asOf, validAt: shown),
                    statementsOn: day,
                    limit: Self.pageLimit
                )
                guard let parts else { throw Problem.notFound("record", zh: "记录", record.key) }
                return try RecordPageWriter(parts, to: sight)
            }
        }
        return .json(bytes: try writer.finish(try await derived), headers: try Self.unstored(request))
    }

    /// The usual page, masked, by one statement over the connections that all requests share; `nil` when there is none.
    private func page(
        _ request: APIRequest,
        at moment: RegistryMoment,
        _ day: CivilDate?
    ) async throws -> RecordPageWriter? {
        let found = try await RecordPageStore(platform.reader(for: request.principal, plansOnce: true)).page(
            try request.path("key"),
            at: moment,
            statementsOn: day,
            limit: Self.pageLimit
        )
        guard let found, found.record.state != .erased else { return nil }
        return try RecordPageWriter(found, to: RecordSight(desk.vault, found.model, noting: nil))
    }

    private var platform: Platform { desk.platform }
}
