import Collection
public import PostgresClient
public import ServiceKit
import Storage

/// The ingest service: takes submissions, loads them in the background, answers with observations and their lineage.
///
/// It also keeps what submissions are checked against: indicators, plans, targets and datasets.
public struct IngestPlugin: PlatformPlugin {
    /// Makes the plugin.
    public init() {}

    /// What the plugin says about itself.
    public var manifest: PluginManifest {
        PluginManifest(
            name: "ingest",
            version: "0.1.0",
            summary: "Datasets, batches, observations and their lineage",
            permissions: [.readStatistics, .defineStatistics, .readBatches, .submitBatches]
        )
    }

    /// The keys of its configuration.
    public var settings: [Setting] { IngestSettings.keys }

    /// The schemas that it reads and writes.
    public var migrations: [Migration] {
        CollectionMigrations.all + RegistryMigrations.all + StatisticsMigrations.all
    }

    /// Declares the routes.
    public func mount(on api: APIRouter, in platform: Platform) throws {
        let settings = try IngestSettings(platform.configuration)
        let spool = try Spool(in: platform.directories)
        let submissions = Submissions(platform: platform, spool: spool, settings: settings)
        BatchRoutes(platform: platform, submissions: submissions).mount(on: api)
        ObservationRoutes(platform: platform).mount(on: api)
        LineageRoutes(platform: platform, spool: spool).mount(on: api)
        ReferenceRoutes(platform: platform, spool: spool).mount(on: api)
    }

    /// The work in the background: loading batches, and recording what they have brought.
    public func jobs(in platform: Platform) throws -> [JobHandler] {
        let settings = try IngestSettings(platform.configuration)
        let spool = try Spool(in: platform.directories)
        return [
            BatchWorker(
                Submissions.loadKind,
                then: SealWorker.kind,
                requiring: .submitBatches,
                in: platform,
                spool: spool,
                make: Submissions.loads(in: platform)
            )
            .handler(concurrency: settings.loaders),
            SealWorker(platform: platform).handler,
        ]
    }
}
