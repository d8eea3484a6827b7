import PersonalData
import ServiceKit
import Storage

/// Wraps the keys of records with another master key, a thousand at a time: it may be ended anywhere and begun again.
///
/// Whoever reads meanwhile opens either, since the file has both master keys.
struct KeyRotation: Sendable {
    /// The kind of job.
    static let kind = "registry.rewrap"
    private static let step = 1_000

    /// What a job is told.
    struct Payload: Codable, Sendable {
        /// The master key that all are to be wrapped with.
        let master: String
    }

    let platform: Platform
    let vault: KeyVault?

    /// The handler of the jobs.
    var handler: JobHandler {
        JobHandler(Self.kind, lease: .seconds(60)) { job in
            let master = try job.payload(as: Payload.self).master
            guard let vault, case let masters = try vault.reread(), masters.names.first == master else {
                throw JobFailure("the first key in registry.keysFile of this host is not \(master)")
            }
            let all = try await platform.read(job.activity.principal) { try await RecordKeyStore($0).usage() }
            let total = all.filter { $0.key != master }.values.reduce(0, +)
            var (last, done) = (Int64(0), Int64(0))
            while let step = try await rewrap(after: last, by: masters, job) {
                last = step.last
                done += Int64(step.count)
                try await job.report(done: done, of: max(total, done), master)
            }
        }
    }

    /// Does one step.
    ///
    /// - Returns: The last record and how many; `nil` when there were none left.
    private func rewrap(
        after record: Int64,
        by masters: MasterKeys,
        _ job: JobContext
    ) async throws -> (last: Int64, count: Int)? {
        try await platform.write(job.activity) { work in
            let store = RecordKeyStore(work.connection)
            let held = try await store.take(notBy: masters.names[0], after: record, limit: Self.step)
            guard let last = held.last else {
                work.changesNothing()
                return nil
            }
            try await store.replace(
                try held.compactMap { one in
                    do {
                        return try RecordKey.rewrapped(one.key, of: one.name, by: masters).map { (one.record, $0) }
                    } catch {
                        throw JobFailure(
                            "the key of \(one.name), wrapped with \(one.key.master), does not open: \(error)"
                        )
                    }
                }
            )
            work.record(
                AuditEntry("personal-key.rewrap", of: masters.names[0], details: ["records": .count(held.count)])
            )
            return (last.record, held.count)
        }
    }
}
