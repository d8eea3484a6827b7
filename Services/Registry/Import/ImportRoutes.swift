import Collection
import DomainModel
import HTTPTypes
import ServiceKit

/// The routes that take files of records.
struct ImportRoutes: Sendable {
    let desk: BatchDesk

    func mount(on api: APIRouter) {
        for kind in RegistryKind.allCases {
            api.post(
                "/v1/\(kind.plural)/import",
                summary: "Imports a file of records: new ones are made, known ones changed from their day on",
                zh: "导入\(kind.title.zh)文件：新键新建，已有键自起始日变更",
                permission: .writeRecords,
                query: [Self.mode] + BatchDesk.parameters,
                body: .file(BatchDesk.mediaTypes),
                bodyLimit: desk.maximumBytes,
                answers: [.json(Batch.self, status: .accepted), .json(Batch.self)],
                problems: [.fileTypeUnsupported, .fileKnownElsewhere]
            ) { request in
                try await take(request, .records(kind))
            }
        }
        api.post(
            "/v1/statements/import",
            summary: "Imports a file of statements of one kind: new ones are made, known ones said otherwise",
            zh: "导入一类陈述的文件：新者新增，已有者更正",
            permission: .writeRecords,
            query: [Self.type, Self.mode] + BatchDesk.parameters,
            body: .file(BatchDesk.mediaTypes),
            bodyLimit: desk.maximumBytes,
            answers: [.json(Batch.self, status: .accepted), .json(Batch.self)],
            problems: [.notFound, .fileTypeUnsupported, .fileKnownElsewhere]
        ) { request in
            let code = try request.requiredQuery("type")
            guard let definition = RecordModel.standard.statement(code) else {
                throw Problem.notFound("kind of statement", zh: "陈述类型", code)
            }
            return try await take(request, .statements(definition))
        }
    }

    static let type = Parameter(
        "type",
        .choice(RecordModel.standard.statements.map(\.code)),
        "The kind of all statements of the file",
        zh: "文件中全部陈述的类型",
        isRequired: true
    )
    private static let mode = Parameter(
        "mode",
        .choice(of: Batch.Mode.self),
        "All rows or good rows; atomic if absent",
        zh: "整份或仅合格行；缺省为整份"
    )

    private func take(_ request: APIRequest, _ subject: ImportSubject) async throws -> APIResponse {
        let mode = try request.query("mode", as: Batch.Mode.self) ?? .atomic
        let order = try BatchDesk.Order(request, dataset: subject.dataset, mode: mode)
        return try await desk.take(order, body: request.bodyStream, as: request.activity)
    }
}
