import PostgresClient
import ServiceLifecycle

/// Runs the pool as the first service of a host, so that it is the last to be shut down.
struct DatabaseService: Service {
    let pool: PostgresPool

    func run() async {
        await cancelWhenGracefulShutdown { [pool] in await pool.run() }
    }
}
