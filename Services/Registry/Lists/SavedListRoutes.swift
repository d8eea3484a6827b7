import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Routes of saved lists: save, read, change, remove, and ask for their records.
struct SavedListRoutes: Sendable {
    let desk: RecordDesk

    private var platform: Platform { desk.platform }

    private static let id = Parameter(
        "id",
        .integer(1...Int.max),
        "Number of the list",
        zh: "清单编号",
        isRequired: true
    )
    private static let path = "/v1/saved-lists"

    func mount(on api: APIRouter) {
        api.get(
            Self.path,
            summary: "Lists that are yours or shared with you",
            zh: "本人的及共享给本人的清单",
            permission: .readRecords,
            query: Parameter.paging(),
            answers: [.json(Page<SavedList>.self)],
            problems: []
        ) { request in
            let question = try request.listQuestion
            let page = try await platform.read(request.principal) { try await SavedListStore($0).list(question) }
            return try .page(page, for: request)
        }
        api.post(
            Self.path,
            summary: "Saves a list: a question that is asked anew each time, or a fixed set of keys",
            zh: "保存清单：每次重新查询的条件，或固定的一组键",
            permission: .readRecords,
            body: .json(SavedListOrder.self),
            answers: [.json(SavedList.self, status: .created)],
            problems: [.savedListInvalid, .savedListNameTaken]
        ) { request in try await put(request, nil) }
        api.get(
            "\(Self.path)/{id}",
            summary: "One list",
            zh: "单个清单",
            permission: .readRecords,
            parameters: [Self.id],
            answers: [.json(SavedList.self)],
            problems: [.notFound]
        ) { request in
            try .json(try await platform.read(request.principal) { try await Self.list(request, $0) })
        }
        api.put(
            "\(Self.path)/{id}",
            summary: "Changes a list of yours",
            zh: "修改本人的清单",
            permission: .readRecords,
            parameters: [Self.id],
            body: .json(SavedListOrder.self),
            answers: [.json(SavedList.self)],
            problems: [.notFound, .savedListInvalid, .savedListNameTaken]
        ) { request in try await put(request, Int64(try request.path("id", as: Int.self))) }
        api.delete(
            "\(Self.path)/{id}",
            summary: "Removes a list of yours; its records stay",
            zh: "删除本人的清单；其中记录不受影响",
            permission: .readRecords,
            parameters: [Self.id],
            answers: [.empty()],
            problems: [.notFound]
        ) { request in
            let id = Int64(try request.path("id", as: Int.self))
            try await platform.write(request.activity) { unit in
                guard try await SavedListStore(unit.connection).remove(id, owner: request.principal.id) else {
                    throw Problem.notFound("list", zh: "清单", id)
                }
                unit.record(AuditEntry("saved_list.remove", of: String(id)))
            }
            return .empty()
        }
        api.get(
            "\(Self.path)/{id}/records",
            summary: "The records of a list, as believed when and as holding on which day",
            zh: "清单中的记录，可指定认知时刻与有效日期",
            permission: .readRecords,
            parameters: [Self.id],
            query: [.asOf, .validAt, .limit, .after],
            answers: [.json(Page<RelatedName>.self)],
            problems: [.notFound]
        ) { request in
            let moment = try desk.moment(request)
            let day = try request.query("validAt", as: CivilDate.self)
            let question = ListQuestion(after: try request.after, limit: try request.limit)
            let page = try await platform.read(request.principal) { connection in
                let list = try await Self.list(request, connection)
                return try await SavedListReading(connection, at: moment, namesOf: day)
                    .records(of: list, question)
            }
            return try .page(page, for: request)
        }
    }

    private func put(_ request: APIRequest, _ id: Int64?) async throws -> APIResponse {
        let order = try await request.body(as: SavedListOrder.self)
        try Self.check(order)
        do {
            // A change in one snapshot: where somebody has changed it since, this runs again, and sees that.
            let isolation: IsolationLevel = id == nil ? .readCommitted : .repeatableRead
            return try await platform.write(request.activity, isolation: isolation) { unit in
                if let question = order.question {
                    _ = try await RecordFilters.filter(question, unit.connection, today: desk.today)
                }
                let store = SavedListStore(unit.connection)
                if let id { try await request.match(store.find(id).map { try EntityTag(json: $0) }) }
                let put = try await store.put(order, id, owner: request.principal.id, at: platform.clock.now)
                guard let put, let list = try await store.find(put) else {
                    throw Problem.notFound("list", zh: "清单", id ?? 0)
                }
                unit.record(AuditEntry(id == nil ? "saved_list.make" : "saved_list.change", of: String(put)))
                if id != nil { return try await unit.answer(.json(list)) }
                return try await unit.answer(
                    .json(list, status: .created, headers: [.location: "\(Self.path)/\(put)"])
                )
            }
        } catch let error as PostgresError where error.sqlState == .uniqueViolation {
            throw Problem(
                .savedListNameTaken,
                "You have a list named “\(order.name)”.",
                zh: "您已有名为“\(order.name)”的清单。"
            )
        } catch let error as PostgresError where error.sqlState == .foreignKeyViolation {
            throw Self.invalid("There is no role \(order.role ?? "").", zh: "没有角色 \(order.role ?? "")。")
        }
    }

    private static func check(_ order: SavedListOrder) throws {
        if (order.question == nil) == (order.keys == nil) {
            throw invalid("The list has a question or keys, and not both.", zh: "清单须有且仅有查询条件或键之一。")
        }
        if (order.sharing == .role) != (order.role != nil) {
            throw invalid("A role is named where the list is shared with it.", zh: "仅按角色共享时须注明角色。")
        }
        if !(1...200).contains(order.name.unicodeScalars.count) || order.name.contains("\0") {
            throw invalid("The name has 1 to 200 characters.", zh: "名称须为 1 至 200 字。")
        }
        if let keys = order.keys, !(1...10_000).contains(keys.count) {
            throw invalid("A list has 1 to 10000 keys.", zh: "清单须有 1 至 10000 个键。")
        }
    }

    private static func invalid(_ en: String, zh: String) -> Problem { Problem(.savedListInvalid, en, zh: zh) }

    private static func list(_ request: APIRequest, _ connection: PostgresConnection) async throws -> SavedList {
        let id = Int64(try request.path("id", as: Int.self))
        guard let list = try await SavedListStore(connection).find(id) else {
            throw Problem.notFound("list", zh: "清单", id)
        }
        return list
    }
}
