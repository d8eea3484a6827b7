import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// The routes of one kind of record: list, make, read, change.
struct RecordKindRoutes<Tag: KindTag>: Sendable {
    let desk: RecordDesk

    private var kind: RegistryKind { Tag.kind }
    /// Source: RFC 8288 §3.
    private static var link: HTTPField.Name { HTTPField.Name("Link")! }
    private var path: String { "/v1/\(kind.plural)" }

    func mount(on api: APIRouter) {
        let (en, zh) = (kind.title.en, kind.title.zh)
        api.get(
            path,
            summary: "Lists each \(en)",
            zh: "列出\(zh)",
            permission: .readRecords,
            query: RecordFilters.parameters(of: kind) + [.asOf, .validAt]
                + Parameter.paging(sort: RegistryRecordStore.orders.keys.sorted()),
            answers: [.json(Page<RecordView<Tag>>.self)],
            problems: [],
            handler: list
        )
        api.post(
            path,
            summary: "Makes a record",
            zh: "新建\(zh)记录",
            permission: .writeRecords,
            body: .json(RecordOrder<Tag>.self),
            answers: [.json(RecordView<Tag>.self, status: .created)],
            problems: [.recordInvalid, .recordKeyTaken]
        ) { request in
            let order = try await request.body(as: RecordOrder<Tag>.self)
            return try await desk.write(request) { work in
                let (key, duplicates) = try await desk.create(order, work)
                return try await work.unit.answer(answer(key, work, status: .created, duplicates: duplicates))
            }
        }
        api.get(
            "\(path)/{key}",
            summary: "One \(en), as believed when and as holding on which day",
            zh: "单个\(zh)，可指定认知时刻与有效日期",
            permission: .readRecords,
            query: [.asOf, .validAt, RecordPageRoutes.purpose],
            answers: [.json(RecordView<Tag>.self)],
            problems: [.notFound, .recordEnded, .recordMerged]
        ) { request in
            let record = try await desk.look(request) { connection, sight in
                try await sight.show(desk.find(request, of: kind, connection), connection)
            }
            return try Self.response(record, to: request)
        }
        api.patch(
            "\(path)/{key}",
            summary: "Changes a record from a day on, or corrects what is believed of it",
            zh: "自某日起变更\(zh)，或更正既有认知",
            permission: .writeRecords,
            body: .json(RecordPatch<Tag>.self),
            answers: [.json(RecordView<Tag>.self)],
            problems: [.notFound, .recordEnded, .recordInvalid, .preconditionRequired]
        ) { request in
            let (key, patch) = (try request.path("key"), try await request.body(as: RecordPatch<Tag>.self))
            return try await desk.write(request) { work in
                let held = try await work.hold(key, of: kind)
                try await desk.requireSeen(request, key, work)
                _ = try await desk.change(held, patch, work)
                return try await work.unit.answer(answer(key, work))
            }
        }
    }

    @Sendable private func list(_ request: APIRequest) async throws -> APIResponse {
        let moment = try desk.moment(request)
        let page = try await desk.platform.read(request.principal) { connection in
            let (filter, model) = try await RecordFilters.filter(request, of: kind, connection, today: desk.today)
            let found = try await RegistryRecordStore(connection).list(filter, at: moment, request.listQuestion)
            if found.items.isEmpty { try await CodeCheck(connection: connection).region(filter.region) }
            let fields = model.fields(of: kind)
            return Page(
                items: found.items.map { RecordView<Tag>($0.masking(fields)) },
                next: found.next,
                total: found.total
            )
        }
        return try .page(page, for: request)
    }

    private func answer(
        _ key: String,
        _ work: RecordWork,
        status: HTTPResponse.Status = .ok,
        duplicates: [PossibleDuplicate] = []
    ) async throws -> APIResponse {
        guard let record = try await desk.present(key, work.records) else {
            throw Problem.notFound(kind.title.en, zh: kind.title.zh, key)
        }
        var headers: HTTPFields = [.eTag: RecordDesk.tag(record).description]
        if status == .created { headers[.location] = "\(path)/\(key)" }
        var view = RecordView<Tag>(record.masking(work.model.fields(of: kind)))
        if status == .created { view.possibleDuplicates = duplicates }
        if !duplicates.isEmpty { headers[Self.link] = "</v1/duplicates?record=\(key)>; rel=\"related\"" }
        return try .json(view, status: status, headers: headers)
    }

    /// The tag names the version that a change starts from; of the past there is none to be changed.
    private static func response(_ record: RegistryRecord, to request: APIRequest) throws -> APIResponse {
        let isUnmasked = try request.query("purpose") != nil
        let isPast = try request.asOf != nil
        var headers: HTTPFields = [:]
        if isUnmasked { headers[.cacheControl] = "no-store" }
        if !isUnmasked, !isPast { headers[.eTag] = RecordDesk.tag(record).description }
        return try .json(RecordView<Tag>(record), headers: headers)
    }
}
