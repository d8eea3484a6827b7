/// A database role that a service connects as, with the schemas that it may touch and no others.
///
/// `ceyuan_service` may touch all of them, within row-level security; it is the role of `ceyuan-platform`. No role here
/// may do anything to a table that `ceyuan_service` may not: a migration that takes a privilege back from it takes it
/// back from all, the next time that ``align(in:)`` runs.
public struct ServiceRole: Sendable, Hashable {
    /// What may be done in a schema.
    public enum Access: String, Sendable, Hashable {
        /// Select.
        case read
        /// Select, and add, change and delete where the tables allow it.
        case write
    }

    /// The name of the role.
    public let name: String
    /// The schemas that the role may touch.
    public let schemas: [String: Access]
    /// Single columns that it may update beside: names of tables with schema, and of a column.
    let columns: [(table: String, column: String)]
    /// Roles whose privileges it has as well.
    let inherited: [String]

    private init(
        _ name: String,
        reads: [String] = [],
        writes: [String] = [],
        columns: [(table: String, column: String)] = [],
        inherited: [String] = []
    ) {
        self.name = name
        let shared = ["audit": Access.write, "jobs": .write, "outbox": .write, "requests": .write]
        schemas = [(["identity", "platform"] + reads, Access.read), (writes, .write)]
            .reduce(into: shared) { all, part in for schema in part.0 { all[schema] = part.1 } }
        // When a token was used last.
        self.columns = columns + [("identity.token", "last_used_at")]
        self.inherited = inherited
    }

    /// Whether both are the same role.
    public static func == (left: ServiceRole, right: ServiceRole) -> Bool { left.name == right.name }

    /// Hashes the name.
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension ServiceRole {
    /// The administration: who may do what, who did what, webhooks. It reads all, to compare it with the audit trail.
    public static let administration = ServiceRole(
        "ceyuan_administration",
        reads: ["collection", "registry", "statistics", "reports"],
        writes: ["identity", "webhooks"]
    )
    /// The registry; its host has the administration in the same process, so the role has that one's privileges too.
    public static let registry = ServiceRole(
        "ceyuan_registry",
        writes: ["collection", "registry"],
        inherited: [administration.name]
    )
    /// The ingest service.
    public static let ingest = ServiceRole(
        "ceyuan_ingest",
        reads: ["registry"],
        writes: ["collection", "statistics"]
    )
    /// The report service. It takes a share lock on the clock of recorded time, which PostgreSQL gives to those alone
    /// who may update a column: here one that a constraint holds at its only value.
    public static let reports = ServiceRole(
        "ceyuan_reports",
        reads: ["collection", "registry", "statistics"],
        writes: ["reports"],
        columns: [("collection.vintage_clock", "singleton")]
    )

    /// All roles of single services, those that others inherit from first.
    public static let all = [administration, registry, ingest, reports]

    /// The role that may touch every schema.
    public static let everyService = "ceyuan_service"
}
