import DomainModel
import HTTPTypes
import ServiceKit
import Storage

/// What records may hold, as data; and fields that an office adds.
struct RecordModelRoutes: Sendable {
    let desk: RecordDesk

    /// The fields of one kind.
    struct KindFields: Codable, Sendable {
        let kind: RegistryKind
        let title: LocalizedText
        let path: String
        let fields: [FieldDefinition]
    }

    /// The whole model.
    struct Model: Codable, Sendable {
        let kinds: [KindFields]
        let statements: [StatementDefinition]
    }

    /// What somebody says to add a field.
    struct FieldOrder: Codable, Sendable {
        let kind: RegistryKind
        let field: FieldDefinition
    }

    func mount(on api: APIRouter) {
        api.get(
            "/v1/record-model",
            summary: "What records may hold: fields of each kind, and kinds of statements",
            zh: "记录模型：各类记录的字段与陈述类型",
            permission: .readRecords,
            query: [.asOf],
            answers: [.json(Model.self)],
            problems: []
        ) { request in
            let asOf = try request.asOf
            let model = try await desk.platform.read(request.principal) {
                try await RecordModelStore($0).load(asOf: asOf)
            }
            return try .json(
                Model(
                    kinds: RegistryKind.allCases.map { kind in
                        KindFields(
                            kind: kind,
                            title: kind.title,
                            path: "/v1/\(kind.plural)",
                            fields: model.fields(of: kind)
                        )
                    },
                    statements: model.statements
                )
            )
        }
        api.post(
            "/v1/record-model/fields",
            summary: "Adds a field to a kind of record",
            zh: "为一类记录增加字段",
            permission: .defineRecords,
            body: .json(FieldOrder.self),
            answers: [.json(FieldDefinition.self, status: .created)],
            problems: [.recordInvalid, .fieldTaken]
        ) { request in
            guard request.principal.isEverywhere else {
                throw Problem.deniedOutsideRegions(.defineRecords, to: request.principal)
            }
            let order = try await request.body(as: FieldOrder.self)
            let conflicts = order.field.faultsAsCustom
            guard conflicts.isEmpty else { throw Problem.invalid(conflicts) }
            let (kind, code) = (order.kind.rawValue, order.field.code)
            return try await desk.platform.write(request.activity) { unit in
                guard try await RecordModelStore(unit.connection).declare(order.field, of: order.kind) else {
                    throw Problem(.fieldTaken, "\(kind) has a field \(code).", zh: "\(kind) 已有字段 \(code)。")
                }
                unit.record(
                    AuditEntry(
                        "field.declare",
                        of: "\(kind)/\(code)",
                        details: [
                            "type": .text(order.field.type.rawValue), "privacy": .text(order.field.privacy.rawValue),
                        ]
                    )
                )
                return try await unit.answer(
                    .json(order.field, status: .created, headers: [.location: "/v1/record-model"])
                )
            }
        }
    }
}
