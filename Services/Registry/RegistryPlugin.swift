import Collection
public import PostgresClient
public import ServiceKit
import Storage

/// The registry service: regions and vocabularies; talents, enterprises, platforms and other records with what is said
/// about them.
public struct RegistryPlugin: PlatformPlugin {
    /// Makes the plugin.
    public init() {}

    /// What the plugin says about itself.
    public var manifest: PluginManifest {
        PluginManifest(
            name: "registry",
            version: "0.1.0",
            summary: "Regions and vocabularies; talents, enterprises, platforms, programmes and other records",
            permissions: [
                .readRegistry, .writeRegistry, .readRecords, .writeRecords, .unmaskRecords, .defineRecords,
                .countRecords, .mergeRecords, .deriveFacts, .managePersonalKeys,
            ] + Permission.ofPersons
        )
    }

    /// The keys of its configuration.
    public var settings: [Setting] { PrivacySettings.keys + SubjectSettings.keys + ImportSettings.keys }

    /// The schemas that it reads and writes.
    public var migrations: [Migration] {
        CollectionMigrations.all + RegistryMigrations.all + RegistryPrivacyMigrations.all
            + RegistrySubjectMigrations.all + RegistryDuplicateMigrations.all
            + RegistryRuleMigrations.all + RegistryChangeMigrations.all + RegistryListMigrations.all
            + RegistryImportMigrations.all + RegistryReferenceMigrations.all
            + RegistryModelMigrations.all + RegistryTallyMigrations.all + RegistryPastNameMigrations.all
    }

    /// Declares the routes.
    public func mount(on api: APIRouter, in platform: Platform) throws {
        let spool = try Spool(in: platform.directories)
        func mount<Record, Imported>(_ routes: RecordRoutes<Record, Imported>) {
            routes.mount(on: api, in: platform, spool: spool, reading: .readRegistry, writing: .writeRegistry)
        }
        mount(RegistryRoutes.regions)
        mount(RegistryRoutes.classifications)
        let privacy = try PrivacySettings(in: platform)
        let desk = RecordDesk(platform: platform, vault: privacy.vault, unmasksPerMinute: privacy.unmasksPerMinute)
        func mount<Tag: KindTag>(_ kind: Tag.Type) { RecordKindRoutes<Tag>(desk: desk).mount(on: api) }
        for kind in Kinds.all { mount(kind) }
        RecordPageRoutes(desk: desk).mount(on: api)
        StatementRoutes(desk: desk).mount(on: api)
        RecordModelRoutes(desk: desk).mount(on: api)
        MergeRoutes(desk: desk).mount(on: api)
        DuplicateRoutes(desk: desk).mount(on: api)
        SearchRoutes(desk: desk).mount(on: api)
        LookupRoutes(desk: desk).mount(on: api)
        PersonalKeyRoutes(desk: desk).mount(on: api)
        CountRoutes(platform: platform).mount(on: api)
        try PersonRoutes(desk: desk).mount(on: api)
        RuleRoutes(desk: desk).mount(on: api)
        DerivedFactRoutes(desk: desk).mount(on: api)
        ChangeRoutes(platform: platform).mount(on: api)
        SavedListRoutes(desk: desk).mount(on: api)
        RegistryExportRoutes(desk: desk).mount(on: api)
        try RegistryImports(platform: platform, spool: spool, vault: desk.vault).mount(on: api)
    }

    /// The work in the background: rules over the register, wrapping the keys of records anew, loading files of records,
    /// blanking rows about erased persons in them, making past names be found.
    public func jobs(in platform: Platform) throws -> [JobHandler] {
        let vault = try KeyVault(in: platform)
        let spool = try Spool(in: platform.directories)
        return try [
            RuleSchedule(desk: RecordDesk(platform: platform, vault: vault)).handler,
            KeyRotation(platform: platform, vault: vault).handler,
            FileEraser(platform: platform, spool: spool, vault: vault).handler,
            PastNameWorker(platform: platform).handler,
        ] + RegistryImports(platform: platform, spool: spool, vault: vault).jobs
    }

    /// Makes the database say what records may hold, so that it checks by the same model; compares the keys of personal
    /// data with those that it has been used with.
    public func start(in platform: Platform) async throws {
        try await platform.database.withTransaction { connection in
            try await RecordModelStore(connection).mirror()
        }
        try await PrivacySettings.check(in: platform)
        try await RuleSchedule(desk: RecordDesk(platform: platform)).prepare()
    }
}
