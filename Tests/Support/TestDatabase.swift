public import LocalPostgres
public import Logging
public import PostgresClient
public import Storage
import Synchronization

/// A database of a test's own, on a real PostgreSQL server that the test run starts itself.
///
/// **In a test**, with the migrations of `Storage` applied:
///
/// ```swift
/// @Test("a region is found by its code")
/// func find() async throws {
///     try await withTestDatabase { pool in
///         try await pool.execute("INSERT INTO registry.region …")
///     }
/// }
/// ```
///
/// **For a program under test** that wants a connection string (a service, the CLI):
///
/// ```swift
/// let database = try await TestDatabase.create()
/// …database.connectionString…
/// try await database.drop()
/// ```
///
/// `create(migrated: false)` and `withTestDatabase(migrated: false)` give an empty database. A clone takes some tens of
/// milliseconds. What is not dropped goes with the server, at the end of the test process.
public struct TestDatabase: Sendable {
    /// The database's name.
    public let name: String
    /// A libpq URI, for the superuser.
    public let connectionString: String
    let endpoint: Endpoint

    /// A libpq URI for another role.
    public func connectionString(as role: String) -> String {
        endpoint.connectionString(database: name, user: role)
    }

    private static let lastNumber = Atomic(0)
    /// A test asserts no time: on a busy machine many may wait for few connections.
    private static let acquireTimeout = Duration.seconds(300)

    /// Makes a database.
    ///
    /// - Parameter migrated: False makes an empty one.
    /// - Returns: The database; ``drop()`` it when done.
    /// - Throws: When the server cannot be started, or refuses.
    public static func create(migrated: Bool = true) async throws -> TestDatabase {
        let endpoint = try await TestCluster.shared.endpoint()
        let name = "test_\(lastNumber.wrappingAdd(1, ordering: .relaxed).newValue)"
        let template = migrated ? TestCluster.templateName : "template0"
        try await TestCluster.administer(endpoint, "CREATE DATABASE \(name) TEMPLATE \(template) STRATEGY file_copy")
        return TestDatabase(
            name: name,
            connectionString: endpoint.connectionString(database: name),
            endpoint: endpoint
        )
    }

    /// Makes a migrated database on a server that the test has for itself, and may stop.
    ///
    /// - Parameter cluster: The server; it is started.
    /// - Returns: The database; it goes with the server.
    /// - Throws: When the server cannot be started, or refuses.
    public static func create(on cluster: LocalCluster) async throws -> TestDatabase {
        let endpoint = try await cluster.up()
        let database = TestDatabase(
            name: endpoint.database,
            connectionString: endpoint.connectionString,
            endpoint: endpoint
        )
        let pool = try database.makePool()
        try await Migrator(pool: pool, migrations: StorageMigrations.all).up()
        try await ServiceRole.align(in: pool)
        await pool.shutdown()
        return database
    }

    /// Deletes the database, ending what is still connected to it.
    public func drop() async throws {
        try await TestCluster.administer(endpoint, "DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
    }

    /// A configuration for the database, which a test may change before it makes a pool.
    public var configuration: PostgresConfiguration {
        get throws { try PostgresConfiguration(connectionString: connectionString) }
    }

    /// A pool on the database for the role of services.
    ///
    /// - Parameters:
    ///   - role: Another role than that of all services.
    ///   - connections: The most connections.
    /// - Returns: The pool; shut it down when done.
    /// - Throws: Never in practice: the connection string is the server's own.
    public func makeServicePool(
        as role: String = ServiceRole.everyService,
        connections: Int = 10
    ) throws -> PostgresPool {
        var configuration = try PostgresConfiguration(connectionString: connectionString(as: role))
        configuration.maximumConnections = connections
        configuration.acquireTimeout = Self.acquireTimeout
        return PostgresPool(
            configuration: configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// A pool on the database.
    ///
    /// - Parameters:
    ///   - logger: Where its messages go; nowhere by default.
    ///   - change: Changes the pool's settings.
    /// - Returns: The pool; shut it down when done.
    /// - Throws: Never in practice: the connection string is the server's own.
    public func makePool(
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ change: (inout PostgresConfiguration) -> Void = { _ in }
    ) throws -> PostgresPool {
        var configuration = try configuration
        configuration.acquireTimeout = Self.acquireTimeout
        change(&configuration)
        return PostgresPool(configuration: configuration, logger: logger)
    }
}

/// Runs the body with a pool on a database of its own, which is gone afterwards.
///
/// - Parameters:
///   - migrated: False gives an empty database.
///   - connections: The most connections of the pool.
///   - change: Changes the pool's other settings.
///   - body: The test.
/// - Returns: What the body returns.
/// - Throws: What the body throws, or what making and dropping the database throws.
public func withTestDatabase<R>(
    migrated: Bool = true,
    connections: Int = 10,
    configure change: (inout PostgresConfiguration) -> Void = { _ in },
    _ body: (PostgresPool) async throws -> R
) async throws -> R {
    let database = try await TestDatabase.create(migrated: migrated)
    let pool = try database.makePool { configuration in
        configuration.maximumConnections = connections
        change(&configuration)
    }
    do {
        let result = try await body(pool)
        await pool.shutdown()
        try await database.drop()
        return result
    } catch {
        await pool.shutdown(grace: .zero)
        try? await database.drop()
        throw error
    }
}
