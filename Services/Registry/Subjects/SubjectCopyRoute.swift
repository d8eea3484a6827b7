import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// The route that gives a person everything that is kept about them.
struct SubjectCopyRoute: Sendable {
    let desk: RecordDesk

    /// More lines of each sort than anybody has.
    private static let limit = 10_000

    func mount(on api: APIRouter) {
        api.get(
            "/v1/subject-requests/{number}/copy",
            summary:
                "Everything that is kept about a person, in the clear, for a request that is in work; it is recorded",
            zh: "个人信息副本（明文），限受理中的查阅复制请求；查阅留痕",
            permission: .unmaskRecords,
            parameters: [SubjectRoutes.number],
            answers: [.json(SubjectCopy.self)],
            problems: [.notFound, .recordEnded, .subjectRequestState, .personalKeyUnavailable]
        ) { request in
            let number = try request.path("number", as: Int64.self)
            let copy = try await desk.platform.write(request.activity.preparing) { unit in
                try await everything(for: number, unit)
            }
            return try .json(copy, headers: [.cacheControl: "no-store"])
        }
    }

    private func everything(for number: Int64, _ unit: UnitOfWork) async throws -> SubjectCopy {
        let connection = unit.connection
        guard let request = try await SubjectRequestStore(connection).find(number, today: desk.today) else {
            throw Problem.notFound("request", zh: "请求", number)
        }
        guard request.kind == .copy, request.state == .inWork else { throw Problem.subjectRequestState(request) }
        let records = RegistryRecordStore(connection)
        guard let held = try await records.hold(request.subject) else {
            throw Problem.notFound("record", zh: "记录", request.subject)
        }
        if held.state == .erased { throw Problem.ended(held.key, .erased) }
        let model = try await RecordModelStore(connection).load()
        let sight = RecordSight(desk.vault, model, noting: RecordSight.Shown())
        var versions: [SubjectCopy.Version] = []
        for version in held.timeline.versions {
            let record = RegistryRecord(
                key: held.key,
                kind: held.kind,
                state: version.state,
                version: held.version,
                from: version.from,
                recorded: Recording(at: desk.platform.clock.now, principal: "", reason: ""),
                attributes: version.attributes
            )
            let shown = try await sight.show(record, connection).attributes
            versions.append(SubjectCopy.Version(from: version.from, state: version.state, attributes: shown))
        }
        let statements = RegistryStatementStore(connection)
        let question = ListQuestion(limit: Self.limit)
        let about = try await statements.list(.init(subject: held.key), question).items
        let incoming = try await statements.list(.init(object: held.key), question).items
        let requests = SubjectRequestStore(connection)
        let copy = SubjectCopy(
            request: number,
            key: held.key,
            kind: held.kind,
            versions: versions,
            history: try await sight.show(records.history(of: held.key), of: held.key, held.kind, connection),
            statements: try await sight.show(about, connection),
            incoming: try await sight.masked.show(incoming, connection),
            consents: try await ConsentStore(connection)
                .list(of: held.key, purpose: nil, after: nil, limit: Self.limit).items,
            readings: try await requests.readings(of: held.key, limit: Self.limit)
        )
        unit.record([
            AuditEntry("record.read", of: held.key, reason: "copy for the person, request \(number)"),
            AuditEntry("subject_request.copy", of: "\(number)", details: ["record": .text(held.key)]),
        ])
        return copy
    }
}
