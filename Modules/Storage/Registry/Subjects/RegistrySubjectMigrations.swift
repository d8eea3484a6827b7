public import PostgresClient

/// The rights of persons in the schema `registry`: consents, approvals, erasures, requests.
///
/// They count their versions apart from ``RegistryMigrations``, though their tables lie in the same schema.
public enum RegistrySubjectMigrations {
    /// All migrations, oldest first. A migration that has shipped is never edited.
    public static let all: [Migration] = [
        Migration(schema: "registry_subjects", version: 1, name: "ledger of consents", sql: consents),
        Migration(schema: "registry_subjects", version: 2, name: "approvals by a second person", sql: approvals),
        Migration(schema: "registry_subjects", version: 3, name: "erasure", sql: erasure),
        Migration(schema: "registry_subjects", version: 4, name: "requests of persons", sql: requests),
        Migration(schema: "registry_subjects", version: 5, name: "erasure in submitted files", sql: files),
        Migration(schema: "registry_subjects", version: 6, name: "fields that say who somebody is", sql: identifying),
    ]
}
