import PlatformClient
public import PostgresClient
import ReportDocument
public import ServiceKit
import Storage

/// The report service: assesses plans, writes editions of reports, and leads from findings to what they rest on.
public struct ReportsPlugin: PlatformPlugin {
    /// Makes the plugin.
    public init() {}

    /// What the plugin says about itself.
    public var manifest: PluginManifest {
        PluginManifest(
            name: "reports",
            version: "0.1.0",
            summary: "Assessments, findings and editions of reports",
            permissions: [.readAssessments, .runAssessments, .readReports, .writeReports]
        )
    }

    /// The keys of its configuration.
    public var settings: [Setting] { ReportsSettings.keys }

    /// The schemas that it reads and writes.
    public var migrations: [Migration] {
        CollectionMigrations.all + RegistryMigrations.all + StatisticsMigrations.all + ReportsMigrations.all
    }

    /// Declares the routes.
    public func mount(on api: APIRouter, in platform: Platform) throws {
        let settings = try ReportsSettings(platform.configuration)
        let assessor = Assessor(platform: platform)
        AssessmentRoutes(platform: platform, assessor: assessor).mount(on: api)
        let press = try EditionPress(
            platform: platform,
            assessor: assessor,
            charts: DocumentBridge(settings.bridge)
        )
        EditionRoutes(platform: platform, press: press).mount(on: api)
        FindingLineageRoutes(platform: platform) {
            if let address = settings.ingest { return PlatformClient(address) }
            return try PlatformClient(platform.neighbour("ingest") ?? "http://127.0.0.1:8102")
        }
        .mount(on: api)
    }
}
