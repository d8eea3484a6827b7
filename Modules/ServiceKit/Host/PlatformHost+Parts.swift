import PostgresClient
import ServiceLifecycle
import Storage

extension PlatformHost {
    /// The migrations that the plugins and the host itself need, without repetitions.
    var migrations: [Migration] {
        var seen: Set<String> = []
        let own =
            JobsMigrations.all + IdentityMigrations.all + OutboxMigrations.all + RequestsMigrations.all
            + AuditMigrations.all
        return (own + plugins.flatMap(\.migrations))
            .filter {
                seen.insert("\($0.schema)/\($0.version)").inserted
            }
    }

    /// What `/readyz` asks.
    var checks: [HealthCheck] {
        HealthChecks(
            database: database,
            migrations: migrations,
            directories: configuration.directories,
            minimumFreeBytes: configuration.minimumFreeBytes,
            state: state,
            auditKey: configuration.auditKey
        )
        .all
    }

    /// The state that readiness and the shutdown share.
    var readiness: ReadinessService { ReadinessService(state: state, delay: configuration.shutdownDelay) }

    /// What gives events their places in the feed.
    var relay: OutboxRelay {
        OutboxRelay(
            database: database,
            interval: configuration.jobsInterval,
            keptDays: configuration.eventsKeptDays,
            logger: logger
        )
    }

    /// What puts the jobs of schedules into the queue.
    var scheduler: Scheduler { Scheduler(database: database, queue: jobs, logger: logger) }

    /// What the plugins run beside.
    func background() throws -> [any Service] { try plugins.flatMap { try $0.services(in: platform(for: $0)) } }

    /// What the plugins listen on beside HTTP.
    func listeners() throws -> [any Service] { try plugins.flatMap { try $0.listeners(in: platform(for: $0)) } }

    /// The worker for the jobs of all plugins.
    func worker() throws -> JobWorker {
        var options = JobWorker.Options()
        options.interval = configuration.jobsInterval
        options.drain = configuration.jobsDrain
        options.keptDays = configuration.jobsKeptDays
        options.owner = "\(name)@\(hostName()):\(processIdentifier())"
        return JobWorker(
            handlers: try handlers(),
            database: database,
            queue: jobs,
            options: options,
            logger: logger,
            metrics: metrics
        )
    }
}
