import Collection
public import PostgresClient
public import ServiceKit
import Storage

/// The registry service: regions, vocabularies, programmes and innovation platforms.
public struct RegistryPlugin: PlatformPlugin {
    /// Makes the plugin.
    public init() {}

    /// What the plugin says about itself.
    public var manifest: PluginManifest {
        PluginManifest(
            name: "registry",
            version: "0.1.0",
            summary: "Regions, vocabularies, programmes and innovation platforms",
            permissions: [.readRegistry, .writeRegistry]
        )
    }

    /// The schemas that it reads and writes.
    public var migrations: [Migration] { CollectionMigrations.all + RegistryMigrations.all }

    /// Declares the routes.
    public func mount(on api: APIRouter, in platform: Platform) throws {
        let spool = try Spool(directory: platform.directories.data)
        func mount<Record, Imported>(_ routes: RecordRoutes<Record, Imported>) {
            routes.mount(on: api, in: platform, spool: spool, reading: .readRegistry, writing: .writeRegistry)
        }
        mount(RegistryRoutes.regions)
        mount(RegistryRoutes.programmes)
        mount(RegistryRoutes.platforms)
        mount(RegistryRoutes.classifications)
    }
}
