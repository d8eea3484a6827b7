import FoundationEssentials
import Glibc
public import LocalPostgres
import Logging
import PostgresClient
import Storage

/// The one PostgreSQL server of a test run.
///
/// It starts at the first use, on a Unix socket in a short directory of `/tmp`, with every wait for the disk turned
/// off, and ends with the test process, however that ends. Its template database has `Storage`'s migrations; see
/// ``TestDatabase`` for the clones that tests work in.
public actor TestCluster {
    /// The cluster of this process.
    public static let shared = TestCluster()

    static let templateName = "ceyuan_template"

    private var starting: Task<Endpoint, any Error>?

    /// How to reach the server; starts it at the first call.
    public func endpoint() async throws -> Endpoint {
        if let starting {
            return try await starting.value
        }
        let task = Task { try await Self.start() }
        starting = task
        return try await task.value
    }

    private static func start() async throws -> Endpoint {
        let cluster = LocalCluster(
            .init(
                directory: "/tmp/ceyuan-test-\(getpid())-\(UInt32.random(in: 0...UInt32.max))",
                port: .socketOnly,
                durable: false,
                lifetime: .tied(removingFiles: true),
                settings: [
                    "max_connections": "400",
                    // Tests make deadlocks on purpose, and the default is to look for one after a whole second.
                    "deadlock_timeout": "50ms",
                    "shared_buffers": "128MB",
                    "wal_level": "minimal",
                    "max_wal_senders": "0",
                ]
            )
        )
        let endpoint = try await cluster.up()
        try await administer(endpoint, "CREATE DATABASE \(templateName)")
        let pool = PostgresPool(
            configuration: try PostgresConfiguration(
                connectionString: endpoint.connectionString(database: templateName)
            ),
            logger: Logger(label: "test.template") { _ in SwiftLogNoOpLogHandler() }
        )
        try await Migrator(pool: pool, migrations: StorageMigrations.all).up()
        try await ServiceRole.align(in: pool)
        await pool.shutdown()
        try await administer(endpoint, "ALTER DATABASE \(templateName) WITH IS_TEMPLATE true ALLOW_CONNECTIONS false")
        return endpoint
    }

    /// Runs one statement in the maintenance database.
    static func administer(_ endpoint: Endpoint, _ sql: String) async throws {
        let connection = try await PostgresConnection.connect(
            try PostgresConfiguration(connectionString: endpoint.connectionString(database: "postgres")),
            logger: Logger(label: "test.administration") { _ in SwiftLogNoOpLogHandler() }
        )
        do {
            try await connection.execute(script: sql)
        } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }
}
