import AuditTrail
import DomainModel
import PostgresClient
import ServiceKit
import Storage

extension AuditStatus {
    /// Asks how the trail stands.
    init(in platform: Platform, on connection: PostgresConnection) async throws {
        let newest = try await CheckpointStore(connection).list(before: nil, limit: 1).first
        let store = AuditStore(connection)
        self.init(
            key: platform.auditKey?.publicKey.fingerprint,
            heads: try await store.heads(),
            newest: newest,
            schedule: try await ScheduleStore(connection).find(CheckpointSchedule.name),
            oldestUnsigned: try await store.oldest(behind: newest?.checkpoint.heads ?? []),
            now: try await ScheduleStore(connection).now()
        )
    }
}
