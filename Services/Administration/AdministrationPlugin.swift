public import PostgresClient
public import ServiceKit
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
            summary: "Identity, audit and background work of the platform"
        )
    }

    /// The schemas that it reads and writes.
    public var migrations: [Migration] {
        CollectionMigrations.all + RegistryMigrations.all + StatisticsMigrations.all + ReportsMigrations.all
    }

    /// Declares the routes.
    public func mount(on api: APIRouter, in platform: Platform) throws {
        SessionRoutes(platform: platform).mount(on: api)
        UserRoutes(platform: platform).mount(on: api)
        GrantRoutes(platform: platform).mount(on: api)
        TokenRoutes(platform: platform).mount(on: api)
    }

    /// Opens the way in for the first administrator while there is none.
    public func start(in platform: Platform) async throws {
        try await Bootstrap(platform).prepare()
    }
}
