import Logging
import PostgresClient
import Storage

extension JobWorker {
    /// Renews the leases of what runs, and passes on what becomes of them, until cancelled.
    func keep(_ running: RunningJobs) async {
        let shortest = handlers.map(\.lease).min() ?? .seconds(30)
        while (try? await Task.sleep(for: min(.seconds(1), shortest / 6))) != nil {
            let now = ContinuousClock.now
            let (jobs, renewals) = running.held(at: now)
            if jobs.isEmpty { continue }
            do {
                let answer = try await database.withConnection {
                    try await JobStore($0).hold(jobs, renewing: renewals)
                }
                running.settle(answer, asked: jobs, at: now)
            } catch {
                if Task.isCancelled { return }
                // One missed renewal leaves two thirds of the lease.
                logger.warning("cannot renew leases", metadata: ["jobs": "\(jobs.count)", "error": "\(error)"])
                running.giveUpUnrenewed(at: .now)
            }
        }
    }

    /// Makes jobs ready whose time has come, and every second looks for leases that a clock set back has left behind.
    func supervise() async {
        let strays = StrayLeases(handlers)
        var looked = ContinuousClock.now
        while (try? await Task.sleep(for: options.interval)) != nil {
            do {
                let promoted = try await database.withConnection { connection in
                    let store = JobStore(connection)
                    if ContinuousClock.now - looked >= .seconds(1) {
                        try await strays.settle(store)
                        looked = .now
                    }
                    return try await store.promote()
                }
                if promoted > 0 { queue.ring() }
            } catch {
                if Task.isCancelled { return }
                logger.warning("cannot supervise the job queue", metadata: ["error": "\(error)"])
            }
        }
    }

    /// Prepares the days of the history and drops old ones, at the start and every hour.
    func maintain() async {
        repeat {
            do {
                try await database.withConnection { [options] in
                    try await JobStore($0).maintain(keptDays: options.keptDays)
                }
            } catch {
                if Task.isCancelled { return }
                logger.warning("cannot maintain the history of jobs", metadata: ["error": "\(error)"])
            }
        } while (try? await Task.sleep(for: .seconds(3_600))) != nil
    }
}
