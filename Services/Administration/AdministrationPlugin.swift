public import PostgresClient
public import ServiceKit
public import ServiceLifecycle
import Storage

/// The administration of the platform itself: who may do what, who did what, and the work that goes on behind.
public struct AdministrationPlugin: PlatformPlugin {
    /// Makes the plugin.
    public init() {}

    /// What the plugin says about itself.
    public var manifest: PluginManifest {
        PluginManifest(
            name: "administration",
            version: "0.1.0",
            summary: "Identity, audit and background work of the platform",
            permissions: [
                .readJobs, .manageJobs, .readSchedules, .manageSchedules, .readEvents, .readWebhooks, .manageWebhooks,
                .readAudit, .signAudit,
            ]
        )
    }

    /// The keys of its configuration.
    public var settings: [Setting] { WebhookRules.keys }

    /// The schemas that it reads and writes.
    public var migrations: [Migration] {
        WebhooksMigrations.all + CollectionMigrations.all + RegistryMigrations.all + StatisticsMigrations.all
            + ReportsMigrations.all
    }

    /// Declares the routes.
    public func mount(on api: APIRouter, in platform: Platform) throws {
        AuditRoutes(platform: platform).mount(on: api)
        SessionRoutes(platform: platform).mount(on: api)
        UserRoutes(platform: platform).mount(on: api)
        GrantRoutes(platform: platform).mount(on: api)
        TokenRoutes(platform: platform).mount(on: api)
        try mountWork(on: api, in: platform)
    }

    /// What it runs beside: bringing events to subscribers.
    public func services(in platform: Platform) throws -> [any Service] {
        [try WebhookCourier(in: platform, vault: Self.vault(in: platform))]
    }

    /// Beside HTTP it hands the one-time token to the service's own user.
    public func listeners(in platform: Platform) -> [any Service] { [BootstrapDoor(platform)] }

    /// The work in the background: signing the audit trail.
    public func jobs(in platform: Platform) throws -> [JobHandler] {
        [Checkpointing(platform: platform).handler]
    }

    /// Says how the first administrator gets in while there is none, and has the audit trail signed every day.
    public func start(in platform: Platform) async throws {
        try await Bootstrap(platform).prepare()
        try await CheckpointSchedule(platform: platform).prepare()
    }
}
