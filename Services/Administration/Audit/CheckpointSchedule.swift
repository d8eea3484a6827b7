import DomainModel
import Logging
import PostgresClient
import ServiceKit
import Storage

/// The schedule that has the trail signed every day, which is there by itself once there is a key.
struct CheckpointSchedule: Sendable {
    /// The name of the schedule.
    static let name = "audit.checkpoint"
    /// Every night, when few write. It may be changed, and then stays as it was changed.
    static let order = ScheduleOrder(cron: "17 3 * * *", timeZone: "Asia/Shanghai", kind: Checkpointing.kind)

    let platform: Platform

    /// Makes the schedule if there is a key and no such schedule.
    ///
    /// - Throws: `PostgresError`.
    func prepare() async throws {
        guard platform.auditKey != nil else {
            platform.logger.warning("audit.keyFile names no key: nobody signs the audit trail")
            return
        }
        try await platform.write(Activity(principal: .service("administration"), id: "start")) { work in
            guard try await ScheduleStore(work.connection).find(Self.name) == nil else { return work.changesNothing() }
            try await ScheduleBook(platform).put(Self.name, Self.order, in: work)
        }
    }
}
