import DomainModel
import HTTPTypes
import ServiceKit
import Storage

/// The routes that give records and statements as files.
struct RegistryExportRoutes: Sendable {
    let desk: RecordDesk

    func mount(on api: APIRouter) {
        for kind in RegistryKind.allCases {
            api.get(
                "/v1/\(kind.plural)/export",
                summary:
                    "Each \(kind.title.en) of a filter as a file that can be imported; personal fields are left out",
                zh: "按筛选导出\(kind.title.zh)文件，可原样导入；不含个人信息字段",
                permission: .readRecords,
                query: RecordFilters.parameters(of: kind) + [.asOf, .validAt, Self.withoutNames, Self.format],
                answers: [.media(Self.mediaTypes)],
                problems: [.exportNamesPersons]
            ) { request in
                try await records(request, kind)
            }
        }
        api.get(
            "/v1/statements/export",
            summary: "Statements of one kind as a file that can be imported; personal fields are left out",
            zh: "导出一类陈述的文件，可原样导入；不含个人信息字段",
            permission: .readRecords,
            query: [ImportRoutes.type, .asOf, Self.day, Self.format],
            answers: [.media(Self.mediaTypes)],
            problems: [.notFound],
            handler: statements
        )
    }

    private static let mediaTypes = ["text/csv", "application/x-ndjson"]
    private static let format = Parameter(
        "format",
        .choice(of: RegistryExport.Syntax.self),
        "How it is written; csv if absent",
        zh: "文件格式；缺省为 csv"
    )
    private static let withoutNames = Parameter(
        "withoutNames",
        .boolean,
        "Leaves out what says which person it is; a file that has it needs an approval",
        zh: "不含可识别到个人的字段；含有者须经批准"
    )
    private static let day = Parameter("validAt", .day, "Only those that hold on this day", zh: "仅该日有效者")

    private func records(_ request: APIRequest, _ kind: RegistryKind) async throws -> APIResponse {
        let export = try export(request)
        let (filter, columns) = try await desk.platform.read(request.principal) { connection in
            let (filter, model) = try await RecordFilters.filter(request, of: kind, connection, today: desk.today)
            return (filter, try Self.columns(of: kind, model, request))
        }
        let asked = try desk.moment(request)
        let instant = try await RegistryExport.instant(asked.asOf, in: desk.platform, for: request.principal)
        let moment = RegistryMoment(asOf: instant, validAt: asked.validAt)
        try await record(request, kind.rawValue, export, at: instant, filteredBy: filter.fields)
        return .stream(contentType: export.syntax.mediaType) { writer in
            try await export.write(filter, at: moment, columns, to: &writer)
        }
    }

    @Sendable private func statements(_ request: APIRequest) async throws -> APIResponse {
        let export = try export(request)
        let code = try request.requiredQuery("type")
        guard let definition = RecordModel.standard.statement(code) else {
            throw Problem.notFound("kind of statement", zh: "陈述类型", code)
        }
        let instant = try await RegistryExport.instant(request.asOf, in: desk.platform, for: request.principal)
        let filter = RegistryStatementStore.Filter(
            type: code,
            validAt: try request.query("validAt", as: CivilDate.self),
            asOf: instant
        )
        // No kind of statement has a field that names somebody; one that gets one is left out of files.
        let columns = ExportColumns(definition.fields, naming: false)
        try await record(request, code, export, at: instant)
        return .stream(contentType: export.syntax.mediaType) { writer in
            try await export.write(filter, of: code, columns, to: &writer)
        }
    }

    /// The fields of a file that anybody who reads the records may have.
    ///
    /// - Throws: ``Problem`` `EXPORT_NAMES_PERSONS` where it would name persons, and is not asked to leave that out.
    private static func columns(
        of kind: RegistryKind,
        _ model: RecordModel,
        _ request: APIRequest
    ) throws -> ExportColumns {
        let columns = ExportColumns(model.fields(of: kind), naming: false)
        let naming = columns.hidden.filter { $0.privacy == .identifying }.map(\.code)
        guard try naming.isEmpty || request.query("withoutNames", as: Bool.self) == true else {
            throw Problem.exportNamesPersons(kind, naming)
        }
        return columns
    }

    /// Writes to the trail who takes which file. Of the filter it keeps the fields, since values may be about a person.
    private func record(
        _ request: APIRequest,
        _ what: String,
        _ export: RegistryExport,
        at instant: Instant,
        filteredBy fields: Set<String> = []
    ) async throws {
        try await desk.platform.write(request.activity.preparing) { work in
            work.record(
                AuditEntry(
                    "export.take",
                    of: what,
                    details: [
                        "format": .text(export.syntax.rawValue), "asOf": .text(instant.description),
                        "filteredBy": .text(fields.sorted().joined(separator: " ")),
                    ]
                )
            )
        }
    }

    private func export(_ request: APIRequest) throws -> RegistryExport {
        let syntax = try request.query("format", as: RegistryExport.Syntax.self) ?? .csv
        return RegistryExport(platform: desk.platform, principal: request.principal, syntax: syntax)
    }
}

extension RegistryRecordStore.Filter {
    /// What it looks at.
    fileprivate var fields: Set<String> {
        var fields = Set(attributes.keys).union(comparisons.map(\.field.code))
        if region != nil { fields.insert("region") }
        if state != nil { fields.insert("state") }
        return fields
    }
}
