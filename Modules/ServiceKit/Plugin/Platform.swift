public import AuditTrail
public import Logging
public import Metrics
public import PostgresClient

/// What a plugin may use: handed to it, never found in a global.
///
/// A host makes one for each plugin. A test makes its own, with a database
/// that it throws away and a clock that it sets:
///
///     let platform = Platform(database: pool, clock: PlatformClock { instant }, directories: directories)
public struct Platform: Sendable {
    /// Connections to PostgreSQL.
    public let database: PostgresPool
    /// Tells the time; plugins ask no other clock.
    public let clock: PlatformClock
    /// Logs under the plugin's name. In a handler of a route use the request's logger.
    public let logger: Logger
    /// Makes metrics: `Counter(label: "ingest_rows_total", factory: platform.metrics)`.
    public let metrics: any MetricsFactory
    /// The plugin's own part of the configuration.
    public let configuration: PlatformConfiguration
    /// Where work goes that outlives a request.
    public let jobs: JobQueue
    /// Signs checkpoints of the audit trail and hides personal values in it; `nil` when none is configured.
    public let auditKey: AuditKey?
    /// Where files are kept.
    public let directories: PlatformDirectories
    /// What roles may give in this process: the permissions of the platform, and those that its plugins list.
    public let permissions: [Permission]
    /// The address of a service by its plugin's name, when this very process mounts it and listens; else `nil`.
    ///
    /// A plugin asks it when it calls a service and its configuration names no address.
    public let neighbour: @Sendable (_ plugin: String) -> String?

    /// Makes a platform of its parts; all but the database and the directories have defaults for tests.
    public init(
        database: PostgresPool,
        clock: PlatformClock = .system,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        metrics: any MetricsFactory = PrometheusRegistry(),
        configuration: PlatformConfiguration = PlatformConfiguration(),
        jobs: JobQueue = JobQueue(),
        auditKey: AuditKey? = nil,
        directories: PlatformDirectories,
        permissions: [Permission] = [],
        neighbour: @escaping @Sendable (_ plugin: String) -> String? = { _ in nil }
    ) {
        self.database = database
        self.clock = clock
        self.logger = logger
        self.metrics = metrics
        self.configuration = configuration
        self.jobs = jobs
        self.auditKey = auditKey
        self.directories = directories
        self.permissions = permissions
        self.neighbour = neighbour
    }
}
