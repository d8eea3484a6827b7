import Logging
import Metrics
import PostgresClient
import ServiceLifecycle
import Storage

/// Gives events their places in the feed soon after they were committed, and keeps the feed in days.
struct OutboxRelay: Service {
    let database: PostgresPool
    /// How often it looks.
    let interval: Duration
    /// How many days events are kept.
    let keptDays: Int
    let logger: Logger

    func run() async {
        await cancelWhenGracefulShutdown { [self] in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await place() }
                group.addTask { await maintain() }
            }
        }
    }

    private func place() async {
        repeat {
            do {
                var count = OutboxStore.placedAtOnce
                while count == OutboxStore.placedAtOnce {
                    count = try await database.withTransaction { try await OutboxStore($0).place() }
                }
            } catch {
                if Task.isCancelled { return }
                logger.warning("cannot place events in the feed", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(1))
            }
        } while (try? await Task.sleep(for: interval)) != nil
    }

    private func maintain() async {
        repeat {
            do {
                try await database.withConnection { try await OutboxStore($0).maintain(keptDays: keptDays) }
            } catch {
                if Task.isCancelled { return }
                logger.warning("cannot maintain the feed of events", metadata: ["error": "\(error)"])
            }
        } while (try? await Task.sleep(for: .seconds(3_600))) != nil
    }
}
