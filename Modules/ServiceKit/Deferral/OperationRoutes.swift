import DomainModel
import Storage

/// Operations over HTTP: requests that are answered later, for those who sent them and those who look after jobs.
struct OperationRoutes: Sendable {
    let platform: Platform

    func mount(on api: APIRouter) {
        api.get(
            "/v1/operations",
            summary: "Your requests that are answered later, newest first; everybody's for those who may see jobs",
            zh: "本人稍后答复的请求，最新在前；有任务查看权者可见全部",
            permission: .signedIn,
            query: [
                Parameter("state", .choice(of: OperationRecord.State.self), "Only those in a state", zh: "仅此状态"),
                Parameter("requestedBy", .text, "Only those of somebody", zh: "仅某人的"),
            ] + Parameter.paging(),
            answers: [.json(Page<OperationRecord>.self)],
            problems: [],
            handler: list
        )
        api.get(
            "/v1/operations/{id}",
            summary: "A request that is answered later: how far it has come, and what it came to",
            zh: "稍后答复的请求：进度与结果",
            permission: .signedIn,
            parameters: [Self.id],
            query: [Parameter("wait", .integer(0...60), "Wait so many seconds for it to end", zh: "最多等待其结束的秒数")],
            answers: [.json(OperationRecord.self)],
            problems: [.notFound],
            handler: get
        )
        api.post(
            "/v1/operations/{id}/cancel",
            summary: "Ends an operation: one that runs at the next place where nothing is half done",
            zh: "取消操作：执行中的在下一安全点结束",
            permission: .signedIn,
            parameters: [Self.id],
            body: .none,
            answers: [.json(OperationRecord.self)],
            problems: [.notFound, .workStateConflict],
            handler: cancel
        )
    }

    private static let id = Parameter(
        "id",
        .integer(1...Int.max),
        "Number of the operation",
        zh: "操作编号",
        isRequired: true
    )

    @Sendable private func list(_ request: APIRequest) async throws -> APIResponse {
        let (asked, state) = (
            try request.query("requestedBy"), try request.query("state", as: OperationRecord.State.self)
        )
        let question = try request.listQuestion
        let owner = Self.owner(request, .readJobs)
        if let owner, let asked, asked != owner {
            return try .page(Page<OperationRecord>(items: []), for: request)
        }
        let page = try await platform.read(request.principal) {
            try await OperationStore($0).list(of: owner ?? asked, state: state, question)
        }
        return try .page(page, for: request)
    }

    @Sendable private func get(_ request: APIRequest) async throws -> APIResponse {
        let id = try request.path("id", as: Int64.self)
        let owner = Self.owner(request, .readJobs)
        let end = ContinuousClock.now + .seconds(try request.query("wait", as: Int.self) ?? 0)
        var pause = Duration.milliseconds(10)
        while true {
            let found = try await platform.read(request.principal) {
                try await OperationStore($0).find(id, of: owner)
            }
            guard let found else { throw Problem.notFound("operation", zh: "操作", id) }
            if found.state.isFinal || ContinuousClock.now >= end { return try .json(found) }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(250))
        }
    }

    @Sendable private func cancel(_ request: APIRequest) async throws -> APIResponse {
        let id = try request.path("id", as: Int64.self)
        let owner = Self.owner(request, .manageJobs)
        let response = try await platform.write(request.activity) { work in
            let store = OperationStore(work.connection)
            guard let found = try await store.find(id, of: owner) else {
                throw Problem.notFound("operation", zh: "操作", id)
            }
            guard !found.state.isFinal, try await JobStore(work.connection).cancel(id) == .done else {
                throw Problem(
                    .workStateConflict,
                    "Operation \(id) is over: \(found.state.rawValue).",
                    zh: "操作 \(id) 已结束，状态为 \(found.state.rawValue)。"
                )
            }
            work.record(AuditEntry("operation.cancel", of: "\(id)"))
            guard let record = try await store.find(id, of: nil) else {
                throw Problem.notFound("operation", zh: "操作", id)
            }
            return try await work.answer(.json(record))
        }
        platform.jobs.ring()
        return response
    }

    /// Whose operations a caller is shown: all of them to who looks after jobs everywhere, else their own.
    private static func owner(_ request: APIRequest, _ permission: Permission) -> String? {
        request.authority?.regions(for: permission) == .everywhere ? nil : request.principal.id
    }
}
