import AuditTrail
import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// The audit trail over HTTP: look at it, take it away, have it signed, compare records with it.
///
/// It is one trail for all regions: whoever reads it has the permission everywhere.
struct AuditRoutes: Sendable {
    let platform: Platform

    func mount(on api: APIRouter) {
        api.get(
            "/v1/audit/events",
            summary: "Events of the audit trail, newest first",
            zh: "审计事件，最新在前",
            permission: .readAudit,
            query: [
                Parameter(
                    "principal",
                    .text,
                    "Only what was done in this name: user:li.wei, service:ingest",
                    zh: "仅以此名义所做：user:li.wei、service:ingest"
                ),
                Parameter(
                    "action",
                    .text,
                    "Only this action; with a dot at its end, all that begin so: batch.",
                    zh: "仅此操作；以点结尾则为所有以此开头者：batch."
                ),
                Parameter("kind", .text, "Only what was done to things of this kind", zh: "仅对此类对象所做"),
                Parameter(
                    "key",
                    .text(maximum: 1_000),
                    "Only what was done to the thing with this key; needs kind",
                    zh: "仅对此键的对象所做；须同时给出 kind"
                ),
                Parameter("since", .instant, "From this instant on", zh: "自此时刻起"),
                Parameter("until", .instant, "Up to this instant", zh: "至此时刻止"),
                .limit, .after,
            ],
            answers: [.json(Page<AuditRecord>.self)],
            problems: [],
            handler: list
        )
        api.get(
            "/v1/audit/events/{place}",
            summary: "One event by chain and sequence: 7-1042",
            zh: "单个事件，按链号与序号：7-1042",
            permission: .readAudit,
            answers: [.json(AuditRecord.self)],
            problems: [.notFound],
            handler: find
        )
        api.get(
            "/v1/audit/export",
            summary: "The whole trail as NDJSON, for verification elsewhere",
            zh: "整个审计链（NDJSON），供别处核验",
            permission: .readAudit,
            answers: [.media(["application/x-ndjson"])],
            problems: [],
            handler: export
        )
        api.get(
            "/v1/audit/records",
            summary: "Compares records as they are with what the trail says of them last",
            zh: "将现有记录与审计链所记的最后状态比较",
            permission: .readAudit,
            query: [Parameter("kind", .choice(RecordKind.all.map(\.name)), "Only records of this kind", zh: "仅此类记录")],
            answers: [.json(Page<RecordComparison>.self)],
            problems: [],
            handler: compare
        )
        api.get(
            "/v1/audit/checkpoints",
            summary: "Signed checkpoints, newest first",
            zh: "已签名的检查点，最新在前",
            permission: .readAudit,
            query: [.limit, .after],
            answers: [.json(Page<CheckpointRecord>.self)],
            problems: [],
            handler: checkpoints
        )
        api.post(
            "/v1/audit/checkpoints",
            summary: "Signs the heads of all chains",
            zh: "为各链的末端签名",
            permission: .signAudit,
            body: .none,
            answers: [.json(CheckpointRecord.self, status: .created), .json(CheckpointRecord.self)],
            problems: [.auditKeyMissing],
            handler: sign
        )
        api.get(
            "/v1/audit/status",
            summary: "How far the trail is signed, and what to see to",
            zh: "审计链的签名状况与应处理事项",
            permission: .readAudit,
            answers: [.json(AuditStatus.self)],
            problems: [],
            handler: status
        )
        api.post(
            "/v1/audit/baseline",
            summary: "Takes the records that are older than the trail as they are",
            zh: "为早于审计链的记录建立基线",
            permission: .signAudit,
            body: .json(BaselineOrder.self),
            answers: [.json(Page<BaselineCount>.self)],
            problems: [],
            handler: baseline
        )
    }

    @Sendable private func list(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        var filter = AuditStore.Filter()
        filter.principal = try request.query("principal")
        filter.action = try request.query("action")
        filter.kind = try request.query("kind")
        filter.key = try request.query("key")
        filter.since = try request.query("since", as: Instant.self)
        filter.until = try request.query("until", as: Instant.self)
        let after = try request.after.map { text in
            guard let cursor = AuditStore.Cursor(text) else {
                throw Problem(
                    .parameterInvalid,
                    "“after” is \(text); expected “next” of the page before.",
                    zh: "after 为 \(text)，应为上一页的 next。"
                )
            }
            return cursor
        }
        let limit = try request.limit
        let page = try await platform.read(request.principal) { [filter] connection in
            try await AuditStore(connection).list(filter, after: after, limit: limit)
        }
        return try .page(Page(items: page.items.map(AuditRecord.init), next: page.next), for: request)
    }

    @Sendable private func find(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let text = try request.path("place")
        let found = try await platform.read(request.principal) { connection in
            guard let place = AuditPlace(text) else { return nil as LinkedEvent? }
            return try await AuditStore(connection).find(place)
        }
        guard let found else { throw Problem.notFound("audit event", zh: "审计事件", text) }
        return try .json(AuditRecord(found))
    }

    @Sendable private func export(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let export = TrailExport(platform: platform, principal: request.principal)
        return .stream(contentType: "application/x-ndjson") { writer in
            try await export.write(to: &writer)
        }
    }

    @Sendable private func compare(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let name = try request.query("kind")
        let kinds = RecordKind.all.filter { name == nil || $0.name == name }
        // In the platform's own name: a record that the reader's regions hide would seem to be gone.
        let reports = try await platform.read(.service("administration")) { connection in
            var reports: [RecordComparison] = []
            for kind in kinds {
                let report = try await RecordComparison(of: kind, on: connection)
                // “platform: 0” would read as if the register had none.
                if kind.isPast, name == nil, report.records == 0, report.isIntact { continue }
                reports.append(report)
            }
            return reports
        }
        return try .json(Page(items: reports))
    }

    @Sendable private func checkpoints(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let (before, limit) = (try request.after.flatMap(Int64.init), try request.limit)
        let found = try await platform.read(request.principal) { connection in
            try await CheckpointStore(connection).list(before: before, limit: limit + 1)
        }
        let page = Page(found, limit: limit) { String($0.checkpoint.number) }
        return try .page(Page(items: page.items.map(CheckpointRecord.init), next: page.next), for: request)
    }

    @Sendable private func status(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        return try .json(
            try await platform.read(request.principal) { try await AuditStatus(in: platform, on: $0) }
        )
    }

    @Sendable private func baseline(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let reason = try await request.body(as: BaselineOrder.self).reason
        guard reason.contains(where: { !$0.isWhitespace }), reason.utf8.count <= 1_000 else {
            throw Problem(.bodyInvalid, "reason: expected 1 to 1000 bytes.", zh: "reason：应为 1 至 1000 字节。")
                .with("pointer", "/reason")
        }
        let counts = try await Baseline(platform: platform)
            .take(reason: reason, by: request.principal, activity: request.id)
        return try .json(Page(items: counts))
    }

    @Sendable private func sign(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let made = try await Checkpointing(platform: platform).sign()
        return try .json(CheckpointRecord(made.checkpoint), status: made.isNew ? .created : .ok)
    }
}
