import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Routes of the ledger of consents: write a ground down, end it, list them, and ask whether a use is covered.
struct ConsentRoutes: Sendable {
    let desk: RecordDesk

    private static let number = Parameter(
        "number",
        .integer(1...Int.max),
        "Number of the line in the ledger",
        zh: "台账编号",
        isRequired: true
    )

    private static let onDay = Parameter(
        "validAt",
        .day,
        "Only what was in force on this day in China",
        zh: "仅该日（中国时间）有效的依据"
    )

    func mount(on api: APIRouter) {
        mountReading(on: api)
        api.post(
            "/v1/records/{key}/consents",
            summary: "Writes down on what ground data about a person may be used, and for what",
            zh: "登记处理个人信息的依据与目的",
            permission: .writeConsents,
            body: .json(ConsentOrder.self),
            answers: [.json(Consent.self, status: .created)],
            problems: [.notFound, .recordEnded]
        ) { request in
            let (key, order) = (try request.path("key"), try await request.body(as: ConsentOrder.self))
            return try await desk.write(request) { work in
                let held = try await work.hold(key)
                let terms = work.facts.terms[ConsentGround.vocabulary] ?? []
                let now = desk.platform.clock.now
                let ground = try order.ground(of: held.kind, work.model, terms: terms, now: now)
                let store = ConsentStore(work.unit.connection)
                let number = try await store.add(ground, about: held.id, by: entry(request, now))
                try await work.unit.record(
                    "give",
                    .consent,
                    number,
                    details: [
                        "record": .text(held.key), "purpose": .text(ground.purpose),
                        "basis": .text(ground.basis.rawValue),
                    ]
                )
                let line = try await find(number, store)
                return try await work.unit.answer(
                    .json(line, status: .created, headers: [.location: "/v1/consents/\(number)"])
                )
            }
        }
        api.post(
            "/v1/consents/{number}/withdraw",
            summary: "Ends a ground: the person takes a consent back, or a contract or duty is over",
            zh: "终止依据：撤回同意，或合同、职责已终止",
            permission: .writeConsents,
            parameters: [Self.number],
            body: .json(ConsentEnd.self),
            answers: [.json(Consent.self)],
            problems: [.notFound, .consentEnded]
        ) { request in
            let number = try request.path("number", as: Int64.self)
            let end = try await request.body(as: ConsentEnd.self)
            try BodyTexts.check(end.evidence)
            try BodyTexts.check(end.note, "/note", maximum: 2_000)
            return try await desk.platform.write(request.activity) { unit in
                let (store, now) = (ConsentStore(unit.connection), desk.platform.clock.now)
                let line = try await find(number, store)
                let instant = end.at ?? now
                guard instant <= now, instant >= line.ground.givenAt else {
                    throw Problem.body("/at", en: "an instant from givenAt to now", zh: "givenAt 至当前之间的时刻")
                }
                let before = try await unit.states(of: .consent, keys: ["\(number)"])
                let isNew = try await store.withdraw(
                    number,
                    at: instant,
                    channel: end.channel,
                    evidence: end.evidence,
                    note: end.note,
                    by: entry(request, now)
                )
                guard isNew else {
                    throw Problem(
                        .consentEnded,
                        "Line \(number) of the ledger ended before.",
                        zh: "台账第 \(number) 行已终止。"
                    )
                }
                try await unit.record(
                    "withdraw",
                    after: before,
                    key: "\(number)",
                    details: ["record": .text(line.subject), "purpose": .text(line.ground.purpose)]
                )
                return try await unit.answer(.json(find(number, store)))
            }
        }
    }

    private func mountReading(on api: APIRouter) {
        api.get(
            "/v1/consents/{number}",
            summary: "One line of the ledger of consents",
            zh: "同意台账的单条记录",
            permission: .readConsents,
            parameters: [Self.number],
            query: [.asOf, Self.onDay],
            answers: [.json(Consent.self)],
            problems: [.notFound]
        ) { request in
            let number = try request.path("number", as: Int64.self)
            let (asOf, day) = (try request.asOf, try request.query("validAt", as: CivilDate.self))
            return try .json(
                try await desk.platform.read(request.principal) { connection in
                    try await find(number, ConsentStore(connection), asOf: asOf, validAt: day)
                }
            )
        }
        api.get(
            "/v1/records/{key}/consents",
            summary: "On what grounds data about a person may or might be used, the newest first",
            zh: "某人信息的处理依据，最新在前",
            permission: .readConsents,
            query: [
                Parameter("purpose", .text, "Only those for this purpose", zh: "仅此目的"), .asOf, Self.onDay, .limit,
                .after,
            ],
            answers: [.json(Page<Consent>.self)],
            problems: [.notFound]
        ) { request in
            let (key, purpose) = (try request.path("key"), try request.query("purpose"))
            let (after, limit) = (try request.after.flatMap { Int64($0) }, try request.limit)
            let (asOf, day) = (try request.asOf, try request.query("validAt", as: CivilDate.self))
            let page = try await desk.platform.read(request.principal) { connection in
                try await requireRecord(key, connection)
                return try await ConsentStore(connection)
                    .list(of: key, purpose: purpose, after: after, limit: limit, asOf: asOf, validAt: day)
            }
            return try .page(page, for: request)
        }
        api.get(
            "/v1/records/{key}/consents/answer",
            summary: "Whether data about a person may be used for a purpose at an instant, and on which ground",
            zh: "某时刻可否为某目的使用某人的信息，及其依据",
            permission: .readConsents,
            query: [
                Parameter("purpose", .text, "What for: the code of a purpose", zh: "目的代码", isRequired: true),
                Parameter("at", .instant, "When; now unless given", zh: "时刻，默认当前"), .asOf,
                Parameter("field", .text, "One field; the whole record unless given", zh: "单个字段，默认整个记录"),
            ],
            answers: [.json(ConsentAnswer.self)],
            problems: [.notFound]
        ) { request in
            let (key, purpose) = (try request.path("key"), try request.requiredQuery("purpose"))
            let at = try request.query("at", as: Instant.self) ?? desk.platform.clock.now
            let (field, asOf) = (try request.query("field"), try request.asOf)
            let answer = try await desk.platform.read(request.principal) { connection in
                let kind = try await requireRecord(key, connection)
                let model = try await RecordModelStore(connection).load()
                let definition = field.flatMap { model.field($0, of: kind) }
                if let field, definition == nil {
                    let near = nearestNames(to: field, among: model.fields(of: kind).map(\.code))
                    let names = near.joined(separator: ", ")
                    let expected = LocalizedText(zh: "该类记录的字段 \(names)", en: "a field of the record \(names)")
                    throw Problem.parameter("field", given: field, expected: expected)
                }
                return try await ConsentStore(connection).covers(
                    key,
                    purpose,
                    at: at,
                    field: field,
                    isSensitive: definition?.privacy == .sealed,
                    asOf: asOf
                )
            }
            return try .json(answer)
        }
    }

    @discardableResult
    private func requireRecord(_ key: String, _ connection: PostgresConnection) async throws -> RegistryKind {
        guard let ending = try await RegistryRecordStore(connection).ending(of: key) else {
            throw Problem.notFound("record", zh: "记录", key)
        }
        return ending.kind
    }

    private func find(
        _ number: Int64,
        _ store: ConsentStore,
        asOf: Instant? = nil,
        validAt: CivilDate? = nil
    ) async throws -> Consent {
        guard let line = try await store.find(number, asOf: asOf, validAt: validAt) else {
            throw Problem.notFound("consent", zh: "同意", number)
        }
        return line
    }

    private func entry(_ request: APIRequest, _ now: Instant) -> ConsentStore.Entry {
        ConsentStore.Entry(principal: request.principal.id, activity: request.id, at: now)
    }
}
