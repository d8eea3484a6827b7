import DomainModel
import ServiceKit
import Storage

/// The schedule that has the rules run every night, which is there by itself.
struct RuleSchedule: Sendable {
    /// The kind of job that runs them; its payload is an order of a run.
    static let kind = "registry.derive"
    /// The name of the schedule.
    static let name = "registry.rules"
    /// Every night, when few write. It may be changed, and then stays as it was changed.
    static let order = ScheduleOrder(cron: "40 2 * * *", timeZone: "Asia/Shanghai", kind: kind)

    let desk: RecordDesk

    private var platform: Platform { desk.platform }

    /// Makes the schedule if there is none of the name.
    ///
    /// - Throws: `PostgresError`.
    func prepare() async throws {
        try await platform.write(Activity(principal: .service("registry"), id: "start")) { work in
            guard try await ScheduleStore(work.connection).find(Self.name) == nil else { return work.changesNothing() }
            try await ScheduleBook(platform).put(Self.name, Self.order, in: work)
        }
    }

    /// What works on the jobs.
    var handler: JobHandler {
        JobHandler(Self.kind, lease: .seconds(60), maximumAttempts: 3) { job in
            let order = try job.payload(as: RuleRunOrder.self)
            let runner = try await RuleRunner(desk)
            try await platform.write(job.activity) { unit in
                _ = try await runner.run(order, in: unit) { done, total in
                    try await job.report(done: Int64(done), of: Int64(total))
                }
                try await job.complete(on: unit.connection)
            }
        }
    }
}
