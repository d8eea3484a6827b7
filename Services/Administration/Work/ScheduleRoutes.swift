import DomainModel
import HTTPTypes
import PostgresClient
import ServiceKit
import Storage

/// Schedules over HTTP.
struct ScheduleRoutes: Sendable {
    let platform: Platform
    private let book: ScheduleBook

    init(platform: Platform) {
        self.platform = platform
        book = ScheduleBook(platform)
    }

    func mount(on api: APIRouter) {
        api.get(
            "/v1/schedules",
            summary: "Schedules by name",
            zh: "计划，按名称",
            permission: .readSchedules,
            query: [.limit, .after],
            answers: [.json(Page<Schedule>.self)],
            problems: []
        ) {
            request in
            try request.requireEverywhere()
            let (after, limit) = (try request.after, try request.limit)
            let items = try await platform.read(request.principal) {
                try await ScheduleStore($0).list(after: after, limit: limit)
            }
            return try .page(Page(items: items, next: items.count == limit ? items.last?.name : nil), for: request)
        }
        api.get(
            "/v1/schedules/{name}",
            summary: "One schedule",
            zh: "单个计划",
            permission: .readSchedules,
            answers: [.json(Schedule.self)],
            problems: [.notFound],
            handler: get
        )
        api.put(
            "/v1/schedules/{name}",
            summary: "Makes a schedule, or changes it",
            zh: "新建或修改计划",
            permission: .manageSchedules,
            body: .json(ScheduleOrder.self),
            answers: [.json(Schedule.self)],
            problems: [.scheduleInvalid],
            handler: put
        )
        api.delete(
            "/v1/schedules/{name}",
            summary: "Removes a schedule",
            zh: "删除计划",
            permission: .manageSchedules,
            answers: [.empty()],
            problems: [.notFound]
        ) { request in
            try request.requireEverywhere()
            let name = try request.path("name")
            try await platform.write(request.activity) { work in
                guard try await ScheduleStore(work.connection).remove(name) else { throw Self.missing(name) }
                work.record(AuditEntry("schedule.remove", of: name))
            }
            return .empty()
        }
        api.post(
            "/v1/schedules/{name}/pause",
            summary: "Stops a schedule",
            zh: "暂停计划",
            permission: .manageSchedules,
            body: .none,
            answers: [.json(Schedule.self)],
            problems: [.notFound, .scheduleInvalid]
        ) {
            request in
            try await set(request, isPaused: true)
        }
        api.post(
            "/v1/schedules/{name}/resume",
            summary: "Lets a schedule go on",
            zh: "恢复计划",
            permission: .manageSchedules,
            body: .none,
            answers: [.json(Schedule.self)],
            problems: [.notFound, .scheduleInvalid]
        ) { request in
            try await set(request, isPaused: false)
        }
        api.post(
            "/v1/schedules/{name}/run",
            summary: "Puts the job of a schedule into the queue now",
            zh: "立即执行计划的任务",
            permission: .manageSchedules,
            body: .none,
            answers: [.json(JobRecord.self, status: .accepted)],
            problems: [.notFound, .workStateConflict]
        ) {
            request in
            try request.requireEverywhere()
            let name = try request.path("name")
            let answer = try await platform.write(request.activity) { work in
                guard let id = try await book.run(name, in: work) else {
                    throw Problem(
                        .workStateConflict,
                        "The last job of \(name) has not ended.",
                        zh: "\(name) 的上一个任务尚未结束。"
                    )
                }
                guard let job = try await JobStore(work.connection).find(id) else { throw Self.missing(name) }
                return try await work.answer(
                    .json(job, status: .accepted, headers: [.location: "/v1/jobs/\(job.id)"])
                )
            }
            platform.jobs.ring()
            return answer
        }
    }

    private static func missing(_ name: String) -> Problem { Problem.notFound("schedule", zh: "计划", name) }

    @Sendable private func get(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let name = try request.path("name")
        guard let schedule = try await platform.read(request.principal, { try await ScheduleStore($0).find(name) })
        else { throw Self.missing(name) }
        return try .json(schedule)
    }

    @Sendable private func put(_ request: APIRequest) async throws -> APIResponse {
        try request.requireEverywhere()
        let name = try request.path("name")
        let order = try await request.body(as: ScheduleOrder.self)
        // In one snapshot: where somebody has changed it since, this runs again, and sees that.
        let schedule = try await platform.write(request.activity, isolation: .repeatableRead) { work in
            let store = ScheduleStore(work.connection)
            try await request.match(store.find(name).map { try EntityTag(json: $0) })
            try await book.put(name, order, in: work)
            return try await store.find(name)
        }
        guard let schedule else { throw Self.missing(name) }
        return try .json(schedule)
    }

    private func set(_ request: APIRequest, isPaused: Bool) async throws -> APIResponse {
        try request.requireEverywhere()
        let name = try request.path("name")
        return try await platform.write(request.activity) { work in
            guard try await book.set(name, isPaused: isPaused, in: work),
                let schedule = try await ScheduleStore(work.connection).find(name)
            else { throw Self.missing(name) }
            return try await work.answer(.json(schedule))
        }
    }
}
