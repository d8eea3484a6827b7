/// One step of a database's schema: plain SQL, run once in a transaction of its own, and never edited once shipped.
///
/// To mend a mistake, add another migration.
public struct Migration: Sendable, Hashable {
    /// Whose step it is: versions count within it. By custom the PostgreSQL schema that the step changes.
    public let schema: String
    /// The step's number within ``schema``, from 1 upwards.
    public let version: Int
    /// What it does, for people.
    public let name: String
    /// The statements, separated by semicolons; without BEGIN and COMMIT.
    public let sql: String

    /// Describes a step.
    public init(schema: String, version: Int, name: String, sql: String) {
        self.schema = schema
        self.version = version
        self.name = name
        self.sql = sql
    }
}

/// How a migration stands in a database.
public struct MigrationStatus: Sendable, Hashable {
    /// The standing of a migration.
    public enum State: Sendable, Hashable {
        /// Not applied yet.
        case pending
        /// Applied, as the program has it.
        case applied(at: PostgresTimestamp)
        /// Applied with other SQL than the program has.
        case changed(at: PostgresTimestamp)
        /// Applied, but the program does not have it: the database is newer.
        case unknown(at: PostgresTimestamp)
    }

    /// Whose step it is.
    public let schema: String
    /// The step's number.
    public let version: Int
    /// What it does.
    public let name: String
    /// SHA-256 of the SQL in hexadecimal: the database's for an unknown step, else the program's.
    public let checksum: String
    /// The standing.
    public let state: State
}

/// Why migrations cannot be applied. `description` is English, then Chinese.
public struct MigrationError: Error, Sendable, CustomStringConvertible {
    /// The stable kind of a ``MigrationError``.
    public enum Code: String, Sendable, Hashable {
        /// An applied migration has other SQL in the program.
        case checksumChanged = "migration-checksum-changed"
        /// The database has migrations that the program does not know.
        case databaseTooNew = "migration-database-too-new"
        /// A pending migration has a lower version than an applied one of its schema.
        case outOfOrder = "migration-out-of-order"
        /// The program's list names a version twice, or not in rising order.
        case invalidList = "migration-invalid-list"
        /// The SQL ended its transaction by itself.
        case transactionEnded = "migration-transaction-ended"
        /// Another migrator kept the lock for too long.
        case locked = "migration-locked"
    }

    /// The stable kind of the error.
    public let code: Code
    /// The migration that it is about, as `schema/version name`; empty for `locked`.
    public let migration: String
    /// What is wrong and how to mend it, in English.
    public let message: String
    /// What is wrong and how to mend it, in Chinese (中文说明).
    public let messageInChinese: String

    init(_ code: Code, _ migration: String, _ message: String, zh: String) {
        self.code = code
        self.migration = migration
        self.message = message
        self.messageInChinese = zh
    }

    /// Both languages.
    public var description: String { "\(message)\n\(messageInChinese)" }
}
