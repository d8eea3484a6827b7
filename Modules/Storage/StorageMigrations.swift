public import PostgresClient

/// The migrations of all schemas, in the order in which they are applied.
public enum StorageMigrations {
    /// Shared schemas first, then those of the plugins; later ones may refer to earlier ones.
    public static let all: [Migration] =
        JobsMigrations.all + IdentityMigrations.all + OutboxMigrations.all + WebhooksMigrations.all
        + RequestsMigrations.all + AuditMigrations.all + CollectionMigrations.all + RegistryMigrations.all
        + RegistrySearchMigrations.all + RegistryPrivacyMigrations.all + RegistrySubjectMigrations.all
        + RegistryDuplicateMigrations.all + RegistryRuleMigrations.all + RegistryChangeMigrations.all
        + RegistryListMigrations.all + RegistryImportMigrations.all + RegistryReferenceMigrations.all
        + RegistryModelMigrations.all + RegistryTallyMigrations.all + RegistryPastNameMigrations.all
        + StatisticsMigrations.all + ReportsMigrations.all
}
