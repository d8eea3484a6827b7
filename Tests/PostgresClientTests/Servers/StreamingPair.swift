import Glibc
import LocalPostgres
import Logging
import PostgresClient

/// A primary and its streaming replica, of this test process alone; both end with it.
actor StreamingPair {
    static let shared = StreamingPair()

    struct Servers: Sendable {
        let primary: Endpoint
        let replica: Endpoint
        /// The replica's cluster, to be stopped and started.
        let replicaCluster: LocalCluster
    }

    private var starting: Task<Servers, any Error>?

    /// The running servers; started at the first call.
    func servers() async throws -> Servers {
        if let starting {
            return try await starting.value
        }
        let task = Task { try await Self.start() }
        starting = task
        return try await task.value
    }

    private static func start() async throws -> Servers {
        let directory = "/tmp/ceyuan-pair-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
        let settings = [
            // What the write says must be true with acknowledged and with unflushed commits: tests choose.
            "synchronous_commit": "on", "wal_writer_delay": "10ms",
            // Replay that is in the way of a query cancels it at once, and only when a test wants it.
            "max_standby_streaming_delay": "0", "autovacuum": "off", "shared_buffers": "16MB", "max_connections": "50",
        ]
        func cluster(_ name: String, upstream: Endpoint?) -> LocalCluster {
            LocalCluster(
                .init(
                    directory: "\(directory)-\(name)",
                    port: .socketOnly,
                    durable: false,
                    lifetime: .tied(removingFiles: true),
                    settings: settings,
                    upstream: upstream
                )
            )
        }
        let primary = try await cluster("primary", upstream: nil).up()
        let replicaCluster = cluster("replica", upstream: primary)
        return Servers(primary: primary, replica: try await replicaCluster.up(), replicaCluster: replicaCluster)
    }
}

/// Runs the body with pools on a primary and its replica.
func withReplicaSet<R>(
    pause: Duration = .milliseconds(5),
    _ body: (PostgresReplicaSet, StreamingPair.Servers) async throws -> R
) async throws -> R {
    let servers = try await StreamingPair.shared.servers()
    let logger = Logger(label: "test.replica") { _ in SwiftLogNoOpLogHandler() }
    func pool(_ endpoint: Endpoint) throws -> PostgresPool {
        PostgresPool(
            configuration: try PostgresConfiguration(connectionString: endpoint.connectionString),
            logger: logger
        )
    }
    let set = PostgresReplicaSet(
        primary: try pool(servers.primary),
        replicas: [try pool(servers.replica)],
        logger: logger,
        pause: pause
    )
    func end() async {
        await set.primary.shutdown()
        for replica in set.replicas {
            await replica.shutdown()
        }
    }
    do {
        let result = try await body(set, servers)
        await end()
        return result
    } catch {
        await end()
        throw error
    }
}
