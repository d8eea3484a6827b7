public import PostgresClient
public import ServiceKit

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
    public var migrations: [Migration] { [] }

    /// Declares the routes.
    public func mount(on api: APIRouter, in platform: Platform) throws {
    }
}
