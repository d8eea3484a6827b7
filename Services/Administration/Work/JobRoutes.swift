import DomainModel
import PostgresClient
import ServiceKit
import Storage

/// The queue of background work, for people: what waits, what runs, what was given up.
struct JobRoutes: Sendable {
    let platform: Platform

    func mount(on api: APIRouter) {
        api.get(
            "/v1/jobs",
            summary: "Jobs, newest first",
            zh: "后台任务，最新在前",
            permission: .readJobs,
            query: [
                Parameter("kind", .text, "Only jobs of this kind", zh: "仅该种类"),
                Parameter("state", .choice(of: JobRecord.State.self), "Only jobs in this state", zh: "仅该状态"), .limit,
                .after,
            ],
            answers: [.json(Page<JobRecord>.self)],
            problems: [],
            handler: list
        )
        api.get(
            "/v1/job-kinds",
            summary: "How many jobs of each kind wait, run, or are given up",
            zh: "各类任务的等待、执行与失败数",
            permission: .readJobs,
            answers: [.json(Page<JobCounts>.self)],
            problems: []
        ) { request in
            try request.requireEverywhere()
            let counts = try await platform.read(request.principal) { try await JobStore($0).counts() }
            return try .page(Page(items: counts), for: request)
        }
        api.get(
            "/v1/jobs/{id}",
            summary: "One job",
            zh: "单个任务",
            permission: .readJobs,
            parameters: [Self.id],
            answers: [.json(JobRecord.self)],
            problems: [.notFound],
            handler: get
        )
        api.post(
            "/v1/jobs/{id}/cancel",
            summary: "Ends a job: an open one as soon as its worker sees it, a dead one at once",
            zh: "取消任务：未完成的由执行者结束，失败的立即归档",
            permission: .manageJobs,
            parameters: [Self.id],
            body: .none,
            answers: [.json(JobRecord.self)],
            problems: [.notFound, .workStateConflict]
        ) { request in
            try await change(request, "cancel") { try await $0.cancel($1) }
        }
        api.post(
            "/v1/jobs/{id}/replay",
            summary: "Puts a dead job back into the queue with all its attempts",
            zh: "将失败的任务重新排队",
            permission: .manageJobs,
            parameters: [Self.id],
            body: .none,
            answers: [.json(JobRecord.self)],
            problems: [.notFound, .workStateConflict]
        ) { request in
            try request.requireEverywhere()
            let answer = try await change(request, "replay") { try await $0.replay($1) }
            platform.jobs.ring()
            return answer
        }
    }

    private static let id = Parameter("id", .integer(1...Int.max), "Number of the job", zh: "任务编号", isRequired: true)

    @Sendable private func list(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let (kind, state) = (try request.query("kind"), try request.query("state", as: JobRecord.State.self))
        let (before, limit) = (try request.number(after: request.after), try request.limit)
        let jobs = try await platform.read(request.principal) {
            try await JobStore($0).list(kind: kind, state: state, before: before, limit: limit)
        }
        return try .page(
            Page(items: jobs, next: jobs.count == limit ? jobs.last.map { String($0.id) } : nil),
            for: request
        )
    }

    @Sendable private func get(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let id = try request.path("id", as: Int64.self)
        guard let job = try await platform.read(request.principal, { try await JobStore($0).find(id) }) else {
            throw Problem.notFound("job", zh: "任务", id)
        }
        return try .json(job)
    }

    private func change(
        _ request: APIRequest,
        _ verb: String,
        _ body: @Sendable (JobStore, Int64) async throws -> JobChange
    ) async throws -> APIResponse {
        try request.requireEverywhere()
        let id = try request.path("id", as: Int64.self)
        return try await platform.write(request.activity) { work in
            let store = JobStore(work.connection)
            switch try await body(store, id) {
            case .done: break
            case .missing: throw Problem.notFound("job", zh: "任务", id)
            case .notPossible(let state):
                throw Problem(
                    .workStateConflict,
                    "Job \(id) is \(state.rawValue).",
                    zh: "任务 \(id) 的状态为 \(state.rawValue)，不能这样处理。"
                )
            }
            work.record(AuditEntry("job.\(verb)", of: "\(id)"))
            guard let job = try await store.find(id) else { throw Problem.notFound("job", zh: "任务", id) }
            return try await work.answer(.json(job))
        }
    }
}

extension APIRequest {
    /// A cursor that is a number.
    ///
    /// - Throws: ``Problem`` when it is none.
    func number(after cursor: String?) throws -> Int64? {
        guard let cursor else { return nil }
        guard let number = Int64(cursor) else {
            throw Problem(.parameterInvalid, "after is \(cursor), expected “next” of a page.", zh: "after 应为上一页的 next。")
        }
        return number
    }
}
