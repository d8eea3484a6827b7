import AuditTrail
import DomainModel
import HTTPTypes
import NIOCore
import PostgresClient
import ServiceKit
import Storage
import Tabular

/// Routes of exports of personal data: ask for one; fetch it when a second person has approved.
struct ExportRoutes: Sendable {
    let desk: RecordDesk

    func mount(on api: APIRouter) {
        api.post(
            "/v1/personal-exports",
            summary:
                "Asks for personal data of records, a filter or a saved list to be given out; a second person approves",
            zh: "申请导出个人信息，须另一人批准",
            permission: .exportPersonal,
            body: .json(ExportOrder.self),
            answers: [.json(Approval.self, status: .created)],
            problems: [.notFound, .recordEnded]
        ) { request in
            let order = try await request.body(as: ExportOrder.self)
            try Self.check(order)
            return try await desk.platform.write(request.activity) { unit in
                let model = try await RecordModelStore(unit.connection).load()
                let keys = try await records(of: order, unit.connection)
                let kind = try await kind(of: keys, RegistryRecordStore(unit.connection))
                let known = try Self.fields(of: order, kind, model)
                let fields = try Self.fields(order.fields, among: known)
                let uncovered = try await ConsentStore(unit.connection).uncovered(
                    keys,
                    order.purpose,
                    at: desk.platform.clock.now
                )
                let store = ApprovalStore(unit.connection)
                let number = try await store.ask(
                    .export,
                    for: keys,
                    reason: order.reason,
                    terms: ExportTerms(
                        purpose: order.purpose,
                        recipient: order.recipient,
                        statements: order.statements,
                        fields: fields,
                        format: order.format ?? .csv,
                        uncovered: uncovered
                    ),
                    activity: request.id
                )
                return try await ApprovalRoutes.answer(asking: number, store, unit)
            }
        }
        api.get(
            "/v1/personal-exports/{number}",
            summary:
                "The data of an approved export, for who asked, for a day; each reading of each record is recorded",
            zh: "取回已批准的导出内容，限申请人于一日内；逐条留痕",
            permission: .exportPersonal,
            parameters: [ApprovalRoutes.number],
            answers: [.media(["text/csv", "application/x-ndjson"])],
            problems: [.notFound, .approvalState, .approvalOfOthers, .personalKeyUnavailable],
            handler: fetch
        )
    }

    @Sendable private func fetch(_ request: APIRequest) async throws -> APIResponse {
        let number = try request.path("number", as: Int64.self)
        let (text, format) = try await desk.platform.write(request.activity.preparing) { unit in
            let store = ApprovalStore(unit.connection)
            let approval = try await ApprovalRoutes.find(number, store)
            guard let terms = approval.export else { throw Problem.otherApproval(approval) }
            guard approval.requestedBy == request.principal.id else { throw Problem.approvalOfOthers(approval) }
            let before = try await unit.states(of: .approval, keys: ["\(number)"])
            guard try await store.use(number) else {
                throw Problem.approvalState(try await ApprovalRoutes.find(number, store))
            }
            let found = try await present(approval.records, unit.connection)
            let model = try await RecordModelStore(unit.connection).load()
            let sight = RecordSight(desk.vault, model, noting: RecordSight.Shown())
            let text = try await PersonalExport(terms: terms).text(of: found, sight, unit.connection)
            try await unit.record("use", after: before, key: "\(number)", details: ["action": .text("export")])
            let fields: [CanonicalValue] = terms.fields.map { field in
                .text(terms.statements.map { "\($0).\(field)" } ?? field)
            }
            unit.record(
                found.map { record in
                    AuditEntry(
                        "record.read",
                        of: record.key,
                        details: [
                            "approval": .count(number), "fields": .clear(.array(fields)),
                            "recipient": .text(terms.recipient),
                        ],
                        reason: approval.reason
                    )
                }
            )
            return (text, terms.format)
        }
        return .bytes(
            ByteBuffer(string: text),
            contentType: format == .csv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson",
            headers: [
                .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"export-\(number).\(format.rawValue)\"",
            ]
        )
    }

    /// Those of the records that there are: what was erased or withdrawn since the approval stays behind.
    private func present(_ keys: [String], _ connection: PostgresConnection) async throws -> [RegistryRecord] {
        let records = RegistryRecordStore(connection)
        var found: [RegistryRecord] = []
        for key in keys {
            guard let record = try await desk.present(key, records), record.state.isRelatable else { continue }
            found.append(record)
        }
        return found
    }

    /// The records that are meant, as they are now: whoever approves approves these and no others.
    private func records(of order: ExportOrder, _ connection: PostgresConnection) async throws -> [String] {
        if let records = order.records { return records }
        let reading = SavedListReading(connection, at: RegistryMoment(validAt: desk.today))
        let most = Approval.maximumRecords
        let keys: [String]
        if let number = order.list {
            guard let list = try await SavedListStore(connection).find(number) else {
                throw Problem.notFound("list", zh: "清单", number)
            }
            keys = try await reading.keys(limit: most) { try await reading.records(of: list, $0) }
        } else if let filter = order.filter {
            keys = try await reading.keys(limit: most) { try await reading.records(of: filter, $0) }
        } else {
            keys = []
        }
        guard (1...most).contains(keys.count) else {
            let place = order.list == nil ? "/filter" : "/list"
            throw keys.isEmpty
                ? Problem.body(place, en: "at least one record that you see", zh: "至少一条可见的记录")
                : Problem.body(place, en: "at most \(most) records; narrow it", zh: "至多 \(most) 条记录，请缩小范围")
        }
        return keys
    }

    private func kind(of keys: [String], _ records: RegistryRecordStore) async throws -> RegistryKind {
        let known = try await records.endings(of: keys)
        var kind: RegistryKind?
        for key in keys {
            guard let record = known[key] else { throw Problem.notFound("record", zh: "记录", key) }
            guard record.state.isRelatable else {
                throw Problem.ended(key, record.state, successor: record.mergedInto)
            }
            guard kind == nil || kind == record.kind else {
                throw Problem.body("/records", en: "records of one kind", zh: "同一类型的记录")
            }
            kind = record.kind
        }
        return kind ?? .talent
    }

    private static func check(_ order: ExportOrder) throws {
        guard [order.records != nil, order.filter != nil, order.list != nil].filter({ $0 }).count == 1 else {
            throw Problem.body("", en: "one of “records”, “filter” and “list”", zh: "records、filter、list 三者之一")
        }
        if let records = order.records {
            guard (1...Approval.maximumRecords).contains(records.count), Set(records).count == records.count else {
                let most = Approval.maximumRecords
                throw Problem.body("/records", en: "1 to \(most) keys, each once", zh: "1 到 \(most) 个不重复的键")
            }
            for key in records { try BodyTexts.check(key, "/records", maximum: 64) }
        }
        if let filter = order.filter {
            try BodyTexts.check(filter.region, "/filter/region", maximum: 64)
            try BodyTexts.check(filter.q, "/filter/q", maximum: 200)
            for text in filter.fields ?? [] { try BodyTexts.check(text, "/filter/fields", maximum: 1_000) }
            for text in filter.where ?? [] { try BodyTexts.check(text, "/filter/where", maximum: 1_000) }
        }
        guard FieldDefinition.isCode(order.purpose) else {
            throw Problem.body("/purpose", en: "the code of a purpose", zh: "目的代码")
        }
        try BodyTexts.checkSaid(order.reason, "/reason", maximum: 2_000)
        try BodyTexts.checkSaid(order.recipient, "/recipient", maximum: 500)
    }

    /// The fields that may be asked for: of the records, or of a kind of statement about them.
    private static func fields(of order: ExportOrder, _ kind: RegistryKind, _ model: RecordModel) throws -> [String] {
        guard let type = order.statements else { return model.fields(of: kind).map(\.code) }
        let types = model.statements.filter { $0.subjects.contains(kind) }
        guard let definition = types.first(where: { $0.code == type }) else {
            let near = nearestNames(to: type, among: types.map(\.code)).joined(separator: ", ")
            throw Problem.body(
                "/statements",
                en: "a kind of statement about such records: \(near)",
                zh: "可用于该类记录的陈述类型：\(near)"
            )
        }
        return definition.fields.map(\.code)
    }

    /// The fields in the order in which they were named, else in that of the model.
    private static func fields(_ named: [String]?, among known: [String]) throws -> [String] {
        guard let named, !named.isEmpty else { return known }
        for code in named where !known.contains(code) {
            let near = nearestNames(to: code, among: known).joined(separator: ", ")
            throw Problem.body("/fields", en: "fields of the kind: \(near)", zh: "该类记录的字段：\(near)")
        }
        guard Set(named).count == named.count else {
            throw Problem.body("/fields", en: "each field once", zh: "字段不重复")
        }
        return named
    }
}
